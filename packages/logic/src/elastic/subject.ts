import { test } from '../build.ts';
import type { Expression, Operator, Quantifier, Span, Value } from '../model.ts';
import { isAnalysed } from './analysed-fields.ts';
import { isNetwork } from './networks.ts';

export const ALWAYS: Expression = { and: [] };

/** What is asked: the field, or null for all of them. */
export interface Subject {
  readonly field: string | null;
  /** Whether its values are taken apart into terms; so they are in a search of all fields. */
  readonly analysed: boolean;
}

export function subjectOf(field: string | null): Subject {
  return { field, analysed: field === null || isAnalysed(field) };
}

/** A test of one operator. Case counts where values are compared as a whole; every event has a field of any name. */
export function testOf(
  { field, analysed }: Subject,
  op: Operator,
  values: readonly Value[],
  quantifier: Quantifier,
  span: Span,
): Expression {
  if (op === 'exists') {
    if (field === null || field === '*') return ALWAYS;
    return test({ field, op, values: [], caseSensitive: null, span });
  }
  const hasCase = op !== 'cidr' && values.some((value) => typeof value === 'string');
  const caseSensitive = hasCase ? !analysed : null;
  return test({ field, op, values, quantifier: values.length > 1 ? quantifier : 'any', caseSensitive, span });
}

/** A word without quotes: a truth value, a number that is written as numbers are, or a text. */
export function typedValue(text: string): Value {
  if (text === 'true' || text === 'false') return text === 'true';
  const code = text.charCodeAt(0);
  const numeral = (code >= 48 && code <= 57) || (code === 45 && text.length > 1);
  if (!numeral) return text;
  const number = Number(text);
  // What a number would not keep stays text: leading zeros, more digits than it has.
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(text) && Number.isFinite(number) ? number : text;
}

/** How a field that is not analysed is compared with a value: as a whole, or with the network that it names. */
export function comparedWhole(field: string | null, value: Value): Operator {
  return field !== null && typeof value === 'string' && isNetwork(field, value) ? 'cidr' : 'eq';
}
