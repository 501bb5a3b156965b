import type { DiagnosticCode, Span } from '@rulescope/logic';
import { type Reporter, report } from '@rulescope/logic/parsing';
import { type MappedText, originalSpan } from '../text/mapped-text.ts';
import type { Brackets } from '../text/pipeline.ts';
import { pairBrackets } from '../text/pipeline.ts';

/** A text that is parsed, and where its problems go. */
export interface SyntaxContext {
  readonly mapped: MappedText;
  readonly brackets: Brackets;
  /** Made when it is first asked for: many searches need none. */
  parentheses: Brackets | null;
  readonly to: Reporter;
}

export function syntaxContext(mapped: MappedText, to: Reporter): SyntaxContext {
  return { mapped, brackets: pairBrackets(mapped.text), parentheses: null, to };
}

/** Reports a problem at a place of the parsed text. */
export function problem(
  { mapped, to }: SyntaxContext,
  row: Pick<DiagnosticCode, 'code' | 'severity'>,
  message: string,
  span: Span,
): void {
  report(to, row, message, originalSpan(mapped, span));
}

/** Where a parser stands in its part of the text. */
export interface Cursor {
  readonly context: SyntaxContext;
  readonly text: string;
  pos: number;
  readonly end: number;
  depth: number;
  /** False once something was not understood. */
  understood: boolean;
}

export function cursorAt(context: SyntaxContext, [start, end]: Span): Cursor {
  return { context, text: context.mapped.text, pos: start, end, depth: 0, understood: true };
}

/** Reports what the grammar does not allow: what is being read is not understood in full. */
export function misread(
  cursor: Cursor,
  row: Pick<DiagnosticCode, 'code' | 'severity'>,
  message: string,
  span: Span,
): void {
  cursor.understood = false;
  problem(cursor.context, row, message, span);
}
