import { and, type Expression, not, or, type Value } from '@rulescope/logic';
import { PRIVATE_NETWORKS, type PredicateFunction } from '../data/functions.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { CallExpr, Expr } from '../syntax/tree.ts';
import { lowerComparison, lowerFound } from './comparison.ts';
import { type Constant, valuesOfConstant } from './constants.ts';
import { type Context, makeTest, makeUnknown, shown } from './context.ts';
import { type Field, operandOf } from './operand.ts';
import type { Env } from './scope.ts';
import { tableValues } from './tables.ts';

/** What a function asks that answers true or false; `not` and `iff` are the condition's own. */
export function lowerPredicate(
  predicate: PredicateFunction,
  expr: CallExpr,
  env: Env,
  context: Context,
): Expression {
  switch (predicate.asks) {
    case 'empty':
    case 'null': {
      const asked = lowerEmpty(predicate.asks, expr, env, context);
      return predicate.negated ? not(asked) : asked;
    }
    case 'network':
      return lowerNetwork(predicate.several, expr, env, context);
    case 'private-address':
      return withField(expr, env, context, (field) => network(field, PRIVATE_NETWORKS, expr, null, context));
    case 'address-in-text':
      return lowerAddressInText(predicate.prefix, expr, env, context);
    case 'element':
      return lowerElement(expr, env, context);
    case 'not':
    case 'choice':
    case 'choices':
      return noTest(expr, context);
  }
}

function noTest(expr: CallExpr, context: Context): Expression {
  const message = `The model has no test for this: ${shown(expr.span, context)}`;
  return makeUnknown(expr.span, CODES.notATest, message, context);
}

/** Lowers with the field that the first argument is. */
function withField(
  expr: CallExpr,
  env: Env,
  context: Context,
  lower: (field: Field) => Expression,
): Expression {
  const [first] = expr.args;
  if (first === undefined) {
    return makeUnknown(expr.span, CODES.wrongArguments, `${expr.name}() needs an argument.`, context);
  }
  const operand = operandOf(first, env, context);
  switch (operand.kind) {
    case 'field':
      return lower(operand);
    case 'query':
      return lowerFound(operand, expr.span, context);
    case 'outside': {
      const message = `"${operand.name}" is not defined in the text.`;
      return makeUnknown(expr.span, CODES.notDefinedHere, message, context);
    }
    case 'choice':
      return lower({ kind: 'field', field: operand.name, through: [], derived: true });
    case 'constant':
    case 'condition':
      return noTest(expr, context);
  }
}

/** isempty(): "returns true if the argument is an empty string or is null". */
function lowerEmpty(asks: 'empty' | 'null', expr: CallExpr, env: Env, context: Context): Expression {
  const [first] = expr.args;
  const operand = first === undefined ? null : operandOf(first, env, context);
  if (operand?.kind === 'constant') {
    const empty = operand.value === null || (asks === 'empty' && operand.value === '');
    return empty ? and([]) : or([]);
  }
  // A condition is true or false, and neither is empty.
  if (operand?.kind === 'condition') return or([]);
  return withField(expr, env, context, ({ field, through, derived }) => {
    const common = { field, through, derived, span: expr.span };
    const isNull = makeTest({ ...common, op: 'is_null', values: [], caseSensitive: null }, context);
    if (asks === 'null') return isNull;
    return or([isNull, makeTest({ ...common, op: 'eq', values: [''], caseSensitive: true }, context)]);
  });
}

function lowerNetwork(several: boolean, expr: CallExpr, env: Env, context: Context): Expression {
  return withField(expr, env, context, (field) => {
    const found = constantsOf(expr.args.slice(1), env, context);
    if (found === null) return noTest(expr, context);
    const values = found.flatMap(valuesOfConstant);
    const [address, prefix] = values;
    // ipv4_is_match(ip, other, prefix): the prefix says how many bits are compared.
    const networks =
      !several && typeof address === 'string' && typeof prefix === 'number'
        ? [address.includes('/') ? address : `${address}/${prefix}`]
        : values.filter((value) => typeof value === 'string');
    if (networks.length === 0) return noTest(expr, context);
    return network(field, networks, expr, found[0]?.via ?? null, context);
  });
}

function network(
  { field, through, derived }: Field,
  values: readonly Value[],
  { span }: CallExpr,
  via: string | null,
  context: Context,
): Expression {
  return makeTest({ field, through, derived, op: 'cidr', values, caseSensitive: null, span, via }, context);
}

/** The arguments as constants, tables that the text holds included; null where one is something else. */
function constantsOf(args: readonly Expr[], env: Env, context: Context): readonly Constant[] | null {
  const found: Constant[] = [];
  for (const arg of args) {
    const operand = operandOf(arg, env, context);
    const table = operand.kind === 'query' ? tableValues(operand.expr, operand.env) : null;
    if (operand.kind === 'constant') found.push(operand);
    else if (table !== null)
      found.push({ kind: 'constant', value: table.values, written: false, via: table.via });
    else return null;
  }
  return found;
}

/**
 * has_ipv4(text, address): the address with no letter or digit next to it, which is what a term is.
 * has_ipv4_prefix(text, start): a start ends with a dot, and what follows it belongs to the address.
 */
function lowerAddressInText(prefix: boolean, expr: CallExpr, env: Env, context: Context): Expression {
  const [text, ...addresses] = expr.args;
  if (text === undefined || addresses.length === 0) return noTest(expr, context);
  const found = constantsOf(addresses, env, context)?.flatMap(valuesOfConstant);
  const op = prefix && found?.some((value) => String(value).endsWith('.')) ? 'hasprefix' : 'has';
  return lowerComparison(
    { kind: 'comparison', op, left: text, right: addresses, span: expr.span },
    env,
    context,
  );
}

/** set_has_element(set, value), with the field on either side. */
function lowerElement(expr: CallExpr, env: Env, context: Context): Expression {
  const [set, value] = expr.args;
  if (set === undefined || value === undefined) return noTest(expr, context);
  const constantSet = operandOf(set, env, context).kind === 'constant';
  const [left, right] = constantSet ? [value, set] : [set, value];
  const op = constantSet ? 'in' : '==';
  return lowerComparison({ kind: 'comparison', op, left, right: [right], span: expr.span }, env, context);
}
