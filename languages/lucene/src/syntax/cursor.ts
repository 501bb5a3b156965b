import { type DiagnosticCode, LIMITS, SHARED_CODES, type Span } from '@rulescope/logic';
import { giveUp, insteadOf, kindAt, reportFault, type TokenCursor, wordAt } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { Broken } from './ast.ts';
import type { TokenKind } from './tokens.ts';

const [, NESTING_TOO_DEEP] = SHARED_CODES;

/** Where a parser stands in its tokens. */
export interface Cursor extends TokenCursor<TokenKind> {
  /** How many parentheses are open around the cursor. */
  open: number;
}

/** The text of the token at the cursor, which is stepped over. */
export function takeWord(cursor: Cursor): string {
  const word = wordAt(cursor);
  cursor.at += 1;
  return word;
}

/** Whether nothing more can follow in the group around: its parenthesis, or the end of the text. */
export function atClose(cursor: Cursor): boolean {
  const kind = kindAt(cursor);
  return kind === 'end' || (kind === ')' && cursor.open > 0);
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
  if (kindAt(cursor) !== 'unclosed') return breakOffWith(cursor, insteadOf(cursor, expected));
  const what = { '"': 'A phrase', '/': 'A regular expression' }[wordAt(cursor).charAt(0)] ?? 'A range';
  return breakOffWith(cursor, `${what} is never closed.`, CODES.unclosed);
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
  return { kind: 'broken', text: giveUp(cursor, row, message, skip).text };
}

/** Steps over tokens, what is between parentheses as a whole, up to an operator or to what closes the group. */
function skip(cursor: Cursor): void {
  let inside = 0;
  for (let steps = 0; ; cursor.at += 1, steps += 1) {
    const kind = kindAt(cursor);
    if (kind === 'end') return;
    if (inside === 0 && (atClose(cursor) || (steps > 0 && (kind === 'AND' || kind === 'OR')))) return;
    if (kind === '(') inside += 1;
    else if (kind === ')' && inside > 0) inside -= 1;
  }
}
