import type { Span } from '@rulescope/logic';
import type { ArithmeticOperator } from '@rulescope/logic/elastic';

/** A whole EQL text: what it looks for, what is then done with it, and what could not be read. */
export interface EqlQuery {
  readonly main: EventQuery | Sequence;
  readonly pipes: readonly Pipe[];
  /** Text behind the query that is no pipe. */
  readonly rest: readonly Broken[];
}

/** Whether all of a part could be read: false where an error of syntax lies in it. */
interface Part {
  readonly span: Span;
  readonly sound: boolean;
}

/** `process where process.name == "x"`. */
export interface EventQuery extends Part {
  readonly kind: 'event';
  /** The event category; null for `any`. */
  readonly category: string | null;
  readonly condition: Expr;
}

/** Several events: in their order, as a `sample`, or (Endgame) as a `join`. */
export interface Sequence extends Part {
  readonly kind: 'sequence' | 'sample' | 'join';
  /** The join keys that all steps share. */
  readonly by: readonly Expr[];
  /** Such as `5m`; null where the sequence may take any time. */
  readonly maxspan: string | null;
  readonly steps: readonly Step[];
  /** The event that ends the waiting, and the word before it. */
  readonly until: Step | null;
  readonly rest: readonly Broken[];
}

/** `[process where …] by user.name with runs=3 as event0`. */
export interface Step extends Part {
  readonly query: EventQuery;
  /** `![…]`: the event must not come. */
  readonly missing: boolean;
  readonly by: readonly Expr[];
  readonly runs: number | null;
  readonly alias: string | null;
  readonly fork: boolean | null;
  /** What stands behind the brackets: each option with its span, in its order. */
  readonly options: readonly StepOption[];
}

export interface StepOption {
  readonly name: 'by' | 'runs' | 'as' | 'fork';
  readonly span: Span;
}

export interface Pipe extends Part {
  readonly name: string;
  readonly args: readonly Expr[];
}

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type MatchOperator = ':' | 'in' | 'in~' | 'like' | 'like~' | 'regex' | 'regex~';

/** Any part of a condition. */
export type Expr =
  | Literal
  | Field
  | Call
  | Sign
  | Arithmetic
  | Comparison
  | Match
  | Negation
  | Logic
  | Relation
  | Broken;

export interface Literal {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
  /** A number with a fraction or an exponent: dividing by it does not round. */
  readonly float: boolean;
  readonly span: Span;
}

export interface Field {
  readonly kind: 'field';
  /** All parts joined by dots, backticks undone. */
  readonly name: string;
  /** `?field`: the data need not know it. */
  readonly optional: boolean;
  readonly span: Span;
}

export interface Call {
  readonly kind: 'call';
  readonly name: string;
  /** `name~(…)`. */
  readonly caseless: boolean;
  /** `a:name(b)` is `name(a, b)`. */
  readonly args: readonly Expr[];
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

/** `subject : "a"`, `subject like~ ("a", "b")`, `subject not in (1, 2)`. */
export interface Match {
  readonly kind: 'match';
  readonly operator: MatchOperator;
  readonly negated: boolean;
  readonly subject: Expr;
  readonly values: readonly Expr[];
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

/** `descendant of [process where …]`. */
export interface Relation {
  readonly kind: 'relation';
  readonly name: string;
  readonly query: EventQuery;
  readonly span: Span;
}

/** Text that breaks the grammar; a diagnostic says how. */
export interface Broken {
  readonly kind: 'broken';
  readonly text: string;
  readonly span: Span;
}
