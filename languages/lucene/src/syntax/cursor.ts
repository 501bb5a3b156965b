import { type DiagnosticCode, LIMITS, SHARED_CODES, type Span } from '@rulescope/logic';
import { type Reporter, report } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { Broken } from './ast.ts';
import type { TokenKind, Tokens } from './tokens.ts';

const [, NESTING_TOO_DEEP] = SHARED_CODES;

/** Where a parser stands in its tokens. */
export interface Cursor {
  readonly text: string;
  readonly tokens: Tokens;
  readonly to: Reporter;
  at: number;
  /** Errors found so far. */
  faults: number;
  /** How many parentheses are open around the cursor. */
  open: number;
}

export function kindAt(cursor: Cursor, ahead = 0): TokenKind {
  return cursor.tokens.kinds[cursor.at + ahead] ?? 'end';
}

export function startAt(cursor: Cursor): number {
  return cursor.tokens.starts[cursor.at] ?? cursor.text.length;
}

export function wordAt(cursor: Cursor): string {
  return cursor.text.slice(startAt(cursor), cursor.tokens.ends[cursor.at]);
}

/** The text of the token at the cursor, which is stepped over. */
export function takeWord(cursor: Cursor): string {
  const word = wordAt(cursor);
  cursor.at += 1;
  return word;
}

/** Steps over a token of a kind; false where another one stands there. */
export function take(cursor: Cursor, kind: TokenKind): boolean {
  if (kindAt(cursor) !== kind) return false;
  cursor.at += 1;
  return true;
}

/** From a place to where the token before the cursor ends. */
export function spanFrom(cursor: Cursor, start: number): Span {
  return [start, Math.max(start, cursor.tokens.ends[cursor.at - 1] ?? 0)];
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
  cursor.faults += 1;
  report(cursor.to, row, message, span);
}

/** Gives up on what stands at the cursor: reports it and keeps the text up to where reading can go on. */
export function breakOff(cursor: Cursor, expected: string): Broken {
  const kind = kindAt(cursor);
  if (kind === 'unclosed') {
    const what = { '"': 'A phrase', '/': 'A regular expression' }[wordAt(cursor).charAt(0)] ?? 'A range';
    return breakOffWith(cursor, `${what} is never closed.`, CODES.unclosed);
  }
  const word = wordAt(cursor);
  const shown = word.length > 40 ? `${word.slice(0, 40)}…` : word;
  return breakOffWith(
    cursor,
    kind === 'end'
      ? `The query ends where ${expected} is expected.`
      : `${expected.charAt(0).toUpperCase()}${expected.slice(1)} is expected here, not ${shown}`,
  );
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
  const start = startAt(cursor);
  const marked: Span = [start, cursor.tokens.ends[cursor.at] ?? start];
  skip(cursor);
  fault(cursor, message, marked, row);
  return { kind: 'broken', text: cursor.text.slice(...spanFrom(cursor, start)) };
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
