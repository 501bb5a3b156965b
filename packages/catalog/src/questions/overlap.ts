import type { NearIndicator } from '../analyse/indicators.ts';
import { oneAWrittenValue } from '../analyse/literals.ts';
import type { Overlap, OverlapSubject } from '../overlap-types.ts';
import { unpackNumbers } from '../store/numbers.ts';
import type { Database } from '../store/sqlite.ts';
import type { Catalog, IndicatorKey, Polarity } from '../types.ts';
import type { AskingRule, IndicatorCounter } from './counts.ts';
import type { IndicatorFinder } from './find-indicator.ts';
import type { LinkFinder } from './linked.ts';
import {
  type Counted,
  candidatesOf,
  type Linked,
  onePerFamily,
  withoutItself,
  withSummaries,
} from './overlap-candidates.ts';
import { bounded, type RuleQuestions } from './rules.ts';
import { keyReader, type TestedReader } from './tested.ts';

/**
 * Rules that are gone through behind the indicators of one subject, those of rare indicators first: what is left over
 * is shared by so many rules that it tells little, and is named in the answer.
 */
const MOST_POSTINGS = 60_000;

/** Indicators of a subject that are looked up, and those for which nearly the same ones are. */
const MOST_INDICATORS = 10_000;
const MOST_NEAR = 12;
/** Rules that are gone through behind what is nearly the same as one indicator, the closest first. */
const MOST_NEAR_POSTINGS = 300;

/** What an indicator that is nearly the same weighs, as a part of one that is the same. */
const NEARLY = 0.5;

/** What else the answer is made from. */
interface Parts extends Pick<RuleQuestions, 'summaries'> {
  readonly find: IndicatorFinder;
  readonly tested: TestedReader;
  readonly counter: IndicatorCounter;
  readonly links: LinkFinder;
}

/** An indicator that is asked about. */
interface Asked {
  readonly id: number | null;
  /** The number of its field; null where no rule has it. */
  readonly field: number | null;
  readonly key: IndicatorKey;
  readonly polarity: Polarity;
  readonly near: readonly NearIndicator[];
}

/**
 * The rules that share the most and the rarest indicators with a rule. Each shared indicator that both look for
 * weighs ln(1 + N / n) where n of the N rules have it (inverse document frequency; Sparck Jones, "A statistical
 * interpretation of term specificity", 1972); one that is nearly the same weighs half of that, n counting both; what
 * both exclude is listed and weighs nothing. Of rules that share alike, those that look for least else come first.
 * What only picks events, such as an event ID, is left out.
 */
export function overlapQuestion(database: Database, parts: Parts): Catalog['overlap'] {
  const { counter, summaries } = parts;
  const asksFor = askedReader(parts);
  const linksOf = linkReader(database, parts);
  return (subject, { retired = false, limit = 20 } = {}) => {
    const asking = subject.rule === undefined ? null : counter.rule(subject.rule);
    const all = asksFor(asking, subject);
    const counted = all
      .slice(0, MOST_INDICATORS)
      .map((asked) => countedOf(asked, { counter, asking, retired }))
      .toSorted((a, b) => a.shared.rules - b.shared.rules);
    const wanted = counted.filter(({ shared }) => shared.polarity === 'include');
    const weight = wanted.reduce((sum, { shared }) => sum + shared.weight, 0);
    const chosen = withinBounds(counted.filter(({ shared }) => shared.rules > 0));
    const linked = wanted
      .slice(0, MOST_NEAR)
      .map((one) => linkedOf(one, linksOf(one.asked), { counter, asking, retired }));
    const near = new Map(linked.map(({ asked, rules }) => [asked, rules - asked.rules]));
    const candidates = candidatesOf({ counted: chosen.used, linked, counter, asking, retired });
    const { itself, others } = withoutItself(candidates, {
      subject,
      indicators: wanted.length,
      counter,
      summaries,
    });
    const ranked = onePerFamily(others, counter);
    const { limit: shown } = bounded({ limit, offset: 0 });
    return {
      indicators: all.filter(({ polarity }) => polarity === 'include').length,
      exclusions: all.filter(({ polarity }) => polarity === 'exclude').length,
      asked: counted.map(({ shared }) => ({ ...shared, near: near.get(shared) ?? 0 })),
      notCompared: Math.max(all.length - MOST_INDICATORS, 0),
      itself,
      total: ranked.length,
      rules: withSummaries(ranked.slice(0, shown), { summaries, counter, weight }),
      tooCommon: chosen.left.map(({ shared }) => shared),
    } satisfies Overlap;
  };
}

const NO_RULES = new Uint32Array(0);

/** Who asks, and whether retired rules count. */
interface Asking {
  readonly counter: IndicatorCounter;
  readonly asking: AskingRule | null;
  readonly retired: boolean;
}

function countedOf(asked: Asked, { counter, asking, retired }: Asking): Counted & { readonly asked: Asked } {
  const { id, key, polarity } = asked;
  const rules = id === null ? NO_RULES : counter.rulesOf(id, polarity === 'exclude');
  const others = counter.count(rules, asking, retired);
  return { asked, shared: { ...key, polarity, rules: others, weight: weightOf(others, counter) }, rules };
}

function weightOf(rules: number, counter: IndicatorCounter): number {
  return Math.log(1 + counter.total() / Math.max(rules, 1));
}

/** What is nearly the same as one indicator, and what that weighs: the less, the more rules have any of it. */
function linkedOf(
  { shared, rules }: Counted,
  others: Linked['others'],
  { counter, asking, retired }: Asking,
): Linked {
  const all = new Set(rules);
  for (const other of others) for (const rule of other.rules) all.add(rule);
  const count = counter.count(Uint32Array.from(all), asking, retired);
  return { asked: shared, others, rules: count, weight: NEARLY * weightOf(count, counter) };
}

/** Reads what a subject tests: a rule of the catalog, or what was said of another. */
function askedReader({
  find,
  tested,
}: Parts): (asking: AskingRule | null, subject: OverlapSubject) => readonly Asked[] {
  return (asking, { indicators = [] }) => {
    if (asking === null || indicators.length > 0) {
      return distinct(
        indicators.map(({ polarity, near = [], ...asked }) => ({ ...find(asked), polarity, near })),
      );
    }
    const own = tested(asking.id).filter(({ kept }) => kept.selector !== true);
    return distinct(
      oneAWrittenValue(own.map(writtenValue)).map(({ kept, key }) => ({
        ...find(key),
        polarity: kept.excluded === true ? 'exclude' : 'include',
        near: kept.near ?? [],
      })),
    );
  };
}

/** What a rule of the catalog writes for a value. */
function writtenValue({ kept, key }: ReturnType<TestedReader>[number]) {
  const { excluded = false, field = key.field, through = [], op = key.op, shown = key.value } = kept;
  return {
    kept,
    key,
    polarity: excluded ? 'exclude' : 'include',
    written: { field, through, op },
    shown,
    transforms: kept.transforms ?? [],
    value: key.value,
  };
}

function distinct(asked: readonly Asked[]): readonly Asked[] {
  return [...new Map(asked.map((one) => [JSON.stringify([one.polarity, one.key]), one])).values()];
}

/** Finds what is nearly the same as an indicator: what the equivalence rules say, and what one of the two implies. */
function linkReader(database: Database, { find, counter, links }: Parts): (asked: Asked) => Linked['others'] {
  const keyOf = keyReader(database);
  const broader = database.prepare<{ broader: Uint8Array }>('SELECT broader FROM indicator WHERE id = ?');
  return ({ id, field, key, near }) => {
    const known = id === null ? undefined : broader.get(id);
    const implied = known === undefined ? null : [...unpackNumbers(known.broader)];
    const said = near.map(({ relation, ...other }) => ({ id: find(other).id, relation }));
    const found = field === null ? [] : links({ ...key, field, broader: implied });
    let postings = 0;
    return [...said, ...found].flatMap(({ id: other, relation }) => {
      const itsKey = other === null || other === id ? null : keyOf(other);
      if (other === null || itsKey === null || postings > MOST_NEAR_POSTINGS) return [];
      const rules = counter.rulesOf(other, false);
      postings += rules.length;
      return [{ key: itsKey, relation, rules }];
    });
  };
}

/** Of indicators in the order of their rules, rarest first, those whose rules are gone through. */
function withinBounds(sorted: readonly Counted[]): {
  readonly used: readonly Counted[];
  readonly left: readonly Counted[];
} {
  let postings = 0;
  let end = 0;
  for (; end < sorted.length; end += 1) {
    postings += sorted[end]?.rules.length ?? 0;
    if (postings > MOST_POSTINGS) break;
  }
  return { used: sorted.slice(0, end), left: sorted.slice(end) };
}
