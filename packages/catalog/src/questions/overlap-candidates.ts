import type { Nearness } from '@rulescope/knowledge';
import type { NearlyShared, OverlapSubject, RuleOverlap, SharedIndicator } from '../overlap-types.ts';
import type { IndicatorKey, RuleSummary } from '../types.ts';
import type { AskingRule, IndicatorCounter } from './counts.ts';
import type { RuleQuestions } from './rules.ts';

/** An indicator of the subject, and the rules that have it. */
export interface Counted {
  readonly shared: SharedIndicator;
  readonly rules: Uint32Array;
}

/** An indicator of the subject, and those that are nearly the same with the rules that look for them, closest first. */
export interface Linked {
  readonly asked: SharedIndicator;
  readonly weight: number;
  /** How many rules have the one or one of the others. */
  readonly rules: number;
  readonly others: readonly {
    readonly key: IndicatorKey;
    readonly relation: Nearness;
    readonly rules: Uint32Array;
  }[];
}

/** A rule that shares something. */
export interface Candidate {
  readonly rule: number;
  score: number;
  readonly shared: SharedIndicator[];
  readonly near: NearlyShared[];
  readonly excluded: SharedIndicator[];
}

interface Gathered {
  readonly counted: readonly Counted[];
  readonly linked: readonly Linked[];
  readonly counter: IndicatorCounter;
  /** Null where the subject is no rule of the catalog. */
  readonly asking: AskingRule | null;
  readonly retired: boolean;
}

/** The rules behind indicators of a subject, with what they share, in no order. */
export function candidatesOf({ counted, linked, counter, asking, retired }: Gathered): readonly Candidate[] {
  const candidates = new Map<number, Candidate>();
  const candidateOf = (rule: number): Candidate | null => {
    if (counter.familyOf(rule) === asking?.family || (!retired && counter.isRetired(rule))) return null;
    const candidate = candidates.get(rule) ?? { rule, score: 0, shared: [], near: [], excluded: [] };
    candidates.set(rule, candidate);
    return candidate;
  };
  for (const { shared, rules } of counted) {
    for (const rule of rules) {
      const candidate = candidateOf(rule);
      if (candidate === null) continue;
      if (shared.polarity === 'exclude') candidate.excluded.push(shared);
      else {
        candidate.shared.push(shared);
        candidate.score += shared.weight;
      }
    }
  }
  for (const { asked, weight, others } of linked) {
    for (const { key: other, relation, rules } of others) {
      for (const rule of rules) {
        const candidate = candidateOf(rule);
        if (candidate === null || hasAlready(candidate, asked)) continue;
        candidate.near.push({ asked, other, relation, weight });
        candidate.score += weight;
      }
    }
  }
  return [...candidates.values()].filter(({ shared, near }) => shared.length + near.length > 0);
}

/** What the rule has itself, or has nearly, counts once. */
function hasAlready({ shared, near }: Candidate, asked: IndicatorKey): boolean {
  return near.at(-1)?.asked === asked || shared.some((one) => one === asked);
}

/** Rules of the subject's title, language and indicators are the subject itself; at most 20 are looked at. */
export function withoutItself(
  candidates: readonly Candidate[],
  {
    subject,
    indicators,
    counter,
    summaries,
  }: Pick<RuleQuestions, 'summaries'> & {
    readonly subject: Pick<OverlapSubject, 'title' | 'language'>;
    readonly indicators: number;
    readonly counter: IndicatorCounter;
  },
): { readonly itself: readonly RuleSummary[]; readonly others: readonly Candidate[] } {
  const folded = subject.title?.trim().toLowerCase() ?? '';
  if (folded === '') return { itself: [], others: candidates };
  const alike = candidates
    .filter(({ rule, shared }) => shared.length === indicators && counter.wantedOf(rule) === indicators)
    .slice(0, MOST_ALIKE);
  const found = summaries(alike.map(({ rule }) => rule));
  const itself = new Map(
    alike.flatMap(({ rule }, i) => {
      const summary = found[i];
      const isSame = summary?.title.trim().toLowerCase() === folded && summary.language === subject.language;
      return isSame ? [[rule, summary] as const] : [];
    }),
  );
  return { itself: [...itself.values()], others: candidates.filter(({ rule }) => !itself.has(rule)) };
}

const MOST_ALIKE = 20;

/**
 * The best rules first, one of those that are the same: by score, then those that look for least else, then those that
 * exclude the same.
 */
export function onePerFamily(
  candidates: readonly Candidate[],
  counter: IndicatorCounter,
): readonly Candidate[] {
  const sorted = candidates.toSorted(
    (a, b) =>
      b.score - a.score ||
      counter.wantedOf(a.rule) - counter.wantedOf(b.rule) ||
      b.excluded.length - a.excluded.length ||
      a.rule - b.rule,
  );
  const taken = new Set<number>();
  return sorted.filter(({ rule }) => {
    const family = counter.familyOf(rule);
    const isFirst = !taken.has(family);
    taken.add(family);
    return isFirst;
  });
}

/** The rules themselves; `weight` is that of all that the subject looks for. */
export function withSummaries(
  candidates: readonly Candidate[],
  {
    summaries,
    counter,
    weight,
  }: Pick<RuleQuestions, 'summaries'> & { readonly counter: IndicatorCounter; readonly weight: number },
): readonly RuleOverlap[] {
  const found = summaries(candidates.map(({ rule }) => rule));
  return candidates.flatMap(({ rule: number, score, shared, near, excluded }, i) => {
    const rule = found[i];
    const share = weight === 0 ? 0 : score / weight;
    return rule === undefined
      ? []
      : [{ rule, score, share, indicators: counter.wantedOf(number), shared, near, excluded }];
  });
}
