import { packNumbers } from './facet-lists.ts';
import type { Command } from './sqlite.ts';

/** A rule as far as it is counted. */
interface CountedRule {
  readonly platform: string;
  /** The first of the rules that are the same one in several places. */
  readonly family: number;
  readonly retired: boolean;
}

/** Gathers the rules behind every indicator while they are added. */
export interface IndicatorLists {
  /** Says who the rule of a number is, before its indicators are added. */
  readonly addRule: (rule: number, counted: CountedRule) => void;
  /** Adds a rule to those that include or exclude an indicator; rules come in ascending order. */
  readonly add: (rule: number, indicator: number, excluded: boolean) => void;
  /** How many rules in force include an indicator, those that are the same one counted once. */
  readonly inForce: (indicator: number) => number;
  /** Writes the lists (indicator, excluded, rules) and the counts (indicator, excluded, platform, rules, retired). */
  readonly write: (commands: { readonly list: Command; readonly count: Command }) => void;
}

/** How many rules of a platform have an indicator: those in force, and those of which none is. */
interface PlatformCount {
  readonly platform: string;
  readonly rules: number;
  readonly retired: number;
}

export function indicatorLists(): IndicatorLists {
  const known = new Map<number, CountedRule>();
  const lists: (number[] | undefined)[] = [];
  const countsOf = (rules: readonly number[]): readonly PlatformCount[] =>
    countFamilies(rules.map((rule) => known.get(rule)).filter((rule) => rule !== undefined));
  return {
    addRule: (rule, counted) => known.set(rule, counted),
    add: (rule, indicator, excluded) => {
      const at = placeOf(indicator, excluded);
      const rules = lists[at] ?? [];
      lists[at] = rules;
      if (rules.at(-1) !== rule) rules.push(rule);
    },
    inForce: (indicator) =>
      countsOf(lists[placeOf(indicator, false)] ?? []).reduce((sum, { rules }) => sum + rules, 0),
    write: ({ list, count }) => {
      for (const [at, rules] of lists.entries()) {
        if (rules === undefined) continue;
        const [indicator, excluded] = [at >> 1, at & 1];
        list.run(indicator, excluded, packNumbers(rules));
        for (const { platform, rules: inForce, retired } of countsOf(rules)) {
          count.run(indicator, excluded, platform, inForce, retired);
        }
      }
    },
  };
}

function placeOf(indicator: number, excluded: boolean): number {
  return indicator * 2 + Number(excluded);
}

function countFamilies(rules: readonly CountedRule[]): readonly PlatformCount[] {
  const [only] = rules;
  if (only !== undefined && rules.length === 1) {
    return [{ platform: only.platform, rules: Number(!only.retired), retired: Number(only.retired) }];
  }
  const platforms = new Map<string, { readonly all: Set<number>; readonly inForce: Set<number> }>();
  for (const { platform, family, retired } of rules) {
    const sets = platforms.get(platform) ?? { all: new Set(), inForce: new Set() };
    platforms.set(platform, sets);
    sets.all.add(family);
    if (!retired) sets.inForce.add(family);
  }
  return [...platforms].map(([platform, { all, inForce }]) => ({
    platform,
    rules: inForce.size,
    retired: all.size - inForce.size,
  }));
}
