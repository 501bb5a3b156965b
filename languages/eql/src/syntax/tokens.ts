/**
 * What a token is. A keyword is its own kind, in the spelling of Elastic's grammar; punctuation is too. Words that
 * mean something in one place only (`any`, `sequence`, `sample`, `join`, `maxspan`, `runs`, `as`, `fork`) are names.
 */
export type TokenKind =
  | Keyword
  | Punctuation
  /** A field, category or function: `process.name`, `a[0].b`, `` `my-field` ``, `$entry.path`. */
  | 'name'
  /** A name that ends in `~`: a function that disregards case. */
  | 'tilde-name'
  | 'number'
  /** `"…"` with escapes. */
  | 'string'
  /** `"""…"""` without escapes. */
  | 'raw-string'
  /** `'…'` with escapes: the Endgame dialect. */
  | 'single-string'
  /** `?"…"` or `?'…'` without escapes: the Endgame dialect. */
  | 'question-string'
  /** A string whose quote never comes on its line. */
  | 'unclosed-string'
  /** A comment that never ends. */
  | 'unclosed-comment'
  /** A character that EQL has no use for. */
  | 'stray'
  | 'end';

type Keyword = (typeof KEYWORDS)[number];

export const KEYWORDS = [
  'and',
  'or',
  'not',
  'in',
  'in~',
  'like',
  'like~',
  'regex',
  'regex~',
  'by',
  'with',
  'until',
  'where',
  'of',
  'true',
  'false',
  'null',
] as const;

type Punctuation =
  | '('
  | ')'
  | '['
  | ']'
  | ','
  | '|'
  | '.'
  | ':'
  | '?'
  | '!'
  | '='
  | '=='
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
