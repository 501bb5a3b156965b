import type { Value } from '@rulescope/logic';
import { type ArithmeticOperator, calculated, numberOrText } from '@rulescope/logic/elastic';

/** Longer texts are not put together: no rule that a person wrote needs them. */
const LONGEST = 10_000;

/**
 * Arithmetic on constants; null where it has no result. Integers divide to an integer, rounded towards zero (ES|QL
 * reference, "Divide (/)"); `float` says whether one of the numbers is none.
 */
export function calculate(
  operator: ArithmeticOperator,
  left: Value,
  right: Value,
  float: boolean,
): Value | null {
  if (typeof left !== 'number' || typeof right !== 'number') return null;
  const result = calculated(operator, left, right, float);
  return Number.isFinite(result) && (float || Number.isSafeInteger(result)) ? result : null;
}

/** What a function makes of constants; null where it is not worked out. */
export function foldCall(name: string, values: readonly Value[]): Value | null {
  const [first, ...rest] = values;
  if (first === undefined) return null;
  if (name === 'concat') return concatenated(values);
  if (rest.length > 0) return null;
  switch (name) {
    case 'to_lower':
      return typeof first === 'string' ? first.toLowerCase() : null;
    case 'to_upper':
      return typeof first === 'string' ? first.toUpperCase() : null;
    case 'trim':
      return typeof first === 'string' ? first.trim() : null;
    case 'length':
      return typeof first === 'string' ? [...first].length : null;
    case 'to_string':
      return String(first);
    case 'to_ip':
    case 'to_version':
    case 'to_datetime':
    case 'to_date_nanos':
      return typeof first === 'string' ? first : null;
    case 'to_boolean':
      return typeof first === 'boolean' ? first : null;
    case 'to_integer':
    case 'to_long':
    case 'to_double':
      return numberOf(first, name === 'to_double');
    default:
      return null;
  }
}

function concatenated(values: readonly Value[]): string | null {
  const text = values.map(String).join('');
  return text.length > LONGEST ? null : text;
}

function numberOf(value: Value, float: boolean): number | string | null {
  if (typeof value === 'boolean') return null;
  if (typeof value === 'number') return float || Number.isInteger(value) ? value : null;
  if (!/^[+-]?\d+(?:\.\d+)?$/.test(value)) return null;
  const number = numberOrText(value, float || value.includes('.'));
  return float || typeof number === 'string' || Number.isInteger(number) ? number : null;
}
