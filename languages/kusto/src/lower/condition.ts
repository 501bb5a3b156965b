import { and, type Expression, not, or, unknown } from '@rulescope/logic';
import { literalPattern, lowerPattern, openEnd, openStart, report, spend } from '@rulescope/logic/parsing';
import { predicateFunction } from '../data/functions.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { CallExpr, Expr } from '../syntax/tree.ts';
import { lowerComparison, lowerFound } from './comparison.ts';
import { at, type Context, makeTest, makeUnknown, within } from './context.ts';
import { callEnv } from './functions.ts';
import { type Operand, operandOf } from './operand.ts';
import { lowerPredicate } from './predicates.ts';
import type { Env } from './scope.ts';

/** What events a condition asks for, the names in it replaced by what they stand for. */
export function lowerCondition(expr: Expr, env: Env, context: Context): Expression {
  switch (expr.kind) {
    case 'logic': {
      const items = expr.items.map((item) => lowerCondition(item, env, context));
      return expr.op === 'and' ? and(items) : or(items);
    }
    case 'comparison':
      return lowerComparison(expr, env, context);
    case 'between':
      return lowerBetween(expr, env, context);
    case 'call':
      return lowerCall(expr, env, context);
    case 'text':
      return lowerKeyword(expr, context);
    case 'assign':
      return lowerAssignment(expr, env, context);
    case 'bad':
      // The parser has said already what is wrong here.
      context.understood = false;
      return unknown(context.text.slice(...expr.span), expr.span);
    default:
      return lowerTruth(operandOf(expr, env, context), expr, context);
  }
}

/**
 * `Name = "x"` where a condition is wanted: Kusto refuses it, and one who writes it means `==`. What stands
 * behind it is one value; anything longer is kept as it is.
 */
function lowerAssignment(
  { names, value, span }: Extract<Expr, { kind: 'assign' }>,
  env: Env,
  context: Context,
): Expression {
  const [name] = names;
  const plain = ['text', 'number', 'boolean', 'written', 'name', 'call'].includes(value.kind);
  if (name === undefined || names.length > 1 || !plain) {
    return makeUnknown(span, CODES.assignment, 'A condition compares with `==`, not with `=`.', context);
  }
  report(context.to, CODES.assignment, 'A condition compares with `==`, not with `=`.', span);
  const left: Expr = { kind: 'name', name, span: [span[0], value.span[0]] };
  return lowerComparison({ kind: 'comparison', op: '==', left, right: [value], span }, env, context);
}

/**
 * A text alone, as converters of Sigma rules write keywords: Kusto has no such condition outside of `search`. It
 * is looked for in the whole event, its stars standing for any text.
 */
function lowerKeyword({ value, span }: Extract<Expr, { kind: 'text' }>, context: Context): Expression {
  report(context.to, CODES.textAlone, 'A text alone is no condition: it is read as a keyword.', span);
  const pieces = value.split('*').flatMap((text, i) => {
    const literal = literalPattern(text);
    return i === 0 ? literal : [{ wild: '*' } as const, ...literal];
  });
  const { op, value: pattern } = lowerPattern(openStart(openEnd(pieces)));
  const values = op === 'exists' ? [] : [pattern];
  return makeTest({ field: null, op, values, caseSensitive: op === 'exists' ? null : false, span }, context);
}

/** The Not of what is lowered; queries inside of it look for what is not wanted. */
function lowerNegated(expr: Expr, env: Env, context: Context): Expression {
  context.negated = !context.negated;
  const lowered = lowerCondition(expr, env, context);
  context.negated = !context.negated;
  return not(lowered);
}

/** between (datetime range included): "the values from and to are inclusive". */
function lowerBetween(expr: Extract<Expr, { kind: 'between' }>, env: Env, context: Context): Expression {
  const { left, low, span } = expr;
  const high = endOfRange(expr);
  const bound = (op: string, value: Expr): Expression =>
    lowerComparison({ kind: 'comparison', op, left, right: [value], span }, env, context);
  const from = bound('>=', low);
  // What cannot be said of one end is not said twice: the text of the whole stands for it.
  const inside = 'unknown' in from ? from : and([from, bound('<=', high)]);
  return expr.negated ? not(inside) : inside;
}

/** `between (datetime(2024-01-01) .. 7d)`: the length of a range of time, whose end is then a sum. */
function endOfRange({ low, high, span }: Extract<Expr, { kind: 'between' }>): Expr {
  const isLength = isTimespan(high) && !isTimespan(low) && low.kind !== 'number';
  return isLength ? { kind: 'arithmetic', op: '+', operands: [low, high], span } : high;
}

function isTimespan(expr: Expr): boolean {
  return expr.kind === 'written' && /^(?:\d|time(?:span)?\s*\()/.test(expr.value);
}

function lowerCall(expr: CallExpr, env: Env, context: Context): Expression {
  const predicate = predicateFunction(expr.name);
  if (predicate?.asks === 'not') {
    const [inner] = expr.args;
    return inner === undefined ? wrongArguments(expr, context) : lowerNegated(inner, env, context);
  }
  if (predicate?.asks === 'choice') return lowerChoice(expr, env, context);
  if (predicate?.asks === 'choices') return lowerCase(expr, env, context);
  if (predicate !== null) return lowerPredicate(predicate, expr, env, context);
  const called = callEnv(expr, env);
  if (called !== null) {
    const { binding, body } = called;
    const lowered = within(binding, expr.span, expr.span, context, () =>
      lowerCondition(body, called.env, context),
    );
    if (lowered !== null) return lowered;
  }
  return lowerTruth(operandOf(expr, env, context), expr, context);
}

/** iff(condition, then, otherwise). */
function lowerChoice(expr: CallExpr, env: Env, context: Context): Expression {
  const [condition, then, otherwise] = expr.args;
  if (condition === undefined || then === undefined || otherwise === undefined)
    return wrongArguments(expr, context);
  return choose(condition, then, lowerCondition(otherwise, env, context), env, context);
}

/** case(condition, then, condition, then, …, otherwise): the first condition that holds decides. */
function lowerCase(expr: CallExpr, env: Env, context: Context): Expression {
  const otherwise = expr.args.at(-1);
  const complete = expr.args.length % 2 === 1 && otherwise !== undefined;
  if (!complete || expr.args.length > 2 * MOST_BRANCHES + 1) return wrongArguments(expr, context);
  let chosen = lowerCondition(otherwise, env, context);
  for (let i = expr.args.length - 3; i >= 0; i -= 2) {
    const [condition, then] = expr.args.slice(i, i + 2);
    if (condition === undefined || then === undefined) return wrongArguments(expr, context);
    chosen = choose(condition, then, chosen, env, context);
  }
  return chosen;
}

/**
 * What holds where the condition does, or else what is left. A branch that is true or false whatever the event
 * says needs no condition beside it: a negation that decides nothing would look like an exclusion.
 */
function choose(condition: Expr, then: Expr, otherwise: Expression, env: Env, context: Context): Expression {
  const branch = lowerCondition(then, env, context);
  const holds = (): Expression => lowerCondition(condition, env, context);
  const fails = (): Expression => lowerNegated(condition, env, context);
  if (isAlways(branch)) {
    if (isAlways(otherwise)) return branch;
    return isNever(otherwise) ? holds() : or([holds(), otherwise]);
  }
  if (isNever(branch)) {
    if (isNever(otherwise)) return branch;
    return isAlways(otherwise) ? fails() : and([fails(), otherwise]);
  }
  if (isNever(otherwise)) return and([holds(), branch]);
  if (isAlways(otherwise)) return or([fails(), branch]);
  return or([and([holds(), branch]), and([fails(), otherwise])]);
}

function isAlways(part: Expression): boolean {
  return 'and' in part && part.and.length === 0;
}

function isNever(part: Expression): boolean {
  return 'or' in part && part.or.length === 0;
}

/** Each branch nests the ones behind it. */
const MOST_BRANCHES = 50;

function wrongArguments(expr: CallExpr, context: Context): Expression {
  const message = `${expr.name}() needs other arguments than these.`;
  return makeUnknown(expr.span, CODES.wrongArguments, message, context);
}

/** A value that stands where a condition is wanted: it must be true. */
function lowerTruth(operand: Operand, expr: Expr, context: Context): Expression {
  const { span } = expr;
  switch (operand.kind) {
    case 'condition':
    case 'choice':
      return lowerColumn(operand, expr, context);
    case 'constant':
      return operand.value === true || operand.value === 1 ? and([]) : or([]);
    case 'field': {
      const { field, through, derived } = operand;
      return makeTest(
        { field, through, op: 'eq', values: [true], caseSensitive: null, derived, span },
        context,
      );
    }
    case 'query':
      return lowerFound(operand, span, context);
    case 'outside': {
      const message = `"${operand.name}" is not defined in the text.`;
      return makeUnknown(span, CODES.notDefinedHere, message, context);
    }
  }
}

/** A column that holds a condition is the condition, however often it is used: what it costs is counted. */
function lowerColumn(
  { expr, env }: Extract<Operand, { kind: 'condition' | 'choice' }>,
  { span }: Expr,
  context: Context,
): Expression {
  if (spend(context.budget, 1, span, context.to)) {
    return at(span, context, () => lowerCondition(expr, env, context));
  }
  context.understood = false;
  return unknown(context.text.slice(...span), span);
}
