import {
  type DiagnosticCode,
  diagnostic,
  type LineStarts,
  lineStarts,
  SHARED_CODES,
} from '../diagnostics.ts';
import { LIMITS } from '../limits.ts';
import type { Diagnostic, Span } from '../model.ts';

const [, , , , , TOO_MANY_DIAGNOSTICS] = SHARED_CODES;

/** Where the diagnostics of one text go while it is read. */
export interface Reporter {
  readonly text: string;
  readonly lines: LineStarts;
  readonly diagnostics: Diagnostic[];
  /** How often each code was given. */
  readonly counts: Map<string, number>;
}

/** A reporter for a text: spans are offsets of it. */
export function reporter(text: string): Reporter {
  return { text, lines: lineStarts(text), diagnostics: [], counts: new Map() };
}

/** A reporter for a part of the same text, so that each rule keeps its own diagnostics. */
export function childReporter(parent: Reporter): Reporter {
  return { text: parent.text, lines: parent.lines, diagnostics: [], counts: new Map() };
}

/** Adds a diagnostic, unless more of its code were given than anyone would read. */
export function report(
  to: Reporter,
  row: Pick<DiagnosticCode, 'code' | 'severity'>,
  message: string,
  span: Span,
): void {
  const before = to.counts.get(row.code) ?? 0;
  to.counts.set(row.code, before + 1);
  if (before > LIMITS.diagnostics) return;
  to.diagnostics.push(
    before === LIMITS.diagnostics
      ? diagnostic(TOO_MANY_DIAGNOSTICS, `Further diagnostics ${row.code} are not listed.`, span, to.lines)
      : diagnostic(row, message, span, to.lines),
  );
}
