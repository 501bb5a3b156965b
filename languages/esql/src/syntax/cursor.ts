import { type DiagnosticCode, LIMITS, SHARED_CODES, type Span } from '@rulescope/logic';
import { decodeName } from '@rulescope/logic/elastic';
import {
  endAt,
  giveUp,
  insteadOf,
  kindAt,
  reportFault,
  skipTo,
  startAt,
  type TokenCursor,
  take,
  wordAt,
} from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { Broken, Expr, Pipeline } from './ast.ts';
import type { TokenKind } from './tokens.ts';

const [, NESTING_TOO_DEEP] = SHARED_CODES;

/** Where a parser stands in its tokens. */
export interface Cursor extends TokenCursor<TokenKind> {
  readonly grammar: Grammar;
}

/** The parts of the grammar that hold each other. */
interface Grammar {
  readonly condition: (cursor: Cursor, depth: number) => Expr;
  /** Reads commands up to a closing parenthesis or the end; a leg of fork has no source. */
  readonly pipeline: (cursor: Cursor, depth: number, starts: 'source' | 'leg') => Pipeline;
}

/** A query within a query repeats its text in the one around it: ten of them are as deep as anything may be. */
export const QUERY_DEPTH = LIMITS.depth / 10;

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
  reportFault(cursor, row, message, span);
}

/** What is not expected where the cursor stands, in words. */
export function unexpected(cursor: Cursor, expected: string): string {
  const kind = kindAt(cursor);
  if (kind === 'unclosed-string') return 'A quote is never closed.';
  if (kind === 'unclosed-comment') return 'A comment is never closed.';
  return insteadOf(cursor, expected);
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
  return { kind: 'broken', ...giveUp(cursor, row, message, pastCommas ? skipPart : skipItem) };
}

export function tooDeep(cursor: Cursor): Broken {
  const message = `The query is nested more than ${LIMITS.depth} levels deep.`;
  return breakOffWith(cursor, message, true, NESTING_TOO_DEEP);
}

const PART_ENDS: ReadonlySet<TokenKind> = new Set(['and', 'or', '|']);
const ITEM_ENDS: ReadonlySet<TokenKind> = new Set([...PART_ENDS, ',']);

function skipPart(cursor: Cursor): void {
  skipTo(cursor, PART_ENDS);
}

function skipItem(cursor: Cursor): void {
  skipTo(cursor, ITEM_ENDS);
}
