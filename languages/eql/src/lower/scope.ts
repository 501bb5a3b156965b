import { type DiagnosticCode, type Expression, type NestedQuery, type Span, unknown } from '@rulescope/logic';
import { type Budget, type Reporter, report, spend } from '@rulescope/logic/parsing';
import type { Expr } from '../syntax/ast.ts';

/** What is known while one text is lowered. */
export interface Lowering {
  readonly text: string;
  readonly to: Reporter;
  readonly budget: Budget;
  /** Lowers a condition: what holds conditions inside lowers them through it. */
  readonly condition: (expr: Expr, scope: Scope) => Expression;
  /** Errors found so far, to tell whether a stage was understood in full. */
  faults: number;
}

/** What is known at one place of a condition. */
export interface Scope {
  readonly lowering: Lowering;
  /** How many queries are around this one: each of them lists its tests too. */
  readonly nesting: number;
  /** Whether an odd number of Nots is around. */
  readonly negated: boolean;
  /** What the variables of array searches stand for, by name: the path of the array. */
  readonly variables: ReadonlyMap<string, string>;
  /** Where the queries inside the condition go. */
  readonly queries: NestedQuery[];
}

/** Keeps a part as unknown text. */
export function unknownAt(scope: Scope, span: Span): Expression {
  return unknown(scope.lowering.text.slice(...span), span);
}

/** Reports an error: the stage is not understood in full then. */
export function fault(
  { lowering }: Scope,
  row: Pick<DiagnosticCode, 'code' | 'severity'>,
  message: string,
  span: Span,
): void {
  lowering.faults += 1;
  report(lowering.to, row, message, span);
}

/** Says something that takes nothing from how well the query is understood. */
export function note(
  { lowering }: Scope,
  row: Pick<DiagnosticCode, 'code' | 'severity'>,
  message: string,
  span: Span,
): void {
  report(lowering.to, row, message, span);
}

/** Whether so many values may still be added: every query around lists them once more. */
export function affordable(scope: Scope, values: number, span: Span): boolean {
  const { lowering, nesting } = scope;
  if (spend(lowering.budget, Math.max(1, values) * (nesting + 1), span, lowering.to)) return true;
  lowering.faults += 1;
  return false;
}
