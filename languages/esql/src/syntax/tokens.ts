/**
 * What a token is. A keyword of expressions is its own kind, whatever its capitals; punctuation is too. Words that mean
 * something in one place only (`by`, `on`, `with`, `as`, `metadata`, `asc`, names of commands) are names.
 */
export type TokenKind =
  | Keyword
  | Punctuation
  /** A column, function or command: `process.name`, `` `my-field`.b ``, `@timestamp`, `_id`. */
  | 'name'
  /** `?`, `?1`, `?name`, `??name`. */
  | 'param'
  | 'number'
  /** `"…"` with escapes. */
  | 'string'
  /** `"""…"""` without escapes. */
  | 'raw-string'
  /** A string or a name in backticks whose quote never comes. */
  | 'unclosed-string'
  /** A comment that never ends. */
  | 'unclosed-comment'
  /** A character that ES|QL has no use for. */
  | 'stray'
  | 'end';

type Keyword = (typeof KEYWORDS)[number];

export const KEYWORDS = ['and', 'or', 'not', 'in', 'is', 'like', 'rlike', 'null', 'true', 'false'] as const;

type Punctuation =
  | '('
  | ')'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | ';'
  | '|'
  | '.'
  | ':'
  | '::'
  | '='
  | '=='
  | '=~'
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | '%';
