import { type DecodedString, decodeEscapes } from '@rulescope/logic/elastic';
import type { TokenKind } from './tokens.ts';

/** EQL syntax reference, "Escape characters in a string"; `\b`, `\f` and `\'` are in the grammar only. */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
  ['\\', '\\'],
  ['"', '"'],
  ["'", "'"],
]);

/**
 * The text that a string token stands for. An escape that EQL has not (which Elasticsearch refuses) is kept as it is
 * written. Raw strings have no escapes; in the Endgame dialect's a backslash stays even before a quote.
 */
export function decodeString(token: string, kind: TokenKind): DecodedString {
  switch (kind) {
    case 'raw-string':
      return { value: token.slice(3, -3), badEscape: null };
    case 'question-string':
      return { value: token.slice(2, -1), badEscape: null };
    case 'unclosed-string':
      return { value: token.slice(token.startsWith('"""') ? 3 : 1), badEscape: null };
    default:
      return token.includes('\\')
        ? decodeEscapes(token, ESCAPES, readCodePoint)
        : { value: token.slice(1, -1), badEscape: null };
  }
}

/** `u{200f}`: two to eight hexadecimal digits that name a character; null for anything else. */
function readCodePoint(token: string, at: number): { readonly text: string; readonly end: number } | null {
  const digits = /^u\{([0-9a-fA-F]{2,8})\}/.exec(token.slice(at, at + 11))?.[1];
  if (digits === undefined) return null;
  const point = Number.parseInt(digits, 16);
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  if (point > 0x10ffff || surrogate) return null;
  return { text: String.fromCodePoint(point), end: at + digits.length + 3 };
}
