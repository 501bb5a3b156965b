import {
  type Expression,
  not,
  type Operator,
  or,
  printValue,
  regexFault,
  type Span,
  type Value,
} from '@rulescope/logic';
import { affordable, hasAnchor, luceneRegexFault, note, unknownAt } from '@rulescope/logic/elastic';
import { CODES } from '../diagnostic-codes.ts';
import type { Comparison, ComparisonOperator, Expr, Match } from '../syntax/ast.ts';
import { constantOf } from './constants.ts';
import { hyphenatedField, type Operand, operandOf } from './operands.ts';
import type { Scope } from './scope.ts';
import { ALWAYS, NEVER, presenceOf, regexTest, testOf, testsOfValues } from './values.ts';

type FieldOperand = Extract<Operand, { kind: 'field' }>;

const OPERATORS: Readonly<Record<Exclude<ComparisonOperator, '!='>, Operator>> = {
  '==': 'eq',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
};

/** The operator when the sides change places. */
const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** `left == right` and its like (EQL syntax reference, "Comparison operators"): case counts, a star is a star. */
export function lowerComparison(expr: Comparison, scope: Scope): Expression {
  const { operator, span } = expr;
  if (!affordable(scope, 1, span)) return unknownAt(scope, span);
  const left = comparedWith(expr.left, expr.right, scope);
  const right = comparedWith(expr.right, expr.left, scope);
  if (left.kind === 'broken' || right.kind === 'broken') return unknownAt(scope, span);
  if (left.kind === 'field' && right.kind === 'constant')
    return compareWithConstant(left, operator, right.value, span, scope);
  if (left.kind === 'constant' && right.kind === 'field')
    return compareWithConstant(right, MIRRORED[operator], left.value, span, scope);
  if (left.kind === 'field' && right.kind === 'field')
    return compareFields(left, operator, right, span, scope);
  if (left.kind === 'condition' && right.kind === 'constant')
    return compareCondition(left.expr, operator, right.value, span, scope);
  if (left.kind === 'constant' && right.kind === 'condition')
    return compareCondition(right.expr, operator, left.value, span, scope);
  if (left.kind === 'constant' && right.kind === 'constant') {
    const answer = compareConstants(left.value, operator, right.value);
    if (answer !== null) return answer ? ALWAYS : NEVER;
  }
  return computed(scope, span);
}

/** One side of a comparison. Nothing is subtracted from what is compared with a text: it is a name with a hyphen. */
function comparedWith(expr: Expr, other: Expr, scope: Scope): Operand {
  const text = other.kind === 'literal' && (typeof other.value === 'string' || other.value === null);
  return (text ? hyphenatedField(expr, scope) : null) ?? operandOf(expr, scope);
}

/** A comparison that is no test on a field: unknown text, which takes nothing from how well it is understood. */
export function computed(scope: Scope, span: Span): Expression {
  note(scope, CODES.computed, 'Both sides are worked out: no test on one field says this.', span);
  return unknownAt(scope, span);
}

function compareWithConstant(
  field: FieldOperand,
  operator: ComparisonOperator,
  value: Value | null,
  span: Span,
  scope: Scope,
): Expression {
  if (value === null) {
    // EQL syntax reference, "Check if a field exists".
    if (operator === '==') return presenceOf(field, 'is_null', span);
    if (operator === '!=') return presenceOf(field, 'exists', span);
    return computed(scope, span);
  }
  if (operator !== '==' && operator !== '!=') {
    return testOf(field, OPERATORS[operator], [value], true, span);
  }
  warnOfStar([value], operator, span, scope);
  const equal = testOf(field, 'eq', [value], true, span);
  return operator === '==' ? equal : not(equal);
}

function warnOfStar(values: readonly (Value | null)[], operator: string, span: Span, scope: Scope): void {
  const starred = values.find((value) => typeof value === 'string' && value.includes('*'));
  if (starred === undefined) return;
  const shown = printValue(String(starred).slice(0, 60));
  note(
    scope,
    CODES.literalWildcard,
    `Under ${operator} the star in ${shown} is no wildcard: use : or like.`,
    span,
  );
}

/** Elastic Endpoint compares fields; Elasticsearch does not ("Limitations for comparisons"). */
function compareFields(
  left: FieldOperand,
  operator: ComparisonOperator,
  right: FieldOperand,
  span: Span,
  scope: Scope,
): Expression {
  if (operator !== '==' && operator !== '!=') return computed(scope, span);
  const equal = fieldTest(left, 'field_eq', right, true, span, true);
  if (equal === null) return computed(scope, span);
  note(scope, CODES.endpointSyntax, 'Elasticsearch cannot compare a field with another one.', span);
  return operator === '==' ? equal : not(equal);
}

/**
 * A test of one field against another; null where a function is around the other one too. `string(…)` around it
 * changes nothing, since texts are compared. With `mirrors` the fields may change places.
 */
export function fieldTest(
  field: FieldOperand,
  op: 'field_eq' | 'field_contains' | 'field_starts_with' | 'field_ends_with',
  other: FieldOperand,
  caseSensitive: boolean,
  span: Span,
  mirrors = false,
): Expression | null {
  if (isPlain(other)) return testOf(field, op, [other.name], caseSensitive, span);
  return mirrors && isPlain(field) ? testOf(other, op, [field.name], caseSensitive, span) : null;
}

function isPlain({ through }: FieldOperand): boolean {
  return through.every((name) => name === 'string');
}

/** `(a == b) == true`: a condition compared with a truth value, or with null where it is of one field. */
function compareCondition(
  expr: Expr,
  operator: ComparisonOperator,
  value: Value | null,
  span: Span,
  scope: Scope,
): Expression {
  if (operator !== '==' && operator !== '!=') return computed(scope, span);
  const negates = (operator === '==') !== (value === true);
  if (typeof value === 'boolean') {
    const inner = scope.lowering.condition(expr, negates ? { ...scope, negated: !scope.negated } : scope);
    return negates ? not(inner) : inner;
  }
  if (value !== null) return computed(scope, span);
  // A comparison is null where its field is.
  const inner = scope.lowering.condition(expr, { ...scope, queries: [] });
  if (!('test' in inner) || inner.test.field === null || inner.test.op.startsWith('field_'))
    return computed(scope, span);
  const { field: name, through } = inner.test;
  return presenceOf({ name, through }, operator === '==' ? 'is_null' : 'exists', span);
}

function compareConstants(
  left: Value | null,
  operator: ComparisonOperator,
  right: Value | null,
): boolean | null {
  if (operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  if (typeof left !== 'number' || typeof right !== 'number') return null;
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

/** `subject : "a*"`, `subject in ("a", "b")` and their like ("Pattern comparison keywords", "Lookup operators"). */
export function lowerMatch(expr: Match, scope: Scope): Expression {
  const { span, negated } = expr;
  if (!affordable(scope, expr.values.length, span)) return unknownAt(scope, span);
  const matched = lowerPositiveMatch(expr, negated ? { ...scope, negated: !scope.negated } : scope);
  return negated ? not(matched) : matched;
}

function lowerPositiveMatch(expr: Match, scope: Scope): Expression {
  const { operator, span } = expr;
  const [first] = expr.values;
  const subject =
    first === undefined ? operandOf(expr.subject, scope) : comparedWith(expr.subject, first, scope);
  const { constants, others } = listedValues(expr.values, scope);
  if (subject.kind === 'broken' || others.some(({ kind }) => kind === 'broken'))
    return unknownAt(scope, span);
  if (subject.kind === 'constant') return constantAmong(subject.value, expr, constants, others, scope);
  if (subject.kind !== 'field') return computed(scope, span);
  const caseSensitive = operator === 'in' || operator === 'like' || operator === 'regex';
  if (operator === 'regex' || operator === 'regex~') {
    const patterns = others.length === 0 ? textsOf(constants) : null;
    if (patterns === null) return computed(scope, span);
    warnOfRegex(expr.values, 'lucene', scope);
    return regexTest(subject, patterns, 'lucene', caseSensitive, span);
  }
  const wildcards = operator === ':' || operator === 'like' || operator === 'like~';
  if (!wildcards) warnOfStar(constants, operator, span, scope);
  const tests = testsOfValues(subject, constants, { wildcards, caseSensitive }, span);
  if (others.length === 0) return tests;
  const fields = fieldTests(subject, others, caseSensitive, span);
  if (fields === null) return computed(scope, span);
  note(scope, CODES.endpointSyntax, 'Elasticsearch cannot compare a field with another one.', span);
  return constants.length === 0 ? or(fields) : or([tests, ...fields]);
}

/** The values of a list: those that the text itself gives, and the rest. */
interface ListedValues {
  readonly constants: readonly (Value | null)[];
  readonly others: readonly Operand[];
}

export function listedValues(values: readonly Expr[], scope: Scope): ListedValues {
  const constants: (Value | null)[] = [];
  const others: Operand[] = [];
  for (const value of values) {
    if (value.kind === 'literal') constants.push(value.value);
    else {
      const operand = operandOf(value, scope);
      if (operand.kind === 'constant') constants.push(operand.value);
      else others.push(operand);
    }
  }
  return { constants, others };
}

/** A test for each field of a list; null where one of them is none. */
function fieldTests(
  subject: FieldOperand,
  others: readonly Operand[],
  caseSensitive: boolean,
  span: Span,
): readonly Expression[] | null {
  const tests: Expression[] = [];
  for (const other of others) {
    const equal = other.kind === 'field' ? fieldTest(subject, 'field_eq', other, caseSensitive, span) : null;
    if (equal === null) return null;
    tests.push(equal);
  }
  return tests;
}

/** Constants as texts; null where one is none. */
export function textsOf(constants: readonly (Value | null)[]): readonly string[] | null {
  const texts = constants.filter((value) => typeof value === 'string');
  return texts.length === constants.length ? texts : null;
}

/** Warns of each pattern among the values of a list that is broken, or not what it looks like, at its place. */
export function warnOfRegex(values: readonly Expr[], dialect: 'lucene' | 'endgame', scope: Scope): void {
  for (const value of values) {
    const pattern = constantOf(value)?.value;
    if (typeof pattern !== 'string') continue;
    const why = dialect === 'lucene' ? luceneRegexFault(pattern) : regexFault(pattern);
    if (why !== null) note(scope, CODES.badRegex, `The regular expression is broken: ${why}.`, value.span);
    if (dialect === 'lucene' && hasAnchor(pattern))
      note(scope, CODES.regexAnchor, '^ and $ stand for themselves here.', value.span);
  }
}

/** `"x" in (field_a, "y")`: the value is asked of each field. */
function constantAmong(
  value: Value | null,
  { operator, span }: Match,
  constants: readonly (Value | null)[],
  others: readonly Operand[],
  scope: Scope,
): Expression {
  if (value === null || (operator !== 'in' && operator !== 'in~')) return computed(scope, span);
  if (constants.includes(value)) return ALWAYS;
  const tests: Expression[] = [];
  for (const other of others) {
    if (other.kind !== 'field') return computed(scope, span);
    tests.push(testOf(other, 'eq', [value], operator === 'in', span));
  }
  return or(tests);
}
