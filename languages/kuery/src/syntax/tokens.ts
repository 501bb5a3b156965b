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
