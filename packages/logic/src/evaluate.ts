import type { FlatEvent } from './evaluate/event.ts';
import { evaluateTest } from './evaluate/predicate.ts';
import { allOf, anyOf, negate, type Truth } from './evaluate/truth.ts';
import type { Expression } from './model.ts';

export type { EventValue, FlatEvent } from './evaluate/event.ts';
export type { Truth } from './evaluate/truth.ts';

/**
 * Whether an event satisfies an expression: true, false, or null where that cannot be known, because an
 * unknown part, a function that is not in our small table, or a regex that RE2 cannot run decides it
 * (Kleene's logic: an Or with one true part is true whatever its unknown parts are).
 *
 * - A field the event lacks, or has as null, fails every comparison; `exists` asks for the key alone, and
 *   `is_null` for the key's absence or a null.
 * - Of a list any element will do; with the quantifier `all` each value may be met by another element.
 * - A test without a field searches the values of all fields.
 * - `expanded` literals stand in the place of the values that they come from.
 * - Numbers and texts that hold one are compared as numbers where one side is a number, or by `lt` to `ge`.
 * - Time functions read ISO 8601 timestamps on their own clock.
 *
 * What a test needs is worked out once and kept with the test object, so that one expression can be asked of
 * many events. Never throws on what a parser gives, which is bounded in depth.
 */
export function evaluate(expression: Expression, event: FlatEvent): Truth {
  if ('and' in expression) return allOf(expression.and, (item) => evaluate(item, event));
  if ('or' in expression) return anyOf(expression.or, (item) => evaluate(item, event));
  if ('not' in expression) return negate(evaluate(expression.not, event));
  if ('test' in expression) return evaluateTest(expression.test, event);
  return isUnknown(expression);
}

function isUnknown(_expression: Extract<Expression, { unknown: unknown }>): null {
  return null;
}
