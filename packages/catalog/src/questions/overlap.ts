import type { Overlap, OverlapSubject, RuleOverlap, SharedIndicator } from '../overlap-types.ts';
import type { Catalog, IndicatorKey, Polarity } from '../types.ts';
import type { AskingRule, IndicatorCounter } from './counts.ts';
import type { IndicatorFinder } from './find-indicator.ts';
import { bounded, type RuleQuestions } from './rules.ts';
import type { TestedReader } from './tested.ts';

/**
 * Rules that are gone through behind the indicators of one subject, those of rare indicators first: what is left over
 * is shared by so many rules that it tells little, and is named in the answer.
 */
const MOST_POSTINGS = 60_000;

/** Indicators of a subject that are looked up. */
const MOST_INDICATORS = 2_000;

/** What else the answer is made from. */
interface Parts extends Pick<RuleQuestions, 'summaries'> {
  readonly find: IndicatorFinder;
  readonly tested: TestedReader;
  readonly counter: IndicatorCounter;
}

/** An indicator of the subject, and the rules that have it. */
interface Counted {
  readonly shared: SharedIndicator;
  readonly rules: Uint32Array;
}

/** A rule that shares something. */
interface Candidate {
  readonly rule: number;
  score: number;
  readonly shared: SharedIndicator[];
  readonly excluded: SharedIndicator[];
}

/**
 * The rules that share the most and the rarest indicators with a rule. Each shared indicator that both look for
 * weighs ln(1 + N / n) where n of the N rules have it (inverse document frequency; Sparck Jones, "A statistical
 * interpretation of term specificity", 1972); what both exclude is listed and weighs nothing. What only picks events,
 * such as an event ID, is left out.
 */
export function overlapQuestion({ find, tested, counter, summaries }: Parts): Catalog['overlap'] {
  const askedOf = (asking: AskingRule | null, { indicators = [] }: OverlapSubject): readonly Asked[] => {
    if (asking !== null && indicators.length === 0) {
      return distinct(
        tested(asking.id)
          .filter(({ kept }) => kept.selector !== true)
          .map(({ kept, key }) => ({
            id: kept.indicator,
            key,
            polarity: kept.excluded === true ? 'exclude' : 'include',
          })),
      );
    }
    return distinct(indicators.map(({ polarity, ...asked }) => ({ ...find(asked), polarity })));
  };
  return (subject, { retired = false, limit = 20 } = {}) => {
    const asking = subject.rule === undefined ? null : counter.rule(subject.rule);
    const all = askedOf(asking, subject);
    const counted: Counted[] = [];
    const most = counter.total();
    for (const { id, key, polarity } of all.slice(0, MOST_INDICATORS)) {
      const rules = id === null ? NO_RULES : counter.rulesOf(id, polarity === 'exclude');
      const others = counter.count(rules, asking, retired);
      const weight = Math.log(1 + most / Math.max(others, 1));
      counted.push({ shared: { ...key, polarity, rules: others, weight }, rules });
    }
    const asked = counted.toSorted((a, b) => a.shared.rules - b.shared.rules);
    const wanted = asked.filter(({ shared }) => shared.polarity === 'include');
    const weight = wanted.reduce((sum, { shared }) => sum + shared.weight, 0);
    const chosen = withinBounds(asked.filter(({ shared }) => shared.rules > 0));
    const candidates = gather(chosen.used, asking, counter, retired);
    const ranked = onePerFamily(candidates, counter);
    const { limit: shown } = bounded({ limit, offset: 0 });
    const listed = ranked.slice(0, shown);
    return {
      indicators: all.filter(({ polarity }) => polarity === 'include').length,
      exclusions: all.filter(({ polarity }) => polarity === 'exclude').length,
      asked: asked.map(({ shared }) => shared),
      total: ranked.length,
      rules: withSummaries(listed, summaries, weight),
      tooCommon: chosen.left.map(({ shared }) => shared),
    } satisfies Overlap;
  };
}

interface Asked {
  readonly id: number | null;
  readonly key: IndicatorKey;
  readonly polarity: Polarity;
}

const NO_RULES = new Uint32Array(0);

function distinct(asked: readonly Asked[]): readonly Asked[] {
  return [...new Map(asked.map((one) => [JSON.stringify([one.polarity, one.key]), one])).values()];
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

function gather(
  known: readonly Counted[],
  asking: AskingRule | null,
  counter: IndicatorCounter,
  retired: boolean,
): readonly Candidate[] {
  const candidates = new Map<number, Candidate>();
  for (const { shared, rules } of known) {
    for (const rule of rules) {
      if (counter.familyOf(rule) === asking?.family || (!retired && counter.isRetired(rule))) continue;
      const candidate = candidates.get(rule) ?? { rule, score: 0, shared: [], excluded: [] };
      candidates.set(rule, candidate);
      if (shared.polarity === 'exclude') candidate.excluded.push(shared);
      else {
        candidate.shared.push(shared);
        candidate.score += shared.weight;
      }
    }
  }
  return [...candidates.values()].filter(({ shared }) => shared.length > 0);
}

/** The best rules first, one of those that are the same. */
function onePerFamily(candidates: readonly Candidate[], counter: IndicatorCounter): readonly Candidate[] {
  const sorted = candidates.toSorted(
    (a, b) => b.score - a.score || b.excluded.length - a.excluded.length || a.rule - b.rule,
  );
  const taken = new Set<number>();
  return sorted.filter(({ rule }) => {
    const family = counter.familyOf(rule);
    const isFirst = !taken.has(family);
    taken.add(family);
    return isFirst;
  });
}

function withSummaries(
  candidates: readonly Candidate[],
  summaries: RuleQuestions['summaries'],
  weight: number,
): readonly RuleOverlap[] {
  const found = summaries(candidates.map(({ rule }) => rule));
  return candidates.flatMap(({ score, shared, excluded }, i) => {
    const rule = found[i];
    return rule === undefined
      ? []
      : [{ rule, score, share: weight === 0 ? 0 : score / weight, shared, excluded }];
  });
}
