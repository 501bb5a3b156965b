import { type DiagnosticCode, LIMITS, SHARED_CODES, type Span } from '@rulescope/logic';
import { type Reporter, report } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { Broken, Expr, Pipeline } from './ast.ts';
import { decodeName } from './literals.ts';
import type { TokenKind, Tokens } from './tokens.ts';

const [, NESTING_TOO_DEEP] = SHARED_CODES;

/** Where a parser stands in its tokens. */
export interface Cursor {
  readonly text: string;
  readonly tokens: Tokens;
  readonly to: Reporter;
  readonly grammar: Grammar;
  at: number;
  /** Errors found so far: a part is sound where none was found while it was read. */
  faults: number;
}

/** The parts of the grammar that hold each other. */
interface Grammar {
  readonly condition: (cursor: Cursor, depth: number) => Expr;
  /** Reads commands up to a closing parenthesis or the end; a leg of fork has no source. */
  readonly pipeline: (cursor: Cursor, depth: number, starts: 'source' | 'leg') => Pipeline;
}

/** A query within a query repeats its text in the one around it: ten of them are as deep as anything may be. */
export const QUERY_DEPTH = LIMITS.depth / 10;

export function kindAt(cursor: Cursor, ahead = 0): TokenKind {
  return cursor.tokens.kinds[cursor.at + ahead] ?? 'end';
}

export function startAt(cursor: Cursor, ahead = 0): number {
  return cursor.tokens.starts[cursor.at + ahead] ?? cursor.text.length;
}

export function endAt(cursor: Cursor, ahead = 0): number {
  return cursor.tokens.ends[cursor.at + ahead] ?? cursor.text.length;
}

/** Where the token before the cursor ends. */
export function endBefore(cursor: Cursor): number {
  return cursor.tokens.ends[cursor.at - 1] ?? 0;
}

export function wordAt(cursor: Cursor, ahead = 0): string {
  return cursor.text.slice(startAt(cursor, ahead), endAt(cursor, ahead));
}

/** Steps over a token of a kind; false where another one stands there. */
export function take(cursor: Cursor, kind: TokenKind): boolean {
  if (kindAt(cursor) !== kind) return false;
  cursor.at += 1;
  return true;
}

/** Whether a word that is no keyword everywhere stands at the cursor, in lower case as told. */
export function isWord(cursor: Cursor, word: string, ahead = 0): boolean {
  return (
    kindAt(cursor, ahead) === 'name' &&
    endAt(cursor, ahead) - startAt(cursor, ahead) === word.length &&
    wordAt(cursor, ahead).toLowerCase() === word
  );
}

export function takeWord(cursor: Cursor, word: string): boolean {
  if (!isWord(cursor, word)) return false;
  cursor.at += 1;
  return true;
}

/** The name at the cursor, which is taken; parts that white space parts from their dots are joined. */
export function takeName(cursor: Cursor): string {
  let name = decodeName(wordAt(cursor));
  cursor.at += 1;
  while (kindAt(cursor) === '.' && kindAt(cursor, 1) === 'name') {
    cursor.at += 1;
    name += `.${decodeName(wordAt(cursor))}`;
    cursor.at += 1;
  }
  return name;
}

/** The name before a single `=`, both of which are taken; null where none stands at the cursor. */
export function takeTarget(cursor: Cursor): string | null {
  if (kindAt(cursor, 1) !== '=' || (kindAt(cursor) !== 'name' && kindAt(cursor) !== 'param')) return null;
  const name = takeName(cursor);
  cursor.at += 1;
  return name;
}

/** Reads what stands between commas. */
export function listOf<T>(cursor: Cursor, read: () => T): readonly T[] {
  const items = [read()];
  while (take(cursor, ',')) items.push(read());
  return items;
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

/** What is not expected where the cursor stands, in words. */
export function unexpected(cursor: Cursor, expected: string): string {
  const kind = kindAt(cursor);
  if (kind === 'end') return `The query ends where ${expected} is expected.`;
  if (kind === 'unclosed-string') return 'A quote is never closed.';
  if (kind === 'unclosed-comment') return 'A comment is never closed.';
  const word = wordAt(cursor);
  const shown = word.length > 40 ? `${word.slice(0, 40)}…` : word;
  return `${expected.charAt(0).toUpperCase()}${expected.slice(1)} is expected here, not ${shown}`;
}

/** Gives up on what stands at the cursor: reports it and keeps the text up to where reading can go on. */
export function breakOff(cursor: Cursor, expected: string, pastCommas = false): Broken {
  const kind = kindAt(cursor);
  const row = kind === 'unclosed-string' || kind === 'unclosed-comment' ? CODES.unclosedString : CODES.syntax;
  return breakOffWith(cursor, unexpected(cursor, expected), pastCommas, row);
}

export function breakOffWith(
  cursor: Cursor,
  message: string,
  pastCommas = false,
  row: Pick<DiagnosticCode, 'code' | 'severity'> = CODES.syntax,
): Broken {
  const start = startAt(cursor);
  const marked: Span = [start, endAt(cursor)];
  skip(cursor, pastCommas);
  // At the end of the text nothing is skipped: the place is marked, and the broken text is empty.
  const end = Math.max(start, endBefore(cursor));
  fault(cursor, message, marked, row);
  return { kind: 'broken', text: cursor.text.slice(start, end), span: [start, end] };
}

export function tooDeep(cursor: Cursor): Broken {
  const message = `The query is nested more than ${LIMITS.depth} levels deep.`;
  return breakOffWith(cursor, message, true, NESTING_TOO_DEEP);
}

/**
 * Steps over tokens up to one at which reading can go on, with what is between brackets as a whole: the `and` or
 * `or` behind, a pipe, a comma, or the bracket that closes what is around the broken part.
 */
function skip(cursor: Cursor, pastCommas: boolean): void {
  let open = 0;
  for (; ; cursor.at += 1) {
    const kind = kindAt(cursor);
    if (kind === 'end') return;
    if (kind === '(' || kind === '[' || kind === '{') open += 1;
    else if (kind === ')' || kind === ']' || kind === '}') {
      if (open === 0) return;
      open -= 1;
    } else if (open === 0) {
      if (kind === 'and' || kind === 'or' || kind === '|') return;
      if (kind === ',' && !pastCommas) return;
    }
  }
}
