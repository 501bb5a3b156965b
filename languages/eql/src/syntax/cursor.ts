import { type DiagnosticCode, LIMITS, SHARED_CODES, type Span } from '@rulescope/logic';
import {
  endAt,
  giveUp,
  insteadOf,
  kindAt,
  report,
  reportFault,
  skipTo,
  startAt,
  type TokenCursor,
  wordAt,
} from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { Broken } from './ast.ts';
import type { TokenKind } from './tokens.ts';

const [, NESTING_TOO_DEEP] = SHARED_CODES;

/** Where a parser stands in its tokens. */
export interface Cursor extends TokenCursor<TokenKind> {
  /** Method calls so far: each wraps the one before it, so that their number is a depth. */
  methods: number;
}

/** Whether a word that is no keyword everywhere stands at the cursor. */
export function isWord(cursor: Cursor, word: string, ahead = 0): boolean {
  return kindAt(cursor, ahead) === 'name' && wordAt(cursor, ahead) === word;
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
  if (kind === 'unclosed-string') return 'A quote is never closed on its line.';
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
  const message = `The condition is nested more than ${LIMITS.depth} levels deep.`;
  return breakOffWith(cursor, message, true, NESTING_TOO_DEEP);
}

const PART_ENDS: ReadonlySet<TokenKind> = new Set(['and', 'or', '|', 'until']);
const ITEM_ENDS: ReadonlySet<TokenKind> = new Set([...PART_ENDS, ',']);

function skipPart(cursor: Cursor): void {
  skipTo(cursor, PART_ENDS);
}

function skipItem(cursor: Cursor): void {
  skipTo(cursor, ITEM_ENDS);
}

/** Says that what stands at the cursor is of the Endgame dialect. */
export function tellEndgame(cursor: Cursor, message: string): void {
  report(cursor.to, CODES.endgameSyntax, message, [startAt(cursor), endAt(cursor)]);
}
