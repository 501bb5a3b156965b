import type { Expr, Operator } from '../syntax/tree.ts';
import type { Context } from './context.ts';
import { emptyLine, type Line } from './line.ts';
import { type Env, innerScope } from './scope.ts';
import { lowerSource } from './sources.ts';
import { applyOperator } from './stages.ts';

/** Lowers a query: its source, and the operators behind it, each a stage. What surrounds it is left as it was. */
export function lowerTable(expr: Expr, env: Env, context: Context): Line {
  const { queries, understood, negated } = context;
  context.queries = [];
  context.understood = true;
  context.negated = false;
  const line = lowerPipe(expr, env, context);
  context.queries = queries;
  context.understood = understood;
  context.negated = negated;
  return line;
}

function lowerPipe(expr: Expr, env: Env, context: Context): Line {
  if (expr.kind !== 'pipe') return lowerSource(expr, env, expr.span, context);
  const { source, operators } = expr;
  const line =
    source === null ? startingLine(env) : lowerSource(source, env, [expr.span[0], source.span[1]], context);
  return applyAll(operators, line, env, context);
}

/** A query without a source works on the rows that its surroundings give it. */
function startingLine({ columns }: Env): Line {
  return { ...emptyLine(), columns };
}

/** `as` gives names that hold from there on, in this query alone. */
function applyAll(operators: readonly Operator[], line: Line, env: Env, context: Context): Line {
  const scope = innerScope(env.scope);
  let at = line;
  for (const operator of operators) at = applyOperator(operator, at, scope, context);
  return at;
}
