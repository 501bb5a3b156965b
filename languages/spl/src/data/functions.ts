import table from './functions.json' with { type: 'json' };

/**
 * What a function of eval and where is, as far as a test on its result is concerned.
 * - `condition`: true or false of its arguments, understood one by one;
 * - `choice`: one of several values, by conditions;
 * - `value`: made of its first argument alone, by constants: a test on it is a test on that, through the function;
 * - `combine`: made of several arguments;
 * - `constant`: always the same;
 * - `clock`: made of no field, but not always the same.
 */
type FunctionKind = 'condition' | 'choice' | 'value' | 'combine' | 'constant' | 'clock';

/** A row of `functions.json`. */
export interface FunctionRow {
  readonly name: string;
  readonly kind: FunctionKind;
  /** The page of the Search Reference that describes it. */
  readonly page: string;
  /** The fewest arguments that it takes, and the most (null: any number); absent where that was not looked up. */
  readonly arguments?: readonly [number, number | null];
}

/** The evaluation functions of the Search Reference, in `functions.json`. */
export const FUNCTIONS: ReadonlyMap<string, FunctionRow> = new Map(
  (table as unknown as readonly FunctionRow[]).map((row) => [row.name, row]),
);
