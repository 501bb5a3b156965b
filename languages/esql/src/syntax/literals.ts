import { type DecodedString, decodeEscapes } from '@rulescope/logic/elastic';
import type { TokenKind } from './tokens.ts';

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
  return token.includes('\\')
    ? decodeEscapes(token, ESCAPES)
    : { value: token.slice(1, -1), badEscape: null };
}
