export type TokenKind =
  | 'AND'
  | 'OR'
  | 'NOT'
  | '+'
  | '-'
  | '('
  | ')'
  | ':'
  /** `+`, `-` or `!` with white space behind it. */
  | 'lone-operator'
  | 'term'
  /** A term with wildcards. */
  | 'wildcard'
  /** A wildcard that is a single star: it may be the name of a field. */
  | '*'
  | 'phrase'
  | 'regex'
  | 'range'
  /** `^` and a number. */
  | 'boost'
  /** `~` and what belongs to it. */
  | 'tilde'
  | 'unclosed'
  | 'stray'
  | 'end';
