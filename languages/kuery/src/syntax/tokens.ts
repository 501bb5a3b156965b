export type TokenKind =
  | '('
  | ')'
  | '{'
  | '}'
  | ':'
  | '<'
  | '<='
  | '>'
  | '>='
  | 'string'
  | 'unclosed-string'
  /** A run of characters without white space; may be an escape, a wildcard, a numeral. */
  | 'word'
  /** Words that are operators where one can stand. */
  | 'and'
  | 'or'
  | 'not'
  | 'end';

/** The tokens of a text, one in each place of the three lists; the last one is `end`. */
export interface Tokens {
  readonly kinds: readonly TokenKind[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}
