import type { Expression, NestedQuery, Span } from '@rulescope/logic';
import type { Budget, Reporter } from '@rulescope/logic/parsing';
import type { EmbeddedLanguages } from '../embedded-languages.ts';
import type { Expr, Pipeline } from '../syntax/ast.ts';
import type { Fields } from './fields.ts';
import type { Rows } from './flow.ts';

/** One of several ways by which rows come. */
export interface Branch {
  /** All that it asks of an event, what its sources say of channels included; null where every event passes. */
  readonly asked: Expression | null;
  /** What its rows and columns are in the end. */
  readonly end: Rows & { readonly fields: Fields };
}

/** A query inside of another one. */
export interface Inner extends Branch {
  readonly query: NestedQuery;
}

/** What is known while one text is lowered. */
export interface Lowering {
  readonly text: string;
  readonly to: Reporter;
  readonly budget: Budget;
  readonly embedded: EmbeddedLanguages;
  /** Lowers a condition: what holds conditions inside lowers them through it. */
  readonly condition: (expr: Expr, place: Place) => Expression;
  /** Lowers a query inside of another one. */
  readonly pipeline: (query: Pipeline, fields: Fields, place: Place, rows?: Rows) => Inner;
  /** Errors found so far, to tell whether a stage was understood in full. */
  faults: number;
  /** Conditions that are listed already since what they choose is used up in something computed. */
  readonly listed: Set<Expression>;
}

/** Where an expression stands. */
export interface Place {
  readonly lowering: Lowering;
  readonly fields: Fields;
  /** How many queries are around this one: each of them lists its tests too. */
  readonly nesting: number;
  /** Where the queries inside of expressions go. */
  readonly queries: NestedQuery[];
}

export function textAt({ lowering }: Place, span: Span): string {
  return lowering.text.slice(...span);
}
