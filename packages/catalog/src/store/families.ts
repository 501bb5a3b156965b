import type { TestedValue } from '../analyse/indicators.ts';

/** What tells whether a rule stands in the catalog already. */
export interface FamilyRule {
  /** Its number: rules come in the order of their numbers. */
  readonly id: number;
  readonly platform: string;
  /** What tells its file from others. */
  readonly file: string;
  /** The id of its source; null where it has none. */
  readonly ownId: string | null;
  readonly title: string;
  /** The ids that it names as related. */
  readonly related: readonly string[];
  /** What it tests: a text for each indicator and polarity. */
  readonly indicators: readonly string[];
}

/**
 * What a rule tests as far as it tells the rule from others: a text for each indicator and polarity. What only picks
 * events is left out, such as a time that a form for another product names otherwise, save where there is nothing else.
 */
export function familyIndicators(
  tested: readonly (Pick<TestedValue, 'polarity' | 'selector'> & { readonly indicator: number })[],
): readonly string[] {
  const behaviour = tested.filter(({ selector }) => !selector);
  const all = behaviour.length > 0 ? behaviour : tested;
  return [...new Set(all.map(({ polarity, indicator }) => `${polarity} ${indicator}`))];
}

/** What a title says of the form that a query has: `Shadow copies are deleted (Sentinel)`. */
const FORM = /\s*\([^()]*\)$/;

/**
 * Gives the family of each rule: the number of the first rule that is the same one, which is its own where there is
 * none before. Rules of one platform are the same rule in several places where they test the same indicators and have
 * one title or one id, or one names the other as related, as a deprecated copy and a form for another product do, or
 * stand in one file under one title but for what is said in brackets at its end, as the forms of a page's query for
 * two products do; or where they have one id and one title, as two states of a rule do. Takes time in proportion to
 * the rules, however many test the same.
 */
export function families(): (rule: FamilyRule) => number {
  const known = new Map<string, number>();
  return ({ id, platform, file, ownId, title, related, indicators }) => {
    const tested = `${platform}\n${indicators.toSorted().join(' ')}`;
    const folded = title.trim().toLowerCase();
    const form = `form ${folded.replace(FORM, '')}\n${file}\n${tested}`;
    const own = indicators.length === 0 ? [] : [`title ${folded}\n${tested}`, form];
    const names = indicators.length === 0 ? [] : related.map((other) => `id ${other}\n${tested}`);
    const named = names.map((name) => `named ${name}`);
    if (ownId !== null) own.push(`both ${ownId}\n${folded}\n${platform}`);
    const ids = ownId === null || indicators.length === 0 ? [] : [`id ${ownId}\n${tested}`];
    const found = [...own, ...ids, ...names, ...ids.map((one) => `named ${one}`)]
      .map((key) => known.get(key))
      .filter((family) => family !== undefined);
    const family = Math.min(id, ...found);
    for (const key of [...own, ...ids, ...named]) if (!known.has(key)) known.set(key, family);
    return family;
  };
}
