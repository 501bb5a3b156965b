import type { IndicatorCount, IndicatorKey, Polarity, WrittenTest } from '@rulescope/catalog';
import type { Operator, Quantifier, Test } from '@rulescope/logic';

/** One value of an indicator, as the rule writes it. */
export interface IndicatorValue {
  readonly shown: string;
  readonly transforms: readonly string[];
  /** The literals that the value stands for after its transforms; empty where it stands for itself. */
  readonly expanded: readonly string[];
  /** Of a regex, the texts that every match holds; single characters are left out, which tell nothing. */
  readonly required: readonly string[];
  /** What it was taken over from, such as `macro:NAME`; empty where the rule itself writes it. */
  readonly via: readonly string[];
  /** The indicators that it is counted as, each with how many other rules test the same; empty where it is not counted. */
  readonly counts: readonly IndicatorCount[];
}

/** The values that a rule tests one field for in one way. */
export interface IndicatorGroup {
  /** As the rule writes it. */
  readonly field: string | null;
  /** The field's canonical name, by which rules are counted; null where nothing is counted. */
  readonly canonical: string | null;
  /** Functions around the field, innermost first. */
  readonly through: readonly string[];
  readonly op: Operator;
  readonly caseSensitive: boolean | null;
  readonly derived: boolean;
  readonly quantifier: Quantifier;
  readonly values: readonly IndicatorValue[];
}

type GrowingValue = Omit<IndicatorValue, 'via'> & {
  via: readonly string[];
};

type GrowingGroup = Omit<IndicatorGroup, 'canonical'> & {
  canonical: string | null;
  readonly values: GrowingValue[];
};

/** Finds what one value of a test is counted as. */
export type CountFinder = (test: Test, value: string, polarity: Polarity) => readonly IndicatorCount[];

/** A finder over the counts of one rule. */
export function countFinder(counts: readonly IndicatorCount[]): CountFinder {
  const byKey = Map.groupBy(counts, ({ polarity, written, shown, transforms }) =>
    countKey(polarity, written, shown, transforms),
  );
  return (test, value, polarity) => byKey.get(countKey(polarity, test, value, test.transforms)) ?? [];
}

/** What tells one indicator from another. */
export function keyText({ field, op, value, encoding }: IndicatorKey): string {
  return JSON.stringify([field, op, value, encoding]);
}

/**
 * Tests as the rows of a table: one row a field and operator, fields in alphabetical order, keywords last,
 * values in the order of the rule and each once.
 */
export function groupTests(
  tests: readonly Test[],
  polarity: Polarity,
  find: CountFinder,
): readonly IndicatorGroup[] {
  const groups = new Map<string, GrowingGroup>();
  const seen = new Map<string, GrowingValue>();
  for (const test of tests) {
    const key = groupKey(test);
    const group = groups.get(key) ?? emptyGroup(test);
    groups.set(key, group);
    valuesOf(test).forEach((shown, i) => {
      const valueKey = JSON.stringify([key, shown, test.transforms]);
      const known = seen.get(valueKey);
      if (known !== undefined) {
        known.via = bothOrigins(known.via, test.via);
        return;
      }
      const counts = find(test, shown, polarity);
      group.canonical = counts[0]?.field ?? group.canonical;
      const value: GrowingValue = {
        shown,
        transforms: test.transforms,
        expanded: literalsOf(test, i, shown),
        required: (test.literals?.[i] ?? []).filter((literal) => literal.length > 1),
        via: test.via === null ? [] : [test.via],
        counts,
      };
      seen.set(valueKey, value);
      group.values.push(value);
    });
  }
  return [...groups.values()].sort(compareGroups);
}

/** Where a value comes from that is met once more; what the rule itself writes once is its own. */
function bothOrigins(known: readonly string[], via: string | null): readonly string[] {
  if (via === null || known.length === 0) return [];
  return known.includes(via) ? known : [...known, via];
}

/** The values as text. `exists` and `is_null` have none and are one row all the same. */
function valuesOf(test: Test): readonly string[] {
  return test.values.length === 0 ? [''] : test.values.map(String);
}

function emptyGroup(test: Test): GrowingGroup {
  const { field, through, op, caseSensitive, derived } = test;
  const quantifier = test.values.length > 1 ? test.quantifier : 'any';
  return { field, canonical: null, through, op, caseSensitive, derived, quantifier, values: [] };
}

function groupKey(test: Test): string {
  const all = test.quantifier === 'all' && test.values.length > 1;
  return JSON.stringify([test.field, test.through, test.op, test.caseSensitive === true, test.derived, all]);
}

function countKey(
  polarity: Polarity,
  { field, through, op }: WrittenTest,
  value: string,
  transforms: readonly string[],
): string {
  return JSON.stringify([polarity, field, through, op, value, transforms]);
}

function literalsOf(test: Test, index: number, shown: string): readonly string[] {
  const literals = test.expanded?.[index] ?? [];
  return literals.length === 1 && literals[0] === shown ? [] : literals;
}

function compareGroups(a: IndicatorGroup, b: IndicatorGroup): number {
  if (a.field === null || b.field === null) return Number(a.field === null) - Number(b.field === null);
  if (a.field !== b.field) return a.field < b.field ? -1 : 1;
  return a.op < b.op ? -1 : Number(a.op > b.op);
}
