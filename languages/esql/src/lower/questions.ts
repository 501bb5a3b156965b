import { type Expression, type Operator, or, type Span, type Test, test, type Value } from '@rulescope/logic';
import { affordable, luceneLiterals, unknownAt } from '@rulescope/logic/elastic';
import type { Place } from './scope.ts';

export const ALWAYS: Expression = { and: [] };
export const NEVER: Expression = { or: [] };

/** What is asked of a field: an operator with its value, and the operator's rule of case. */
export interface Question {
  readonly op: Operator;
  /** Null for `exists` and `is_null`. */
  readonly value: Value | null;
  readonly caseSensitive: boolean | null;
}

export const EXISTS: Question = { op: 'exists', value: null, caseSensitive: null };
export const IS_NULL: Question = { op: 'is_null', value: null, caseSensitive: null };

/** Whether something is a value, with regard to case where it is a text and no numeral. */
export function equalTo(value: Value, numeral = false): Question {
  return { op: 'eq', value, caseSensitive: typeof value === 'string' && !numeral ? true : null };
}

/** What a test is about: a field, or something computed. */
export interface Subject {
  readonly field: string;
  readonly through: readonly string[];
  readonly derived: boolean;
}

/** One test, or one an operator where the questions differ in it; any of them must hold. */
export function testsOf(
  subject: Subject,
  questions: readonly Question[],
  span: Span,
  place: Place,
  others: Partial<Test> = {},
): Expression {
  // Each test repeats the functions around its field, which may be long.
  if (!affordable(place, questions.length + subject.through.length, span)) return unknownAt(place, span);
  const [only] = questions;
  if (questions.length === 1 && only !== undefined) return testOf(subject, [only], span, others);
  const groups = new Map<Operator, Question[]>();
  for (const question of questions) {
    const group = groups.get(question.op);
    if (group === undefined) groups.set(question.op, [question]);
    else group.push(question);
  }
  return or([...groups.values()].map((group) => testOf(subject, group, span, others)));
}

function testOf(
  { field, through, derived }: Subject,
  group: readonly Question[],
  span: Span,
  others: Partial<Test>,
): Expression {
  const op = group[0]?.op ?? 'eq';
  const values = group.flatMap(({ value }) => (value === null ? [] : [value]));
  const caseSensitive = group.find((question) => question.caseSensitive !== null)?.caseSensitive ?? null;
  const regex =
    op === 'regex'
      ? { flags: '', anchored: true, literals: values.map((value) => luceneLiterals(String(value))) }
      : {};
  return test({ field, through, op, values, caseSensitive, derived, span, ...regex, ...others });
}
