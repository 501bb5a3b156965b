import type { Diagnostic, Severity, Span } from './model.ts';

/** One row of the registry of diagnostics. */
export interface DiagnosticCode {
  /** Lower-case words joined by hyphens, the language first where only one gives it. */
  readonly code: string;
  readonly severity: Severity;
  /** A few words for lists. */
  readonly title: string;
  /** One paragraph: what it means, why it matters, what to do. */
  readonly help: string;
}

/** The diagnostics that any language may give. */
export const SHARED_CODES = [
  {
    code: 'text-too-large',
    severity: 'error',
    title: 'The text is too large to be a rule',
    help: 'A text of more than 4,000,000 characters is not parsed, so that no file can hold up a build. Split the file into one rule a file, or leave it out of the source.',
  },
  {
    code: 'nesting-too-deep',
    severity: 'error',
    title: 'Nested too deeply',
    help: 'Parentheses, lists or subsearches are nested more than 200 levels deep. No rule that a person wrote is; the part below that level is kept as unknown text. Flatten the condition.',
  },
  {
    code: 'result-too-large',
    severity: 'error',
    title: 'The rule expands into too many tests',
    help: 'After every name was resolved the rule compares with more than 200,000 values, or the rules of its text together with more than 1,000,000, mostly because parts are repeated. The rest is kept as unknown text, and documents behind it are not read. Use each part once, or keep long lists in a look-up of your platform.',
  },
  {
    code: 'too-many-expansions',
    severity: 'error',
    title: 'A value stands for too many literals',
    help: 'A modifier or function turns one value into more than 5,000 literals (five dashes that may each be written in five ways are 3,125 already). The test is kept as unknown text. Split the value into several shorter ones.',
  },
  {
    code: 'empty-text',
    severity: 'error',
    title: 'There is no rule in the text',
    help: 'The text is empty or holds only comments. Check that the right file was named, and that it was written completely.',
  },
  {
    code: 'too-many-diagnostics',
    severity: 'warning',
    title: 'There is more to say than anyone would read',
    help: 'More than 200 diagnostics of one kind were found in one rule: those behind this one are not listed. Mend the first ones; the rest are mostly alike.',
  },
] as const satisfies readonly DiagnosticCode[];

/** Where each line of a text starts, to turn offsets into lines and columns. */
export type LineStarts = readonly number[];

/** The offsets at which the lines of a text start (`\n`, `\r\n` and a lone `\r` end a line). */
export function lineStarts(text: string): LineStarts {
  const starts = [0];
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** The one-based line and column (UTF-16 units) of an offset. */
export function positionAt(
  lines: LineStarts,
  offset: number,
): { readonly line: number; readonly column: number } {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lines[low] ?? 0) + 1 };
}

/** Makes a diagnostic: its severity comes from the registry row, its position from the span. */
export function diagnostic(
  row: Pick<DiagnosticCode, 'code' | 'severity'>,
  message: string,
  span: Span,
  lines: LineStarts,
): Diagnostic {
  return { severity: row.severity, code: row.code, message, span, ...positionAt(lines, span[0]) };
}
