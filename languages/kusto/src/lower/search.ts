import { and, type Expression, not, or, type Source } from '@rulescope/logic';
import type { Expr } from '../syntax/tree.ts';
import { lowerComparison } from './comparison.ts';
import { lowerCondition } from './condition.ts';
import type { Context } from './context.ts';
import type { Env } from './scope.ts';

/** The tables that `search in (…)` and `find in (…)` name. */
export function searchedSources(tables: readonly Expr[]): readonly Source[] {
  return tables.flatMap((table): readonly Source[] => {
    if (table.kind === 'name' || table.kind === 'member') return [{ kind: 'table', value: table.name }];
    return table.kind === 'qualified' ? searchedSources([table.of]) : [];
  });
}

/**
 * The condition of search and find, in which a text alone is looked for in all columns: `"x"` is `* has "x"`,
 * and stars make of it a start, an end or a part of a word (search operator, "Syntax" and "Examples").
 */
export function lowerSearch(expr: Expr, caseSensitive: boolean, env: Env, context: Context): Expression {
  if (expr.kind === 'logic') {
    const items = expr.items.map((item) => lowerSearch(item, caseSensitive, env, context));
    return expr.op === 'and' ? and(items) : or(items);
  }
  if (expr.kind === 'call' && expr.name === 'not' && expr.args[0] !== undefined) {
    return not(lowerSearch(expr.args[0], caseSensitive, env, context));
  }
  // search *: every row.
  if (expr.kind === 'star') return and([]);
  if (expr.kind === 'text')
    return searched({ kind: 'star', span: expr.span }, expr, caseSensitive, env, context);
  const [right] = expr.kind === 'comparison' && expr.op === ':' ? expr.right : [];
  if (expr.kind === 'comparison' && right?.kind === 'text') {
    return searched(expr.left, right, caseSensitive, env, context);
  }
  return lowerCondition(expr, env, context);
}

/** `search "abc*"` looks for words that start with abc, `"*abc*"` for the text anywhere. */
function searched(
  left: Expr,
  { value, span }: Extract<Expr, { kind: 'text' }>,
  caseSensitive: boolean,
  env: Env,
  context: Context,
): Expression {
  const [, before = '', inner = '', after = ''] = /^(\*?)(.*?)(\*?)$/s.exec(value) ?? [];
  const form = `${before === '' ? '' : '*'}x${after === '' ? '' : '*'}`;
  const op = OPERATORS.get(form) ?? 'has';
  const written = inner.includes('*') ? 'matches regex' : `${op}${caseSensitive ? '_cs' : ''}`;
  const text = inner.includes('*') ? wildcardRegex(value, caseSensitive) : inner;
  const right: Expr = { kind: 'text', value: text, span };
  return lowerComparison({ kind: 'comparison', op: written, left, right: [right], span }, env, context);
}

const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['x', 'has'],
  ['x*', 'hasprefix'],
  ['*x', 'hassuffix'],
  ['*x*', 'contains'],
]);

/** search operator: `"a*b"` is `* matches regex "\ba.*b\b"`. */
function wildcardRegex(pattern: string, caseSensitive: boolean): string {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return `${caseSensitive ? '' : '(?i)'}\\b${parts.join('.*')}\\b`;
}
