import { isTablePassedOn } from '../data/functions.ts';
import type { DataTableExpr, Expr, Json } from '../syntax/tree.ts';
import { type Env, lookUp } from './scope.ts';

/** The values of a table that the text holds. */
export interface TableValues {
  readonly values: readonly Json[];
  /** The `let` that it came from. */
  readonly via: string | null;
}

/**
 * The values of the column that a list takes from a table (in operator: "the first column"), where the table is
 * a `datatable` of the text with nothing done to it but the choice of a column; null for any other table.
 */
export function tableValues(expr: Expr, env: Env, via: string | null = null, depth = 0): TableValues | null {
  if (depth > MOST_NAMES) return null;
  switch (expr.kind) {
    case 'datatable':
      return { values: columnOf(expr, expr.columns[0] ?? ''), via };
    case 'name': {
      const binding = lookUp(env.scope, expr.name);
      if (binding === null || binding.value.kind === 'line') return null;
      const name = via ?? (binding.declared ? `let:${expr.name}` : null);
      return tableValues(binding.value, binding.env, name, depth + 1);
    }
    case 'call': {
      const [inner] = expr.args;
      return inner !== undefined && isTablePassedOn(expr.name)
        ? tableValues(inner, env, via, depth + 1)
        : null;
    }
    case 'pipe': {
      const { source, operators } = expr;
      const [only] = operators;
      if (source === null || only === undefined || operators.length > 1) return null;
      if (only.syntax !== 'ProjectOperator' && only.syntax !== 'DistinctOperator') return null;
      const [column] = only.columns;
      const table = dataTable(source, env);
      if (table === null || column?.kind !== 'name' || !table.columns.includes(column.name)) return null;
      const inner = tableValues(source, env, via, depth + 1);
      return inner === null ? null : { values: columnOf(table, column.name), via: inner.via };
    }
    default:
      return null;
  }
}

const MOST_NAMES = 20;

function dataTable(expr: Expr, env: Env, depth = 0): DataTableExpr | null {
  if (expr.kind === 'datatable') return expr;
  if (depth > MOST_NAMES) return null;
  if (expr.kind === 'call') {
    const [inner] = expr.args;
    return inner !== undefined && isTablePassedOn(expr.name) ? dataTable(inner, env, depth + 1) : null;
  }
  if (expr.kind !== 'name') return null;
  const binding = lookUp(env.scope, expr.name);
  return binding === null || binding.value.kind === 'line'
    ? null
    : dataTable(binding.value, binding.env, depth + 1);
}

function columnOf({ columns, values }: DataTableExpr, name: string): readonly Json[] {
  const at = columns.indexOf(name);
  if (at < 0) return [];
  return values.filter((_, i) => i % columns.length === at).map(jsonOf);
}

function jsonOf(expr: Expr): Json {
  switch (expr.kind) {
    case 'text':
    case 'number':
    case 'boolean':
    case 'json':
    case 'written':
      return expr.value;
    default:
      return null;
  }
}
