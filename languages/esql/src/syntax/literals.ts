import type { TokenKind } from './tokens.ts';

/** What a string token stands for, and where an escape in it is none of ES|QL's. */
export interface DecodedString {
  readonly value: string;
  /** The offset in the token of the first escape that ES|QL has not; null where all are known. */
  readonly badEscape: number | null;
}

/** The escapes of the lexer grammar of Elasticsearch (`ESCAPE_SEQUENCE`). */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['\\', '\\'],
  ['"', '"'],
]);

/**
 * The text that a string token stands for. An escape that ES|QL has not (which Elasticsearch refuses) is kept as it is
 * written. Strings in three quotes have no escapes.
 */
export function decodeString(token: string, kind: TokenKind): DecodedString {
  if (kind === 'raw-string') return { value: token.slice(3, -3), badEscape: null };
  if (kind === 'unclosed-string') {
    return { value: token.slice(token.startsWith('"""') ? 3 : 1), badEscape: null };
  }
  return token.includes('\\') ? decodeEscapes(token) : { value: token.slice(1, -1), badEscape: null };
}

function decodeEscapes(token: string): DecodedString {
  const end = token.length - 1;
  let value = '';
  let badEscape: number | null = null;
  let from = 1;
  for (let at = token.indexOf('\\'); at >= 0 && at < end; at = token.indexOf('\\', from)) {
    const letter = token.charAt(at + 1);
    const plain = ESCAPES.get(letter);
    if (plain === undefined) badEscape ??= at;
    value += token.slice(from, at) + (plain ?? `\\${letter}`);
    from = at + 2;
  }
  return { value: value + token.slice(from, end), badEscape };
}
