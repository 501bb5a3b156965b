import {
  and,
  type Expression,
  not,
  type Operator,
  or,
  type Span,
  simplify,
  unknown,
  type Value,
} from '@rulescope/logic';
import { report } from '@rulescope/logic/parsing';
import { BETWEEN_FIELDS, type Comparison, comparisonOf, MIRRORED } from '../data/comparisons.ts';
import { isConversion } from '../data/functions.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { ComparisonExpr, Expr } from '../syntax/tree.ts';
import { compareBranches } from './choices.ts';
import { restColumn } from './columns.ts';
import { type Constant, constant, valuesOfConstant } from './constants.ts';
import { at, type Context, makeTest, makeUnknown, shown } from './context.ts';
import { nestedQuery } from './line.ts';
import { type Choice, type Field, type Operand, operandOf } from './operand.ts';
import { testRegex } from './regex-test.ts';
import type { Env } from './scope.ts';
import { tableValues } from './tables.ts';

/** What a comparison asks: the positive test, and a Not around it for the negative operators. */
export function lowerComparison(expr: ComparisonExpr, env: Env, context: Context): Expression {
  if (isListWithGap(expr)) {
    context.understood = false;
    const right = expr.right.filter(({ kind }) => kind !== 'bad');
    return lowerComparison({ ...expr, right }, env, context);
  }
  if ([expr.left, ...expr.right].some(({ kind }) => kind === 'bad')) {
    // The parser has said already what is wrong here.
    context.understood = false;
    return unknown(context.text.slice(...expr.span), expr.span);
  }
  const comparison = comparisonOf(expr.op);
  if (comparison === null) {
    return makeUnknown(expr.span, CODES.unknownPart, `The operator ${expr.op} is not known here.`, context);
  }
  if (!comparison.negated) return compare(comparison, expr, env, context);
  context.negated = !context.negated;
  const compared = compare(comparison, expr, env, context);
  context.negated = !context.negated;
  return opposite(compared);
}

/**
 * The Not of what is asked. A choice that is none of its values is all of their conditions unfulfilled: that it is not
 * so asks for any of them, and excludes nothing.
 */
function opposite(compared: Expression): Expression {
  const asked = simplify(compared);
  const unfulfilled = 'and' in asked ? asked.and.flatMap((item) => ('not' in item ? [item.not] : [])) : [];
  return 'and' in asked && unfulfilled.length > 1 && unfulfilled.length === asked.and.length
    ? or(unfulfilled)
    : not(compared);
}

/** `in ("a", "b",)`: what is missing behind the last comma leaves the other values what they are. */
function isListWithGap({ op, left, right }: ComparisonExpr): boolean {
  const last = right.at(-1);
  const others = right.slice(0, -1);
  return (
    LISTS.has(op) &&
    last?.kind === 'bad' &&
    last.span[0] === last.span[1] &&
    others.length > 0 &&
    [left, ...others].every(({ kind }) => kind !== 'bad')
  );
}

function compare(comparison: Comparison, expr: ComparisonExpr, env: Env, context: Context): Expression {
  const right = rightSide(expr, env, context);
  const left = leftSide(expr, right, env, context);
  if (right.other !== null) return lowerOther(right.other, expr, context);
  switch (left.kind) {
    case 'field':
      return compareLegs(left, right, comparison, expr, context);
    case 'constant':
      return compareConstant(left, right, comparison, expr, context);
    case 'condition':
      return compareTruth(left, right, comparison, expr, context);
    case 'choice':
      return compareChoice(left, right, comparison, expr, context);
    case 'query':
    case 'outside':
      return lowerOther(left, expr, context);
  }
}

/**
 * What stands on the left. Where a `let` of a text has the name of a column, the column is meant: two texts that
 * the query says itself are not compared ("let statement": names of columns come first).
 */
function leftSide(expr: ComparisonExpr, right: RightSide, env: Env, context: Context): Operand {
  const left = operandOf(expr.left, env, context);
  if (left.kind !== 'constant' || expr.left.kind !== 'name') return left;
  const { name } = expr.left;
  const constants = right.fields.length === 0 && right.other === null;
  const isLet = left.via === `let:${name}` && typeof left.value === 'string' && !left.written;
  return constants && isLet && !env.columns.known.has(name) ? restColumn(env.columns, name) : left;
}

/** What stands on the right: values, fields, or something that the text does not say. */
interface RightSide {
  readonly constants: readonly Constant[];
  readonly fields: readonly Field[];
  readonly other: Exclude<Operand, Constant | Field> | null;
}

function rightSide(expr: ComparisonExpr, env: Env, context: Context): RightSide {
  const constants: Constant[] = [];
  const fields: Field[] = [];
  let other: RightSide['other'] = null;
  const list = expr.right.length > 1;
  for (const value of expr.right) {
    const operand = listOperand(value, expr, list, env, context);
    if (operand.kind === 'constant') constants.push(operand);
    else if (operand.kind === 'field') fields.push(operand);
    else other ??= operand;
  }
  return { constants, fields, other };
}

const LISTS: ReadonlySet<string> = new Set(['in', '!in', 'in~', '!in~', 'has_any', 'has_all']);

/**
 * One value of the right side. A list may be a table, whose first column is meant: one that the text holds
 * is constants; a single name that nothing defines is a table or function of the workspace.
 */
function listOperand(
  value: Expr,
  expr: ComparisonExpr,
  several: boolean,
  env: Env,
  context: Context,
): Operand {
  const isList = LISTS.has(expr.op);
  const operand = operandOf(value, env, context);
  if (isList && operand.kind === 'query') {
    const values = tableValues(operand.expr, operand.env);
    if (values !== null) return { ...constant(values.values), via: values.via };
  }
  const bare = isList && !several && value.kind === 'name' && operand.kind === 'field' && !operand.derived;
  return bare &&
    operand.field === value.name &&
    !env.columns.known.has(value.name) &&
    env.columns.rest === 'source'
    ? { kind: 'outside', name: value.name }
    : operand;
}

/** A condition that compares with what a query finds, or with what only the workspace defines. */
function lowerOther(
  operand: Exclude<Operand, Constant | Field>,
  expr: ComparisonExpr,
  context: Context,
): Expression {
  if (operand.kind === 'query') return lowerFound(operand, expr.span, context);
  const message =
    operand.kind === 'outside'
      ? `"${operand.name}" is not defined in the text.`
      : `The condition compares with another one: ${shown(expr.span, context)}`;
  return makeUnknown(
    expr.span,
    operand.kind === 'outside' ? CODES.notDefinedHere : CODES.notATest,
    message,
    context,
  );
}

/** Unknown, with the query that finds the values beside it. */
export function lowerFound(
  { expr, env }: Extract<Operand, { kind: 'query' }>,
  span: Span,
  context: Context,
): Expression {
  const { negated } = context;
  context.negated = false;
  const queries = context.queries;
  const line = context.lower.table(expr, env, context);
  context.queries = [...queries, nestedQuery(line, context, negated)];
  context.negated = negated;
  const message = `The condition compares with what a query finds: ${shown(expr.span, context)}`;
  return makeUnknown(span, CODES.subquery, message, context);
}

/** A column that the legs of a union fill from different ones: what is asked of it is asked of any of these. */
function compareLegs(
  { legs, ...field }: Field,
  right: RightSide,
  comparison: Comparison,
  expr: ComparisonExpr,
  context: Context,
): Expression {
  // A column that only another leg has is null in this one, and nothing is said by that.
  const asksForNull = right.constants.some(({ value }) => value === null || value === '');
  return legs === undefined || asksForNull || right.fields.length > 0
    ? compareField(field, right, comparison, expr, context)
    : or(legs.map((leg) => compareField(leg, right, comparison, expr, context)));
}

function compareField(
  field: Field,
  right: RightSide,
  comparison: Comparison,
  expr: ComparisonExpr,
  context: Context,
): Expression {
  const values = right.constants.flatMap(valuesOfConstant);
  const tests: Expression[] = [];
  const isNull = right.constants.some(({ value }) => value === null) && values.length === 0;
  if (isNull && right.fields.length === 0) {
    // "Null values": `==` with null is null or false, `!=` is true where there is a value.
    if (comparison.op === 'eq' && !comparison.negated) return or([]);
    const { field: name, through, derived } = field;
    return makeTest(
      { field: name, through, op: 'is_null', values: [], caseSensitive: null, derived, span: expr.span },
      context,
    );
  }
  if (values.length > 0 || right.fields.length === 0) {
    tests.push(testValues(field, values, right.constants, comparison, expr, context));
  }
  for (const other of right.fields) tests.push(testField(field, other, comparison, expr, context));
  return comparison.quantifier === 'all' ? and(tests) : or(tests);
}

function testValues(
  { field, through, derived }: Field,
  values: readonly Value[],
  constants: readonly Constant[],
  comparison: Comparison,
  { span }: Pick<ComparisonExpr, 'span'>,
  context: Context,
): Expression {
  const via = constants.find((one) => one.via !== null)?.via ?? null;
  const common = { field, through, derived, span, via };
  // What no list holds is in none; and all of no values are there.
  if (values.length === 0) return comparison.quantifier === 'all' ? and([]) : or([]);
  if (comparison.op === 'regex') return testRegex(common, values, comparison, context);
  const text =
    values.some((value) => typeof value === 'string') && !constants.every(({ written }) => written);
  return makeTest(
    {
      ...common,
      op: comparison.op,
      values,
      caseSensitive: text ? comparison.caseSensitive : null,
      quantifier: values.length > 1 ? comparison.quantifier : 'any',
    },
    context,
  );
}

/** Two fields: the model has tests for texts that are equal or parts, and none for order or for words. */
function testField(
  left: Field,
  right: Field,
  comparison: Comparison,
  expr: ComparisonExpr,
  context: Context,
): Expression {
  const op = BETWEEN_FIELDS[comparison.op];
  // Another type leaves a value the same.
  const sameForm = right.through.every(isConversion) || right.through.join() === left.through.join();
  if (op === undefined || right.field === null || !sameForm || comparison.quantifier === 'all') {
    const message = `The model has no test for this: ${shown(expr.span, context)}`;
    return makeUnknown(expr.span, CODES.notATest, message, context);
  }
  return makeTest(
    {
      field: left.field,
      through: left.through,
      op,
      values: [right.field],
      caseSensitive: comparison.caseSensitive,
      derived: left.derived || right.derived,
      span: expr.span,
    },
    context,
  );
}

/** A constant on the left: the sides change places, or a quoted name stands where a column is meant. */
function compareConstant(
  left: Constant,
  right: RightSide,
  comparison: Comparison,
  expr: ComparisonExpr,
  context: Context,
): Expression {
  if (right.fields.length > 0) {
    const op: Operator | undefined = MIRRORED[comparison.op];
    if (op === undefined) {
      const message = `The model has no test for this: ${shown(expr.span, context)}`;
      return makeUnknown(expr.span, CODES.notATest, message, context);
    }
    const values = valuesOfConstant(left);
    return or(
      right.fields.map((field) => testValues(field, values, [left], { ...comparison, op }, expr, context)),
    );
  }
  if (expr.left.kind === 'text' && isWritten(expr.right)) {
    const field: Field = { kind: 'field', field: expr.left.value, through: [], derived: false };
    const place = context.expansion?.use ?? expr.left.span;
    report(context.to, CODES.quotedName, `"${expr.left.value}" is read as the name of a column.`, place);
    return compareField(field, right, comparison, expr, context);
  }
  return compareConstants(left, right, comparison, expr, context);
}

/** A quoted name is compared with values that stand beside it, not with those of a list that has a name. */
function isWritten(values: readonly Expr[]): boolean {
  return values.every(({ kind }) => kind === 'text' || kind === 'number' || kind === 'boolean');
}

/** Two constants, such as `1 == 1` or a parameter that was given: what equals is decided, the rest is kept. */
function compareConstants(
  left: Constant,
  right: RightSide,
  comparison: Comparison,
  expr: ComparisonExpr,
  context: Context,
): Expression {
  const written = left.written || right.constants.some((one) => one.written);
  if (comparison.op !== 'eq' || written) {
    const message = `The condition compares constants: ${shown(expr.span, context)}`;
    return makeUnknown(expr.span, CODES.notATest, message, context);
  }
  const fold = (value: Value): Value =>
    comparison.caseSensitive || typeof value !== 'string' ? value : value.toLowerCase();
  const values = new Set(right.constants.flatMap(valuesOfConstant).map(fold));
  return valuesOfConstant(left).some((value) => values.has(fold(value))) ? and([]) : or([]);
}

/** A choice between values: branch by branch where that can be said, else as something computed. */
function compareChoice(
  choice: Choice,
  right: RightSide,
  comparison: Comparison,
  expr: ComparisonExpr,
  context: Context,
): Expression {
  const known = right.fields.length === 0 ? right.constants : [];
  const branches = compareBranches(choice, known, comparison, expr.span, context);
  const field: Field = { kind: 'field', field: choice.name, through: [], derived: true };
  return branches ?? compareField(field, right, comparison, expr, context);
}

/** `condition == true`, `condition == 0`. */
function compareTruth(
  left: Extract<Operand, { kind: 'condition' }>,
  right: RightSide,
  comparison: Comparison,
  expr: ComparisonExpr,
  context: Context,
): Expression {
  const [wanted] = right.constants.flatMap(valuesOfConstant);
  const truth = wanted === true || wanted === 1 ? true : wanted === false || wanted === 0 ? false : null;
  if (comparison.op !== 'eq' || truth === null || right.fields.length > 0 || right.constants.length > 1) {
    const message = `The model has no test for this: ${shown(expr.span, context)}`;
    return makeUnknown(expr.span, CODES.notATest, message, context);
  }
  const before = context.negated;
  if (!truth) context.negated = !before;
  const lowered = at(expr.span, context, () => context.lower.condition(left.expr, left.env, context));
  context.negated = before;
  return truth ? lowered : not(lowered);
}
