import { type DiagnosticCode, type Expression, type NestedQuery, type Span, unknown } from '@rulescope/logic';
import { type Budget, type Reporter, report, spend } from '@rulescope/logic/parsing';
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

/** Keeps a part as unknown text. */
export function unknownAt(place: Place, span: Span): Expression {
  return unknown(textAt(place, span), span);
}

/** Reports an error: the stage is not understood in full then. */
export function fault(
  { lowering }: Place,
  row: Pick<DiagnosticCode, 'code' | 'severity'>,
  message: string,
  span: Span,
): void {
  lowering.faults += 1;
  report(lowering.to, row, message, span);
}

/** Says something that takes nothing from how well the query is understood. */
export function note(
  { lowering }: Place,
  row: Pick<DiagnosticCode, 'code' | 'severity'>,
  message: string,
  span: Span,
): void {
  report(lowering.to, row, message, span);
}

/** Whether so many values may still be added: every query around lists them once more. */
export function affordable({ lowering, nesting }: Place, values: number, span: Span): boolean {
  if (spend(lowering.budget, Math.max(1, values) * (nesting + 1), span, lowering.to)) return true;
  lowering.faults += 1;
  return false;
}
