import type { Expr, LetStatement } from '../syntax/tree.ts';
import type { Columns } from './columns.ts';
import type { Line } from './line.ts';

/** What names mean at one place of a query: the columns of the rows there, and the names that stand for others. */
export interface Env {
  readonly scope: Scope;
  readonly columns: Columns;
}

/** What a name stands for: an expression, to be read where it was written, or the table that a function was given. */
export interface Binding {
  readonly name: string;
  readonly value: Expr | { readonly kind: 'line'; readonly line: Line };
  readonly env: Env;
  /** False for parameters of functions, whose values are the caller's own text. */
  readonly declared: boolean;
}

/** The names of one body, and those around it. */
export interface Scope {
  readonly outer: Scope | null;
  readonly names: Map<string, Binding>;
}

export function innerScope(outer: Scope | null): Scope {
  return { outer, names: new Map() };
}

export function declare(env: Env, { name, value }: LetStatement): void {
  env.scope.names.set(name, { name, value, env, declared: true });
}

/** What a name stands for, or null where it stands for itself. Names regard case. */
export function lookUp(scope: Scope, name: string): Binding | null {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const found = at.names.get(name);
    if (found !== undefined) return found;
  }
  return null;
}
