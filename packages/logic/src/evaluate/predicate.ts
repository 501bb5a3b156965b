import type { Operator, Test, Value } from '../model.ts';
import {
  type Comparison,
  comparisonWith,
  type Subject,
  subjectOf,
  type ValueOperator,
} from './comparisons.ts';
import { allValuesOf, type FlatEvent, hasField, isNull, valuesOf } from './event.ts';
import { type FieldFunction, functionsOf } from './functions.ts';
import { allOf, anyOf, type Truth } from './truth.ts';

/** A test made ready to be asked of many events. */
type Predicate = (event: FlatEvent) => Truth;

const compiled = new WeakMap<Test, Predicate>();

/** Asks a test of an event; what was worked out for the test is kept as long as the test is. */
export function evaluateTest(test: Test, event: FlatEvent): Truth {
  const known = compiled.get(test);
  if (known !== undefined) return known(event);
  const predicate = compile(test);
  compiled.set(test, predicate);
  return predicate(event);
}

/** The `field_*` operators, and how they compare with the other field's values. */
const FIELD_OPERATORS: Readonly<Record<Extract<Operator, `field_${string}`>, ValueOperator>> = {
  field_eq: 'eq',
  field_contains: 'contains',
  field_starts_with: 'starts_with',
  field_ends_with: 'ends_with',
};

function compile(test: Test): Predicate {
  const functions = functionsOf(test.through);
  if (functions === null) return () => null;
  switch (test.op) {
    case 'exists':
    case 'is_null':
      return compilePresence(test);
    case 'field_eq':
    case 'field_contains':
    case 'field_starts_with':
    case 'field_ends_with':
      return compileFieldComparison(test, FIELD_OPERATORS[test.op], functions);
    default:
      return compileComparison(test, test.op, functions);
  }
}

/** Whether a field is there. Of the whole event, or of a function's result, it cannot be known. */
function compilePresence(test: Test): Predicate {
  const { field } = test;
  if (field === null || test.through.length > 0) return () => null;
  return (event) => (test.op === 'exists' ? hasField(event, field) : isNull(event, field));
}

function compileComparison(test: Test, op: ValueOperator, functions: readonly FieldFunction[]): Predicate {
  const comparisons = test.values.map((value, i) =>
    (test.expanded?.[i] ?? [value]).map((literal) => comparisonWith(op, literal, test)),
  );
  return (event) => {
    const subjects = subjectsOf(test, functions, event);
    return quantify(test, subjects, comparisons, (literals) => compareAny(literals, subjects));
  };
}

function compileFieldComparison(
  test: Test,
  op: ValueOperator,
  functions: readonly FieldFunction[],
): Predicate {
  return (event) => {
    const subjects = subjectsOf(test, functions, event);
    return quantify(test, subjects, test.values, (other) => {
      const comparisons = valuesOf(event, String(other)).map((value) => comparisonWith(op, value, test));
      return compareAny(comparisons, subjects);
    });
  };
}

function compareAny(comparisons: readonly Comparison[], subjects: readonly Subject[]): Truth {
  return anyOf(comparisons, (compare) => anyOf(subjects, compare));
}

/** With `all`, each value may be found in another value of the field. A field without values has none. */
function quantify<T>(
  test: Test,
  subjects: readonly Subject[],
  values: readonly T[],
  ask: (value: T) => Truth,
): Truth {
  if (subjects.length === 0) return false;
  return test.quantifier === 'all' ? allOf(values, ask) : anyOf(values, ask);
}

function subjectsOf(test: Test, functions: readonly FieldFunction[], event: FlatEvent): readonly Subject[] {
  const values = test.field === null ? allValuesOf(event) : valuesOf(event, test.field);
  return values
    .map((value) =>
      functions.reduce<Value | null>((inner, apply) => (inner === null ? null : apply(inner)), value),
    )
    .filter((value) => value !== null)
    .map((value) => subjectOf(value, test));
}
