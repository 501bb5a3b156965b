import { type DiagnosticCode, LIMITS, SHARED_CODES, type Span } from '@rulescope/logic';
import { giveUp, insteadOf, kindAt, reportFault, type TokenCursor } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { Broken } from './ast.ts';
import type { TokenKind } from './tokens.ts';

const [, NESTING_TOO_DEEP] = SHARED_CODES;

/** Where a parser stands in its tokens. */
export interface Cursor extends TokenCursor<TokenKind> {
  /** How many brackets of each kind are open around the cursor. */
  readonly open: { ')': number; '}': number };
}

/** Whether a word, alone or as the start of several, stands at the cursor. */
export function isWordKind(kind: TokenKind): boolean {
  return kind === 'word' || kind === 'and' || kind === 'or' || kind === 'not';
}

/** Whether the word at the cursor is the operator: something that it can join or negate must follow. */
export function isOperator(cursor: Cursor, operator: 'and' | 'or' | 'not'): boolean {
  if (kindAt(cursor) !== operator) return false;
  const next = kindAt(cursor, 1);
  return isWordKind(next) || next === 'string' || next === 'unclosed-string' || next === '(';
}

/** Whether nothing more can follow: the end of the text, or a bracket that closes an open one. */
export function atClose(cursor: Cursor): boolean {
  const kind = kindAt(cursor);
  return kind === 'end' || ((kind === ')' || kind === '}') && cursor.open[kind] > 0);
}

/** Reports an error of syntax. */
export function fault(
  cursor: Cursor,
  message: string,
  span: Span,
  row: Pick<DiagnosticCode, 'code' | 'severity'> = CODES.syntax,
): void {
  reportFault(cursor, row, message, span);
}

/** Gives up on what stands at the cursor: reports it and keeps the text up to where reading can go on. */
export function breakOff(cursor: Cursor, expected: string): Broken {
  return kindAt(cursor) === 'unclosed-string'
    ? breakOffWith(cursor, 'A quotation mark is never closed.', CODES.unclosedString)
    : breakOffWith(cursor, insteadOf(cursor, expected));
}

export function tooDeep(cursor: Cursor): Broken {
  const message = `The query is nested more than ${LIMITS.depth} levels deep.`;
  return breakOffWith(cursor, message, NESTING_TOO_DEEP);
}

function breakOffWith(
  cursor: Cursor,
  message: string,
  row: Pick<DiagnosticCode, 'code' | 'severity'> = CODES.syntax,
): Broken {
  return { kind: 'broken', ...giveUp(cursor, row, message, skip) };
}

/** Steps over tokens, what is between brackets as a whole, up to an operator or to what closes the part. */
function skip(cursor: Cursor): void {
  let inside = 0;
  for (let steps = 0; ; cursor.at += 1, steps += 1) {
    const kind = kindAt(cursor);
    if (kind === 'end') return;
    if (
      inside === 0 &&
      (atClose(cursor) || (steps > 0 && (isOperator(cursor, 'and') || isOperator(cursor, 'or'))))
    )
      return;
    if (kind === '(' || kind === '{') inside += 1;
    else if (inside > 0 && (kind === ')' || kind === '}')) inside -= 1;
  }
}
