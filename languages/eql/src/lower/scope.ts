import type { Expression, NestedQuery } from '@rulescope/logic';
import type { Budget, Reporter } from '@rulescope/logic/parsing';
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
