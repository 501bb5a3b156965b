import { type Expression, type Span, unknown, type Value } from '@rulescope/logic';
import { spend } from '@rulescope/logic/parsing';
import type { Comparison } from '../data/comparisons.ts';
import type { Expr } from '../syntax/tree.ts';
import { type Constant, valuesOfConstant } from './constants.ts';
import { at, type Context } from './context.ts';
import { type Choice, operandOf } from './operand.ts';

/** Branches of a choice that are asked one by one, at most. */
const MOST_BRANCHES = 20;

/**
 * `iff(condition, "a", "b") == "a"` holds where the condition does: each branch is compared in its place (iff(),
 * case(), "Returns"). Null for what is no equality with constants, which is asked of something computed.
 */
export function compareBranches(
  { expr: choice, env }: Choice,
  constants: readonly Constant[],
  comparison: Comparison,
  span: Span,
  context: Context,
): Expression | null {
  const { args } = choice;
  const known = constants.length > 0 && constants.every(({ written, value }) => !written && value !== null);
  if (comparison.op !== 'eq' || !known || args.length > 2 * MOST_BRANCHES) return null;
  const branches = new Map(
    args.flatMap((arg, i) =>
      i % 2 === 0 && i < args.length - 1 ? [] : [[arg, operandOf(arg, env, context)] as const],
    ),
  );
  // With several columns to choose from each would get the others' conditions as exclusions.
  if ([...branches.values()].filter(({ kind }) => kind !== 'constant').length > 1) return null;
  if (!spend(context.budget, args.length, span, context.to)) {
    context.understood = false;
    return unknown(context.text.slice(...span), span);
  }
  const values = constants.flatMap(valuesOfConstant);
  const asked = args.map((arg): Expr => {
    const branch = branches.get(arg);
    if (branch === undefined) return arg;
    if (branch.kind === 'constant' && !branch.written) {
      return { kind: 'boolean', value: isAmong(branch, values, comparison), span };
    }
    const op = comparison.caseSensitive ? 'in' : 'in~';
    return { kind: 'comparison', op, left: arg, right: values.map((value) => literal(value, span)), span };
  });
  const call: Expr = { kind: 'call', name: 'case', args: asked, span: choice.span };
  return at(span, context, () => context.lower.condition(call, env, context));
}

function isAmong(branch: Constant, values: readonly Value[], { caseSensitive }: Comparison): boolean {
  const fold = (value: Value): Value =>
    caseSensitive || typeof value !== 'string' ? value : value.toLowerCase();
  const wanted = new Set(values.map(fold));
  return valuesOfConstant(branch).some((value) => wanted.has(fold(value)));
}

function literal(value: Value, span: Span): Expr {
  switch (typeof value) {
    case 'string':
      return { kind: 'text', value, span };
    case 'number':
      return { kind: 'number', value, span };
    default:
      return { kind: 'boolean', value: value === true, span };
  }
}
