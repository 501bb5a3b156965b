import type { NearIndicator } from '../analyse/indicators.ts';
import type { KeptValue } from '../store/tested.ts';
import type { Catalog, IndicatorKey, NearCount, RuleSummary, WrittenForm } from '../types.ts';
import type { broaderFinder } from './broader.ts';
import type { IndicatorCounter } from './counts.ts';
import type { IndicatorFinder } from './find-indicator.ts';
import type { RuleQuestions } from './rules.ts';
import type { KeptReader } from './tested.ts';

/** Rules that are looked at for how they write an indicator: they take longest, and more show nothing new. */
const MOST_READ = 300;

/** What else the answer is made from. */
interface Parts extends Pick<RuleQuestions, 'summaries'> {
  readonly find: IndicatorFinder;
  readonly kept: KeptReader;
  readonly counter: IndicatorCounter;
  readonly broaderFor: ReturnType<typeof broaderFinder>;
  /** Some rules in the order of their titles. */
  readonly sortByTitle: (rules: Uint32Array) => Uint32Array;
}

/** The rules behind an indicator, how they write it, and what is near it. */
export function indicatorQuestion({
  find,
  kept,
  counter,
  broaderFor,
  sortByTitle,
  summaries,
}: Parts): Catalog['indicator'] {
  return (asked, { retired = false } = {}) => {
    const { key, id } = find(asked);
    if (id === null) return { ...key, ...NOTHING };
    const [including = [], excluding = []] = [false, true].map((excluded) =>
      counter.inForce(sortByTitle(counter.rulesOf(id, excluded)), retired),
    );
    const rules = summaries(including);
    const forms = formsOf(spread(including, rules), id, key, kept);
    return {
      ...key,
      including: rules,
      excluding: summaries(excluding),
      written: forms.written,
      near: forms.near.map((near) => nearCount(near, { find, counter, retired })),
      ...broaderFor(null)(id),
    };
  };
}

const NOTHING = { including: [], excluding: [], written: [], near: [], total: 0, broader: [] };

interface ReadRule {
  readonly number: number;
  readonly summary: RuleSummary;
}

/** At most `MOST_READ` rules, from anywhere in the list. */
function spread(numbers: readonly number[], rules: readonly RuleSummary[]): readonly ReadRule[] {
  const step = Math.max(numbers.length / MOST_READ, 1);
  const chosen: ReadRule[] = [];
  for (let at = 0; at < numbers.length; at += step) {
    const [number, summary] = [numbers[Math.floor(at)], rules[Math.floor(at)]];
    if (number !== undefined && summary !== undefined) chosen.push({ number, summary });
  }
  return chosen;
}

/** How rules write an indicator that they look for, those of most rules first, and the indicators that are near it. */
function formsOf(
  rules: readonly ReadRule[],
  indicator: number,
  key: IndicatorKey,
  kept: KeptReader,
): { readonly written: readonly WrittenForm[]; readonly near: readonly NearIndicator[] } {
  const written = new Map<string, WrittenForm>();
  const near = new Map<string, NearIndicator>();
  for (const { number, summary } of rules) {
    const own = kept(number).filter((value) => value.indicator === indicator && value.excluded !== true);
    const forms = new Map(
      own.map((value) => {
        const form = writtenForm(value, key, summary);
        return [JSON.stringify({ ...form, value: form.value.toLowerCase() }), form];
      }),
    );
    for (const [name, form] of forms) {
      const known = written.get(name) ?? form;
      written.set(name, { ...known, rules: known.rules + 1 });
    }
    for (const one of own.flatMap((value) => value.near ?? [])) near.set(JSON.stringify(one), one);
  }
  return {
    written: [...written.values()].toSorted((a, b) => b.rules - a.rules),
    near: [...near.values()],
  };
}

function writtenForm(value: KeptValue, key: IndicatorKey, { language }: RuleSummary): WrittenForm {
  const { field = key.field, through = [], op = key.op, shown = key.value } = value;
  return { language, field, through, op, value: shown, rules: 0 };
}

function nearCount(
  { relation, ...asked }: NearIndicator,
  { find, counter, retired }: Pick<Parts, 'find' | 'counter'> & { readonly retired: boolean },
): NearCount {
  const { key, id } = find(asked);
  const others = id === null ? NO_RULES : counter.others(id, false, null, retired);
  return { ...key, relation, others };
}

const NO_RULES = { total: 0, byPlatform: {} };
