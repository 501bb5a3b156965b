/**
 * The model that every language is parsed into. It is plain data and it is the JSON contract itself:
 * what a parser builds is what `rulescope explain --json` prints, nothing is converted in between.
 */

import type { LanguageId } from './languages.ts';

/** The version of the JSON contract. Fields are only ever added to it. */
export const SCHEMA_VERSION = 1;

/** `full`: every token was parsed into a known construct; `partial`: some construct was not; `none`. */
export type Understood = 'full' | 'partial' | 'none';

/** `[start, end)` in UTF-16 offsets of the outermost text. */
export type Span = readonly [start: number, end: number];

export const OPERATORS = [
  'eq',
  'contains',
  'starts_with',
  'ends_with',
  'wildcard',
  'regex',
  'term',
  'lt',
  'le',
  'gt',
  'ge',
  'cidr',
  'exists',
  'is_null',
  'field_eq',
  'field_contains',
  'field_starts_with',
  'field_ends_with',
] as const;
/**
 * What a test asks of its field. There are no negative operators: `!=` is Not(eq).
 * `wildcard` keeps `*` and `?`, with `\` escaping them; every other operator's value is the literal text
 * looked for. `exists` and `is_null` have no values; a `field_*` operator's values are names of fields.
 */
export type Operator = (typeof OPERATORS)[number];

export type Value = string | number | boolean;

/** Whether a list of values is satisfied by any of them or asks for all of them. */
export type Quantifier = 'any' | 'all';

/** One question asked of one field of an event. */
export interface Test {
  /** The source-level name, prefix kept; null for keywords and free text, which search the whole event. */
  readonly field: string | null;
  /** The canonical name of the field, where knowledge has filled it in. */
  readonly canonical?: string;
  /**
   * Functions around the field, innermost first, each with its other arguments: `substring(0, 3)`. `_` is the place of
   * a field that is not the first of them: `concat("x", _)`.
   */
  readonly through: readonly string[];
  readonly op: Operator;
  readonly values: readonly Value[];
  readonly quantifier: Quantifier;
  /** The operator's documented rule; null where case means nothing (numbers, exists, is_null). */
  readonly caseSensitive: boolean | null;
  /** What is done to the values before the comparison, as written in the rule. */
  readonly transforms: readonly string[];
  /** With transforms only: `expanded[i]` lists the literals that `values[i]` stands for, any of which will do. */
  readonly expanded?: readonly (readonly string[])[];
  /** Regex only: the flags, such as `i`. */
  readonly flags?: string;
  /** Regex only: true where the whole value must match, false where the pattern is searched for. */
  readonly anchored?: boolean;
  /** Regex only: for each pattern the literal texts that every match contains. */
  readonly literals?: readonly (readonly string[])[];
  /** A test on an aggregate or computed value: listed, never counted. */
  readonly derived: boolean;
  /** A test that another one implies (SPL `f!=v` needs f to exist): never counted. */
  readonly implied: boolean;
  /** `macro:NAME`, `document:ID`, `lookup:NAME` or `let:NAME` where the test came from an expansion; its span is the call's then. */
  readonly via: string | null;
  readonly span: Span;
}

/** Text that stands for something the query does not define, or that was not understood. */
export interface UnknownText {
  readonly text: string;
  readonly span: Span;
}

export type And = { readonly and: readonly Expression[] };
export type Or = { readonly or: readonly Expression[] };
export type Not = { readonly not: Expression };
export type TestExpression = { readonly test: Test };
export type UnknownExpression = { readonly unknown: UnknownText };
/** What an event must satisfy. An empty And is always true, an empty Or never. */
export type Expression = And | Or | Not | TestExpression | UnknownExpression;

export const STAGE_KINDS = [
  'source',
  'filter',
  'derive',
  'aggregate',
  'join',
  'sequence',
  'shape',
  'declare',
] as const;
export type StageKind = (typeof STAGE_KINDS)[number];

/** One step of a query. */
export interface Stage {
  /** Zero-based position. */
  readonly index: number;
  /** The canonical name: `search`, `where`, `bucket`, `selection_img`, `sequence` … */
  readonly name: string;
  readonly kind: StageKind;
  readonly text: string;
  /** Where the stage lies; a selection may lie in several places. */
  readonly spans: readonly Span[];
  readonly understood: Understood;
  /** The stage's own filter. */
  readonly where: Expression | null;
  /** Subsearches, join legs, sequence steps, function bodies, the rules that a correlation names. */
  readonly queries: readonly NestedQuery[];
}

/**
 * Where events are kept: index, sourcetype, data model, table, log source … Sigma's log source is one source of
 * kind `logsource`, its value `product/category/service` with empty parts left empty.
 */
export interface Source {
  readonly kind: string;
  readonly value: string;
}

/** A test under an even number of Nots. `path` is a JSON Pointer (RFC 6901) to its stage in the result. */
export type Indicator = Test & { readonly path: string };

/** What a rule does not want: one alternative under a Not, its And/Or kept. */
export interface Exclusion {
  readonly where: Expression;
  readonly path: string;
}

/** A text that is searched in the whole event. */
export interface Term {
  readonly value: string;
  readonly polarity: 'include' | 'exclude';
  readonly path: string;
}

export type Severity = 'error' | 'warning' | 'info';

/** Something to tell the author of a rule, and where. */
export interface Diagnostic {
  readonly severity: Severity;
  /** A code of the registry: `rulescope help CODE` explains it. */
  readonly code: string;
  readonly message: string;
  readonly span: Span;
  /** One-based. */
  readonly line: number;
  /** One-based, in UTF-16 units. */
  readonly column: number;
}

/** What one query of one text was understood to look for. */
export interface Query {
  /** The rule's or the step's own id, where it has one. */
  readonly id?: string | null;
  /** What people call the rule, where its text says it. */
  readonly title?: string | null;
  readonly language: LanguageId;
  /** As well as its worst stage. */
  readonly understood: Understood;
  readonly sources: readonly Source[];
  /** The And of the main line's filters on events; null for sequences and correlations. */
  readonly where: Expression | null;
  readonly stages: readonly Stage[];
  readonly indicators: readonly Indicator[];
  readonly exclusions: readonly Exclusion[];
  readonly terms: readonly Term[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A query inside a stage of another one. */
export interface NestedQuery extends Query {
  /**
   * True where the stage wants no event that this query finds: the right side of a leftanti join, a
   * subsearch under a Not, a step that a sequence must not meet. What it looks for is then excluded.
   */
  readonly negated?: boolean;
}

/** A query and where it starts in the text that holds it. */
export interface LocatedQuery extends Query {
  readonly id: string | null;
  readonly offset: number;
  /** False where the query only serves another one, such as a rule that a correlation names. */
  readonly standalone: boolean;
}

/** What a language's parser gives for one text. */
export interface ParsedText {
  readonly language: LanguageId;
  readonly queries: readonly LocatedQuery[];
  /** What concerns the text as a whole, or a part of it that holds no query. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What `explain --json` prints: one query, or `queries` where the text holds several. */
export interface Result extends Query {
  readonly schema: typeof SCHEMA_VERSION;
  readonly id: string | null;
  readonly queries?: readonly LocatedQuery[];
}
