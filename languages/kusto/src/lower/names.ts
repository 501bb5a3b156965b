import { choosesRow, isConversion, isTransparent } from '../data/functions.ts';
import type { CallExpr, Expr } from '../syntax/tree.ts';

/** Aggregates whose column is named after something shorter than they are. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['make_set', 'set'],
  ['makeset', 'set'],
  ['make_set_if', 'set'],
  ['make_list', 'list'],
  ['makelist', 'list'],
  ['make_list_if', 'list'],
  ['make_bag', 'bag'],
]);

/**
 * The name that a column gets where the query gives none: of a column its own, of a part both names with an
 * underscore, of a function the function's and its argument's (`count_`, `dcount_X`, `set_X`); conversions and
 * bin() leave the name. KQL reference, "summarize operator" (Default names) and "project operator".
 */
export function columnName(expr: Expr): string {
  switch (expr.kind) {
    case 'name':
      return expr.name;
    case 'assign':
      return expr.names[0] ?? '';
    case 'member':
      return `${columnName(expr.base)}_${expr.name}`;
    case 'element':
      return expr.index.kind === 'number'
        ? `${columnName(expr.base)}_${expr.index.value}`
        : columnName(expr.base);
    case 'call':
      return nameOfCall(expr);
    default:
      return 'Column1';
  }
}

function nameOfCall({ name, args }: CallExpr): string {
  const lower = name.toLowerCase();
  const [first] = args;
  const inner = first === undefined || first.kind === 'star' ? '' : columnName(first);
  if (isConversion(lower) || isTransparent(lower) || lower === 'bin' || lower === 'floor') return inner;
  const named = first === undefined || ['name', 'member', 'element', 'call', 'star'].includes(first.kind);
  return `${PREFIXES.get(lower) ?? lower}_${named ? inner : ''}`;
}

/** The columns that an aggregate fills: arg_max(T, a, b) fills T, a and b. */
export function aggregateNames(expr: Expr): readonly string[] {
  if (expr.kind === 'assign') {
    const inner = expr.value.kind === 'call' && choosesRow(expr.value.name) ? expr.value.args.slice(1) : [];
    return [...expr.names, ...inner.flatMap((arg) => (arg.kind === 'star' ? [] : [columnName(arg)]))];
  }
  if (expr.kind === 'call' && choosesRow(expr.name)) {
    return expr.args.flatMap((arg) => (arg.kind === 'star' ? [] : [columnName(arg)]));
  }
  return [columnName(expr)];
}
