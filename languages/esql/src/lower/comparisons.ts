import { type Expression, not, type Operator, or, type Span } from '@rulescope/logic';
import { hasAnchor, luceneRegexFault, note, unknownAt } from '@rulescope/logic/elastic';
import { CODES } from '../diagnostic-codes.ts';
import type { Comparison, ComparisonOperator, Expr, Like, Membership, NullTest } from '../syntax/ast.ts';
import { ask, computed } from './ask.ts';
import { eventFields, type Operand } from './fields.ts';
import { hasLoneBackslash, likeQuestion } from './patterns.ts';
import { EXISTS, equalTo, IS_NULL, type Question } from './questions.ts';
import type { Place } from './scope.ts';
import { operandOf } from './values.ts';

/** The operator when the sides change places. */
const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '==': '==',
  '=~': '=~',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

const ORDERS: Readonly<Record<Exclude<ComparisonOperator, '==' | '=~' | '!='>, Operator>> = {
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
};

/** `left == right` and its like (ES|QL reference, "Operators"): texts are compared whole and with regard to case. */
export function lowerComparison({ operator, left, right, span }: Comparison, place: Place): Expression {
  const [one, other] = [operandOf(left, place), operandOf(right, place)];
  if (one.kind === 'unknown' || other.kind === 'unknown') return unknownAt(place, span);
  if (one.kind === 'null' || other.kind === 'null') {
    note(place, CODES.nullComparison, 'A comparison with null is never true.', span);
    return unknownAt(place, span);
  }
  if (other.kind === 'constant') return compare(one, operator, other, span, place);
  if (one.kind === 'constant') return compare(other, MIRRORED[operator], one, span, place);
  if (operator !== '==' && operator !== '!=') return computed(place, span);
  const equal = fieldTest(one, 'field_eq', other, span, place);
  return operator === '==' ? equal : opposite(equal);
}

/** The Not of a comparison; the text of an unknown one holds its own `!=` or `not`. */
function opposite(found: Expression): Expression {
  return 'unknown' in found ? found : not(found);
}

function compare(
  operand: Operand,
  operator: ComparisonOperator,
  { value, numeral }: Operand & { readonly kind: 'constant' },
  span: Span,
  place: Place,
): Expression {
  switch (operator) {
    case '==':
      return ask(operand, [equalTo(value, numeral)], span, place);
    case '=~':
      // Equal without regard to case, of versions in development.
      return ask(operand, [{ ...equalTo(value), caseSensitive: false }], span, place);
    case '!=':
      return opposite(ask(operand, [equalTo(value, numeral)], span, place));
    default:
      return ask(operand, [{ ...equalTo(value, numeral), op: ORDERS[operator] }], span, place);
  }
}

/** A test of one field against another; what else is compared with something computed is unknown. */
export function fieldTest(
  one: Operand,
  op: Extract<Operator, `field_${string}`>,
  other: Operand,
  span: Span,
  place: Place,
): Expression {
  if (!isNamed(one) || !isNamed(other)) return computed(place, span);
  if (other.kind === 'field' && other.through.length > 0) {
    // Which of two fields stands first does not matter where they are only to be equal.
    const mirrors = op === 'field_eq' && (one.kind === 'computed' || one.through.length === 0);
    return mirrors ? fieldTest(other, op, one, span, place) : computed(place, span);
  }
  const subject: Operand = other.kind === 'computed' ? { kind: 'computed', name: one.name } : one;
  return ask(subject, [{ op, value: other.name, caseSensitive: true }], span, place);
}

function isNamed(operand: Operand): operand is Operand & { readonly kind: 'field' | 'computed' } {
  return operand.kind === 'field' || operand.kind === 'computed';
}

/** `a in (1, 2)`: one test with the values; a query in their place is unknown. */
export function lowerMembership({ subject, values, negated, span }: Membership, place: Place): Expression {
  const [first] = values;
  const found =
    first?.kind === 'subquery'
      ? amongFound(subject, first, span, place)
      : among(subject, values, span, place);
  return negated ? opposite(found) : found;
}

function amongFound(
  subject: Expr,
  { query }: Expr & { readonly kind: 'subquery' },
  span: Span,
  place: Place,
): Expression {
  operandOf(subject, place);
  place.queries.push(place.lowering.pipeline(query, eventFields(), place).query);
  note(place, CODES.subquery, 'The values are those that the query in parentheses finds.', span);
  return unknownAt(place, span);
}

function among(subject: Expr, values: readonly Expr[], span: Span, place: Place): Expression {
  const operand = operandOf(subject, place);
  const questions: Question[] = [];
  const others: Operand[] = [];
  for (const value of values) {
    const listed = operandOf(value, place);
    if (listed.kind === 'constant') questions.push(equalTo(listed.value, listed.numeral));
    // Null is equal to nothing, not even to null.
    else if (listed.kind !== 'null') others.push(listed);
  }
  if (operand.kind === 'unknown' || others.some(({ kind }) => kind === 'unknown'))
    return unknownAt(place, span);
  if (operand.kind === 'null') return computed(place, span);
  const tests: Expression[] = questions.length > 0 ? [ask(operand, questions, span, place)] : [];
  for (const other of others) {
    tests.push(
      operand.kind === 'constant'
        ? ask(other, [equalTo(operand.value)], span, place)
        : fieldTest(operand, 'field_eq', other, span, place),
    );
  }
  return or(tests);
}

/** `a like "x*"`, `a rlike ("x.*", "y")` (ES|QL reference, "LIKE", "RLIKE"): the whole value, with regard to case. */
export function lowerLike({ operator, subject, patterns, negated, span }: Like, place: Place): Expression {
  const operand = operandOf(subject, place);
  const questions: Question[] = [];
  for (const pattern of patterns) {
    const found = patternOperand(pattern, place);
    if (found.kind === 'unknown') return unknownAt(place, span);
    if (found.kind !== 'constant' || typeof found.value !== 'string') {
      return computed(place, span);
    }
    questions.push(patternQuestion(operator, found.value, pattern.span, place));
  }
  const matches = operand.kind === 'unknown' ? unknownAt(place, span) : ask(operand, questions, span, place);
  return negated ? opposite(matches) : matches;
}

/** A pattern keeps the backslashes that other texts lose. */
function patternOperand(pattern: Expr, place: Place): Operand {
  return pattern.kind === 'literal' && typeof pattern.value === 'string' && !pattern.inexact
    ? { kind: 'constant', value: pattern.value }
    : operandOf(pattern, place);
}

function patternQuestion(operator: Like['operator'], text: string, span: Span, place: Place): Question {
  if (operator === 'like') {
    if (hasLoneBackslash(text)) {
      note(
        place,
        CODES.needlessEscape,
        'A backslash before an ordinary character escapes nothing: double it.',
        span,
      );
    }
    return likeQuestion(text);
  }
  const why = luceneRegexFault(text);
  if (why !== null) note(place, CODES.badRegex, `The regular expression is broken: ${why}.`, span);
  if (hasAnchor(text)) note(place, CODES.regexAnchor, '^ and $ stand for themselves here.', span);
  return { op: 'regex', value: text, caseSensitive: true };
}

export function lowerNullTest({ subject, negated, span }: NullTest, place: Place): Expression {
  const operand = operandOf(subject, place);
  if (operand.kind === 'unknown') return unknownAt(place, span);
  if (!negated) return ask(operand, [IS_NULL], span, place);
  if (operand.kind === 'choice') return not(ask(operand, [IS_NULL], span, place));
  return ask(operand, [EXISTS], span, place);
}
