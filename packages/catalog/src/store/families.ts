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
  readonly tested: readonly (Pick<TestedValue, 'polarity' | 'selector'> & { readonly indicator: number })[];
}

/**
 * Gives the family of each rule: the number of the first rule that is the same one, which is its own where there is
 * none before. Rules of one platform are the same rule in several places where they test the same indicators and have
 * one title or one id, or one names the other as related, as a deprecated copy does, or stand in one file as the forms
 * of one query for two products, whose tables may differ; or where they have one id and one title, as two states of a
 * rule do. What only picks events, such as their time, tells no rule from another that tests more. Takes time in
 * proportion to the rules, however many test the same.
 */
export function families(): (rule: FamilyRule) => number {
  const known = new Map<string, number>();
  return (rule) => {
    const { own, asked } = keysOf(rule);
    const found = asked.map((key) => known.get(key)).filter((family) => family !== undefined);
    const family = Math.min(rule.id, ...found);
    for (const key of own) if (!known.has(key)) known.set(key, family);
    return family;
  };
}

/** The keys that a rule leaves for those behind it, and those by which it finds the ones before it. */
interface Keys {
  readonly own: readonly string[];
  readonly asked: readonly string[];
}

function keysOf({ platform, file, ownId, title, related, tested: all }: FamilyRule): Keys {
  const folded = title.trim().toLowerCase();
  const both = ownId === null ? [] : [`both ${ownId}\n${folded}\n${platform}`];
  if (all.length === 0) return { own: both, asked: both };
  const behaviour = all.filter(({ selector }) => !selector);
  const indicators = (behaviour.length > 0 ? behaviour : all).map(
    ({ polarity, indicator }) => `${polarity} ${indicator}`,
  );
  const tested = `${platform}\n${[...new Set(indicators)].toSorted().join(' ')}`;
  const same = [...both, `title ${folded}\n${tested}`, ...(ownId === null ? [] : [`id ${ownId}\n${tested}`])];
  const forms = behaviour.length > 0 ? formKeys(folded, file, tested) : NO_KEYS;
  return {
    own: [...same, ...forms.own, ...related.map((other) => `named ${other}\n${tested}`)],
    asked: [
      ...same,
      ...forms.asked,
      ...related.map((other) => `id ${other}\n${tested}`),
      ...(ownId === null ? [] : [`named ${ownId}\n${tested}`]),
    ],
  };
}

const NO_KEYS: Keys = { own: [], asked: [] };

/** What a title says of the form that a query has: `Shadow copies are deleted (Sentinel)`. */
const FORM = /\(([^()]*)\)$/;
const PRODUCT =
  /^(?:microsoft )?(?:sentinel|(?:365 )?defender(?: xdr| for \w+)?|xdr|mde|advanced hunting|log analytics|azure monitor)(?: \d+)?$/;

/**
 * The keys of the forms of one query. One of the two says which product it is for; where brackets say no more than
 * that, its file has the two as one query, whose tests may differ as far as the products' tables do.
 */
function formKeys(title: string, file: string, tested: string): Keys {
  const [bracket = '', words = ''] = FORM.exec(title) ?? [];
  const query = `${title.slice(0, title.length - bracket.length).trimEnd()}\n${file}`;
  const isProduct = PRODUCT.test(words);
  const places = /\d/.test(words) || (words !== '' && !isProduct) ? [] : [query];
  const forms = [...places, `${query}\n${tested}`].map((it) => [`form ${it}`, `product form ${it}`] as const);
  return {
    own: forms.flatMap(([any, product]) => (isProduct ? [any, product] : [any])),
    asked: forms.map(([any, product]) => (isProduct ? any : product)),
  };
}
