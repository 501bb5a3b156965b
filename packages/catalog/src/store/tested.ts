import type { FieldStatus } from '@rulescope/knowledge';
import type { Operator } from '@rulescope/logic';
import type { NearIndicator, TestedValue } from '../analyse/indicators.ts';

/**
 * A value that a rule tests, as `rule_body.tested` keeps it in JSON: what is left out is as its indicator has it, or
 * false, or none.
 */
export interface KeptValue {
  /** The number of its indicator. */
  readonly indicator: number;
  readonly excluded?: true;
  /** The field, the functions around it and the operator as the rule writes them, and the value. */
  readonly field?: string | null;
  readonly through?: readonly string[];
  readonly op?: Operator;
  readonly shown?: string;
  readonly transforms?: readonly string[];
  readonly status: FieldStatus;
  readonly selector?: true;
  readonly cased?: true;
  readonly near?: readonly NearIndicator[];
}

/** What is kept of a value whose indicator has that number, and whose field is spelled so in the catalog. */
export function keptValue(tested: TestedValue, indicator: number, field: string | null): KeptValue {
  const { op, value, polarity, written, shown, transforms, status, selector, caseSensitive, near } = tested;
  return {
    indicator,
    ...(polarity === 'exclude' && { excluded: true }),
    ...(written.field !== field && { field: written.field }),
    ...(written.through.length > 0 && { through: written.through }),
    ...(written.op !== op && { op: written.op }),
    ...(shown !== value && { shown }),
    ...(transforms.length > 0 && { transforms }),
    status,
    ...(selector && { selector }),
    ...(caseSensitive && { cased: true }),
    ...(near.length > 0 && { near }),
  };
}
