import type { WrittenTest } from '../types.ts';

/** A tested value as far as it tells what was written for it. */
interface WrittenValue {
  readonly polarity: string;
  readonly written: WrittenTest;
  readonly shown: string;
  readonly transforms: readonly string[];
  /** The value of its key. */
  readonly value: string;
}

/**
 * Tested values by what was written for them: the literals that a value stands for after its transforms are one group,
 * of which the one that it is written as comes first, where there is one. All others are groups of their own.
 */
export function byWrittenValue<Value extends WrittenValue>(
  values: readonly Value[],
): readonly (readonly Value[])[] {
  const groups = Map.groupBy(values, ({ polarity, written, shown, transforms }, i) =>
    transforms.length === 0 ? String(i) : JSON.stringify([polarity, written, shown, transforms]),
  );
  return [...groups.values()].map((group) => {
    const own = group.find(({ value, shown }) => value === shown.toLowerCase());
    return own === undefined ? group : [own, ...group.filter((one) => one !== own)];
  });
}

/** One of each group. */
export function oneAWrittenValue<Value extends WrittenValue>(values: readonly Value[]): readonly Value[] {
  return byWrittenValue(values).flatMap(([first]) => (first === undefined ? [] : [first]));
}
