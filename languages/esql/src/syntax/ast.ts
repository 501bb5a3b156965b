import type { Span } from '@rulescope/logic';
import type { ArithmeticOperator } from '@rulescope/logic/elastic';

/** A whole ES|QL text: commands, each but the first behind a pipe. */
export interface Pipeline {
  readonly commands: readonly Command[];
  readonly span: Span;
}

/** What every command has. */
interface Part {
  /** Its name in lower case; that of one with two words has a space. */
  readonly name: string;
  /** From the pipe before it to its last token. */
  readonly span: Span;
  /** False where an error of syntax lies in it. */
  readonly sound: boolean;
}

export type Command =
  | Source
  | Where
  | Assign
  | Stats
  | Columns
  | Rename
  | Sort
  | Limit
  | Extract
  | Enrich
  | Join
  | Fork
  | Completion
  | Parts
  | SetCommand
  | Plain;

/** `from logs-*, remote:x metadata _id`, `ts metrics`. */
export interface Source extends Part {
  readonly kind: 'source';
  readonly patterns: readonly string[];
  /** `from (from a | where …), b`. */
  readonly subqueries: readonly Pipeline[];
  readonly metadata: readonly string[];
}

export interface Where extends Part {
  readonly kind: 'where';
  readonly condition: Expr;
}

/** `eval a = 1, b`, `row a = 1`. */
export interface Assign extends Part {
  readonly kind: 'assign';
  readonly items: readonly Item[];
}

/** An expression, and the name of the column that it becomes; null where it has none. */
export interface Item {
  readonly name: string | null;
  readonly expr: Expr;
  /** Of an aggregate: `count(*) where …`. */
  readonly where: Expr | null;
}

/** `stats a = count(*) where … by b`, `inline stats …`. */
export interface Stats extends Part {
  readonly kind: 'stats';
  readonly aggregates: readonly Item[];
  readonly by: readonly Item[];
}

/** `keep a, b.*`, `drop …`, `mv_expand a`. */
export interface Columns extends Part {
  readonly kind: 'columns';
  readonly names: readonly string[];
}

/** `rename a as b, c = d`. */
export interface Rename extends Part {
  readonly kind: 'rename';
  readonly pairs: readonly { readonly from: string; readonly to: string }[];
}

export interface Sort extends Part {
  readonly kind: 'sort';
  readonly keys: readonly {
    readonly expr: Expr;
    readonly order: 'asc' | 'desc' | null;
    readonly nulls: 'first' | 'last' | null;
  }[];
}

/** `limit 10`, `limit 10 by a`, `sample 0.1`. */
export interface Limit extends Part {
  readonly kind: 'limit';
  readonly count: Expr;
  readonly by: readonly Expr[];
}

/** `grok a "…"`, `dissect a "…" append_separator=","`. */
export interface Extract extends Part {
  readonly kind: 'extract';
  readonly input: Expr;
  readonly patterns: readonly Expr[];
  readonly options: readonly Item[];
}

/** `enrich policy on a with b = c`. */
export interface Enrich extends Part {
  readonly kind: 'enrich';
  readonly policy: string;
  readonly on: string | null;
  readonly columns: readonly { readonly name: string | null; readonly column: string }[];
}

/** `lookup join index on a, b`. */
export interface Join extends Part {
  readonly kind: 'join';
  readonly index: string;
  readonly on: readonly Expr[];
}

/** `fork (where …) (…)`: each leg is a pipeline without a source. */
export interface Fork extends Part {
  readonly kind: 'fork';
  readonly legs: readonly Pipeline[];
}

/** `completion answer = prompt with { … }`. */
export interface Completion extends Part {
  readonly kind: 'completion';
  readonly target: string | null;
  readonly prompt: Expr;
  readonly options: Expr | null;
}

/** `uri_parts prefix = input with { … }`: columns `prefix.domain` and its like. */
export interface Parts extends Part {
  readonly kind: 'parts';
  readonly prefix: string;
  readonly input: Expr;
  readonly options: Expr | null;
}

/** `set name = value;` before the source. */
export interface SetCommand extends Part {
  readonly kind: 'set';
  readonly setting: string;
  readonly value: Expr;
}

/** A command that is kept as text: one whose arguments mean nothing to the model, or one that is not known. */
export interface Plain extends Part {
  readonly kind: 'plain';
  /** `name = …` at its start. */
  readonly target: string | null;
  /** Names behind `as`. */
  readonly as: readonly string[];
  /** What stands behind the name. */
  readonly text: string;
}

export type ComparisonOperator = '==' | '=~' | '!=' | '<' | '<=' | '>' | '>=';

/** Any part of a condition or value. */
export type Expr =
  | Literal
  | Duration
  | List
  | Options
  | Field
  | Parameter
  | Star
  | Call
  | Cast
  | Sign
  | Arithmetic
  | Comparison
  | Like
  | Membership
  | Match
  | NullTest
  | Negation
  | Logic
  | Subquery
  | Broken;

export interface Literal {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
  /** A number with a fraction or an exponent: dividing by it does not round. */
  readonly float: boolean;
  /** A number that is not held as one: its value is the text as it is written. */
  readonly inexact: boolean;
  /** A text with an escape that ES|QL has not: its backslash is kept. */
  readonly badEscape: boolean;
  readonly span: Span;
}

/** `30 days`. */
export interface Duration {
  readonly kind: 'duration';
  /** As it is written. */
  readonly amount: string;
  readonly unit: string;
  readonly span: Span;
}

/** `["a", "b"]`. */
export interface List {
  readonly kind: 'list';
  readonly items: readonly Expr[];
  readonly span: Span;
}

/** `{ "fuzziness": "AUTO" }`: named arguments of a function. */
export interface Options {
  readonly kind: 'options';
  readonly entries: readonly { readonly key: string; readonly value: Expr }[];
  readonly span: Span;
}

export interface Field {
  readonly kind: 'field';
  /** All parts joined by dots, backticks undone. */
  readonly name: string;
  readonly span: Span;
}

/** `?name`: what the caller of the query gives. */
export interface Parameter {
  readonly kind: 'parameter';
  readonly name: string;
  readonly span: Span;
}

/** The star of `count(*)`. */
export interface Star {
  readonly kind: 'star';
  readonly span: Span;
}

export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expr[];
  readonly span: Span;
}

/** `a::ip::string`. */
export interface Cast {
  readonly kind: 'cast';
  readonly operand: Expr;
  readonly types: readonly string[];
  readonly span: Span;
}

export interface Sign {
  readonly kind: 'sign';
  readonly sign: '+' | '-';
  readonly operand: Expr;
  readonly span: Span;
}

/** A chain of operators that bind alike, read from left to right: `a + b - c`. */
export interface Arithmetic {
  readonly kind: 'arithmetic';
  readonly first: Expr;
  readonly rest: readonly { readonly operator: ArithmeticOperator; readonly operand: Expr }[];
  readonly span: Span;
}

export interface Comparison {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: Expr;
  readonly right: Expr;
  readonly span: Span;
}

/** `a like "x*"`, `a not rlike ("x.*", "y")`. */
export interface Like {
  readonly kind: 'like';
  readonly operator: 'like' | 'rlike';
  readonly negated: boolean;
  readonly subject: Expr;
  readonly patterns: readonly Expr[];
  readonly span: Span;
}

/** `a in (1, 2)`, `a not in (from …)`. */
export interface Membership {
  readonly kind: 'in';
  readonly negated: boolean;
  readonly subject: Expr;
  readonly values: readonly Expr[];
  readonly span: Span;
}

/** `a : "text"`. */
export interface Match {
  readonly kind: 'match';
  readonly subject: Expr;
  readonly query: Expr;
  readonly span: Span;
}

export interface NullTest {
  readonly kind: 'is-null';
  readonly negated: boolean;
  readonly subject: Expr;
  readonly span: Span;
}

export interface Negation {
  readonly kind: 'not';
  readonly operand: Expr;
  readonly span: Span;
}

export interface Logic {
  readonly kind: 'and' | 'or';
  readonly items: readonly Expr[];
  readonly span: Span;
}

/** A query in the place of a list of values. */
export interface Subquery {
  readonly kind: 'subquery';
  readonly query: Pipeline;
  readonly span: Span;
}

/** Text that breaks the grammar; a diagnostic says how. */
export interface Broken {
  readonly kind: 'broken';
  readonly text: string;
  readonly span: Span;
}
