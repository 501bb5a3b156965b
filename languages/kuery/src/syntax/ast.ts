import type { Span } from '@rulescope/logic';
import type { Pattern } from '@rulescope/logic/parsing';

/** A value or name as it is written: a phrase in quotes, or words without. Escapes are undone. */
export interface Literal {
  readonly kind: 'literal';
  readonly quoted: boolean;
  /** The text; null where it holds wildcards. */
  readonly text: string | null;
  /** The text with its wildcards; null where it holds none. */
  readonly pattern: Pattern | null;
  readonly span: Span;
}

/** Text that breaks the grammar. */
export interface Broken {
  readonly kind: 'broken';
  readonly text: string;
  readonly span: Span;
}

/** `a or b`, `a and b`: of conditions, and of the values in a list. */
export interface Logic<Item> {
  readonly kind: 'or' | 'and';
  readonly items: readonly Item[];
  readonly span: Span;
}

export interface Negation<Item> {
  readonly kind: 'not';
  readonly operand: Item;
  readonly span: Span;
}

/** What a field is compared with: a value, or a list such as `(a or b and not c)`. */
export type Values = Literal | Logic<Values> | Negation<Values> | Broken;

/** `field: values`, or a value that is looked for in every field. */
export interface Match {
  readonly kind: 'match';
  readonly field: Literal | null;
  readonly values: Values;
  readonly span: Span;
}

export type RangeOperator = '<' | '<=' | '>' | '>=';

export interface Range {
  readonly kind: 'range';
  readonly field: Literal;
  readonly operator: RangeOperator;
  readonly value: Literal;
  readonly span: Span;
}

/** `field:{ query }`: a query on the objects of a nested field. */
export interface Nested {
  readonly kind: 'nested';
  readonly field: Literal;
  readonly query: Condition;
  readonly span: Span;
}

export type Condition = Match | Range | Nested | Logic<Condition> | Negation<Condition> | Broken;

/** A text in the Kibana Query Language. */
export interface KueryTree {
  /** Null for an empty text. */
  readonly condition: Condition | null;
  readonly span: Span;
  /** False where the grammar was broken. */
  readonly sound: boolean;
}
