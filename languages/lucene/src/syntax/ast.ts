import type { Span } from '@rulescope/logic';
import type { Pattern } from '@rulescope/logic/parsing';

/** Words without quotes; several where no operator stands between them. Escapes are undone. */
export interface Term {
  readonly kind: 'term';
  readonly words: readonly string[];
  /** What stands behind a tilde, `''` where nothing does; null where the term is not fuzzy. */
  readonly fuzziness: string | null;
}

/** A word with `*` or `?` in it. */
export interface Wildcard {
  readonly kind: 'wildcard';
  readonly pattern: Pattern;
  readonly fuzziness: string | null;
}

export interface Phrase {
  readonly kind: 'phrase';
  readonly text: string;
  /** What stands behind a tilde; null where there is none. */
  readonly slop: string | null;
}

export interface Regex {
  readonly kind: 'regex';
  readonly pattern: string;
  readonly fuzziness: string | null;
}

export interface Bound {
  readonly text: string;
  readonly quoted: boolean;
}

/** `[from TO to}`: a bound that is null is open. */
export interface Range {
  readonly kind: 'range';
  readonly from: Bound | null;
  readonly to: Bound | null;
  readonly fromInclusive: boolean;
  readonly toInclusive: boolean;
}

/** Text that breaks the grammar. */
export interface Broken {
  readonly kind: 'broken';
  readonly text: string;
}

export interface Group {
  readonly kind: 'group';
  readonly clauses: readonly Clause[];
}

export type Body = Term | Wildcard | Phrase | Regex | Range | Group | Broken;

/** One clause of a query, with what stands before it. */
export interface Clause {
  /** The operator between this clause and the one before it. */
  readonly conjunction: 'and' | 'or' | null;
  /** `+` asks for the clause; `-`, `!` and `NOT` exclude it. */
  readonly modifier: 'must' | 'must-not' | null;
  /** The field; null where that of the group around stands, or where all fields are searched. */
  readonly field: string | null;
  readonly body: Body;
  /** The number behind `^`. It moves a match up in the results and changes nothing else. */
  readonly boost: string | null;
  /** Without the operators before it. */
  readonly span: Span;
}

/** A text in Lucene's query syntax. */
export interface LuceneTree {
  readonly clauses: readonly Clause[];
  readonly span: Span;
  /** False where the grammar was broken. */
  readonly sound: boolean;
}
