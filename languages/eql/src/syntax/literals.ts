import type { TokenKind } from './tokens.ts';

/** What a string token stands for, and where an escape in it is none of EQL's. */
export interface DecodedString {
  readonly value: string;
  /** The offset in the token of the first escape that EQL has not; null where all are known. */
  readonly badEscape: number | null;
}

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
      return token.includes('\\') ? decodeEscapes(token) : { value: token.slice(1, -1), badEscape: null };
  }
}

function decodeEscapes(token: string): DecodedString {
  const end = token.length - 1;
  let value = '';
  let badEscape: number | null = null;
  let from = 1;
  for (let at = token.indexOf('\\'); at >= 0 && at < end; at = token.indexOf('\\', from)) {
    value += token.slice(from, at);
    const letter = token.charAt(at + 1);
    const plain = ESCAPES.get(letter);
    if (plain !== undefined) {
      value += plain;
      from = at + 2;
      continue;
    }
    const code = letter === 'u' ? readCodePoint(token, at + 2) : null;
    if (code === null) {
      badEscape ??= at;
      value += `\\${letter}`;
      from = at + 2;
    } else {
      value += String.fromCodePoint(code.point);
      from = code.end;
    }
  }
  return { value: value + token.slice(from, end), badEscape };
}

/** `{200f}`: two to eight hexadecimal digits that name a character; null for anything else. */
function readCodePoint(token: string, at: number): { readonly point: number; readonly end: number } | null {
  const digits = /^\{([0-9a-fA-F]{2,8})\}/.exec(token.slice(at, at + 10))?.[1];
  if (digits === undefined) return null;
  const point = Number.parseInt(digits, 16);
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  return point > 0x10ffff || surrogate ? null : { point, end: at + digits.length + 2 };
}
