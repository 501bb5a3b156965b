import type { DiagnosticCode } from '../diagnostics.ts';
import type { Span } from '../model.ts';
import { type Reporter, report } from './reporter.ts';
import type { TokenLists } from './tokens.ts';

/** Where a parser stands in its tokens. */
export interface TokenCursor<Kind extends string> {
  readonly text: string;
  readonly tokens: TokenLists<Kind>;
  readonly to: Reporter;
  at: number;
  /** Errors found so far: a part is sound where none was found while it was read. */
  faults: number;
}

export function kindAt<Kind extends string>(cursor: TokenCursor<Kind>, ahead = 0): Kind | 'end' {
  return cursor.tokens.kinds[cursor.at + ahead] ?? 'end';
}

export function startAt(cursor: TokenCursor<string>, ahead = 0): number {
  return cursor.tokens.starts[cursor.at + ahead] ?? cursor.text.length;
}

export function endAt(cursor: TokenCursor<string>, ahead = 0): number {
  return cursor.tokens.ends[cursor.at + ahead] ?? cursor.text.length;
}

/** Where the token before the cursor ends. */
export function endBefore(cursor: TokenCursor<string>): number {
  return cursor.tokens.ends[cursor.at - 1] ?? 0;
}

/** From a place to where the token before the cursor ends; empty at the place where that is before it. */
export function spanFrom(cursor: TokenCursor<string>, start: number): Span {
  return [start, Math.max(start, endBefore(cursor))];
}

export function wordAt(cursor: TokenCursor<string>, ahead = 0): string {
  return cursor.text.slice(startAt(cursor, ahead), endAt(cursor, ahead));
}

/** Steps over a token of a kind; false where another one stands there. */
export function take<Kind extends string>(cursor: TokenCursor<Kind>, kind: Kind): boolean {
  if (kindAt(cursor) !== kind) return false;
  cursor.at += 1;
  return true;
}

/** Reports an error, which makes the part that is being read unsound. */
export function reportFault(
  cursor: TokenCursor<string>,
  row: Pick<DiagnosticCode, 'code' | 'severity'>,
  message: string,
  span: Span,
): void {
  cursor.faults += 1;
  report(cursor.to, row, message, span);
}

const OPENING: ReadonlySet<string> = new Set(['(', '[', '{']);
const CLOSING: ReadonlySet<string> = new Set([')', ']', '}']);

/**
 * Steps over tokens up to one at which reading can go on, with what is between brackets as a whole: a token of a kind
 * that stops, or the bracket that closes what is around.
 */
export function skipTo(cursor: TokenCursor<string>, stops: ReadonlySet<string>): void {
  let open = 0;
  for (; ; cursor.at += 1) {
    const kind = kindAt(cursor);
    if (kind === 'end') return;
    if (OPENING.has(kind)) open += 1;
    else if (CLOSING.has(kind)) {
      if (open === 0) return;
      open -= 1;
    } else if (open === 0 && stops.has(kind)) return;
  }
}

/** The most of an unexpected word that a message repeats. */
const LONGEST_SHOWN = 40;

/** What is expected where the cursor stands, and what stands there instead, in words. */
export function insteadOf(cursor: TokenCursor<string>, expected: string): string {
  if (kindAt(cursor) === 'end') return `The query ends where ${expected} is expected.`;
  const word = wordAt(cursor);
  const shown = word.length > LONGEST_SHOWN ? `${word.slice(0, LONGEST_SHOWN)}…` : word;
  return `${expected.charAt(0).toUpperCase()}${expected.slice(1)} is expected here, not ${shown}`;
}

/** What was given up, and where; at the end of the text it is empty. */
export interface BrokenPart {
  readonly text: string;
  readonly span: Span;
}

/** Gives up on what stands at the cursor: reports that token, and keeps the text that `skip` steps over. */
export function giveUp<Cursor extends TokenCursor<string>>(
  cursor: Cursor,
  row: Pick<DiagnosticCode, 'code' | 'severity'>,
  message: string,
  skip: (cursor: Cursor) => void,
): BrokenPart {
  const start = startAt(cursor);
  const marked: Span = [start, endAt(cursor)];
  skip(cursor);
  reportFault(cursor, row, message, marked);
  const span = spanFrom(cursor, start);
  return { text: cursor.text.slice(...span), span };
}
