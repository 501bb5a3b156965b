import {
  type Diagnostic,
  type DiagnosticCode,
  diagnostic,
  type LineStarts,
  lineStarts,
  type Span,
} from '@rulescope/logic';

/** Where the diagnostics of one text go while it is read. */
export interface Reporter {
  readonly text: string;
  readonly lines: LineStarts;
  readonly diagnostics: Diagnostic[];
}

export function reporter(text: string): Reporter {
  return { text, lines: lineStarts(text), diagnostics: [] };
}

/** A reporter for a part of the same text, so that each rule keeps its own diagnostics. */
export function childReporter(parent: Reporter): Reporter {
  return { text: parent.text, lines: parent.lines, diagnostics: [] };
}

export function report(
  to: Reporter,
  row: Pick<DiagnosticCode, 'code' | 'severity'>,
  message: string,
  span: Span,
): void {
  to.diagnostics.push(diagnostic(row, message, span, to.lines));
}
