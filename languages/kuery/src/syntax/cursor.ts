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
  /** How many brackets of each kind are open around the cursor. */
  readonly open: { ')': number; '}': number };
}

export function kindAt(cursor: Cursor, ahead = 0): TokenKind {
  return cursor.tokens.kinds[cursor.at + ahead] ?? 'end';
}

export function startAt(cursor: Cursor): number {
  return cursor.tokens.starts[cursor.at] ?? cursor.text.length;
}

/** Where the token before the cursor ends. */
function endBefore(cursor: Cursor): number {
  return cursor.tokens.ends[cursor.at - 1] ?? 0;
}

/** From a place to where the token before the cursor ends. */
export function spanFrom(cursor: Cursor, start: number): Span {
  return [start, Math.max(start, endBefore(cursor))];
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
  cursor.faults += 1;
  report(cursor.to, row, message, span);
}

/** Gives up on what stands at the cursor: reports it and keeps the text up to where reading can go on. */
export function breakOff(cursor: Cursor, expected: string): Broken {
  if (kindAt(cursor) === 'unclosed-string')
    return breakOffWith(cursor, 'A quotation mark is never closed.', CODES.unclosedString);
  const start = startAt(cursor);
  const word = cursor.text.slice(start, cursor.tokens.ends[cursor.at]);
  const shown = word.length > 40 ? `${word.slice(0, 40)}…` : word;
  const message =
    kindAt(cursor) === 'end'
      ? `The query ends where ${expected} is expected.`
      : `${expected.charAt(0).toUpperCase()}${expected.slice(1)} is expected here, not ${shown}`;
  return breakOffWith(cursor, message);
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
  const span = spanFrom(cursor, start);
  return { kind: 'broken', text: cursor.text.slice(...span), span };
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
