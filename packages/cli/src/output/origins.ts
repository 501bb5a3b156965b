import type { IndicatorCount, Polarity, RuleResult, WrittenTest } from '@rulescope/catalog';
import { type Test, visit } from '@rulescope/logic';
import { plainLine } from './plain.ts';

/** Where an indicator of a rule was taken over from: `[via macro:NAME]`, once each. */
type OriginFinder = (count: IndicatorCount) => readonly string[];

/** A finder over the tests of one rule. What the rule itself writes as well is its own, and has no origin. */
export function originFinder({ indicators, exclusions }: RuleResult): OriginFinder {
  const origins = new Map<string, Set<string | null>>();
  const add = (polarity: Polarity, test: Test): void => {
    for (const value of test.values.length === 0 ? [''] : test.values) {
      const key = keyOf(polarity, test, String(value), test.transforms);
      origins.set(key, (origins.get(key) ?? new Set()).add(test.via));
    }
  };
  for (const test of indicators) add('include', test);
  for (const { where } of exclusions) {
    visit(where, (part, negated) => {
      if ('test' in part && !negated) add('exclude', part.test);
    });
  }
  return ({ polarity, written, shown, transforms }) => {
    const found = [...(origins.get(keyOf(polarity, written, shown, transforms)) ?? [])];
    return found.includes(null) ? [] : found.map((via) => `[via ${plainLine(via ?? '')}]`);
  };
}

function keyOf(
  polarity: Polarity,
  { field, through, op }: WrittenTest,
  value: string,
  transforms: readonly string[],
): string {
  return JSON.stringify([polarity, field, through, op, value, transforms]);
}
