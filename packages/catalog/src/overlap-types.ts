import type { Nearness } from '@rulescope/knowledge';
import type { LanguageId } from '@rulescope/logic';
import type { IndicatorKey, Polarity, RuleSummary } from './types.ts';

/** A rule that others are compared with: one of the catalog, by its id, or what a new one tests. */
export interface OverlapSubject {
  /** A rule of the catalog: it and those that are the same one are no part of the answer. */
  readonly rule?: string;
  /** Its title and language: rules that have both, and the same indicators, are taken for the subject itself. */
  readonly title?: string;
  readonly language?: LanguageId | null;
  /** What the subject tests, where that is not what the rule of the catalog tests. */
  readonly indicators?: readonly (IndicatorKey & {
    readonly polarity: Polarity;
    /** What is nearly the same by the equivalence rules. */
    readonly near?: readonly (IndicatorKey & { readonly relation: Nearness })[];
  })[];
}

/** An indicator that two rules share. */
export interface SharedIndicator extends IndicatorKey {
  readonly polarity: Polarity;
  /** How many rules have it beside the subject, those that are the same one counted once. */
  readonly rules: number;
  /** The rarer it is, the more it weighs: ln(1 + all rules / `rules`). */
  readonly weight: number;
}

/** An indicator of the subject. */
export interface AskedIndicator extends SharedIndicator {
  /** How many rules have none but one that is nearly the same; looked up for the rarest that the subject looks for. */
  readonly near: number;
}

/** An indicator of the subject, and one of another rule that is nearly the same: the one implies the other. */
export interface NearlyShared {
  readonly asked: IndicatorKey;
  readonly other: IndicatorKey;
  /** What the subject's is, seen from the other one: it asks for more events (`broader`), for fewer, or for others. */
  readonly relation: Nearness;
  /** Half of ln(1 + all rules / those that look for the subject's or for one that is nearly the same). */
  readonly weight: number;
}

/** A rule, and what it shares with the subject. */
export interface RuleOverlap {
  readonly rule: RuleSummary;
  /** The weights of what both look for, and of what is nearly the same, together. */
  readonly score: number;
  /** The score as a part of the weight of all that the subject looks for, from 0 to 1. */
  readonly share: number;
  /** How many indicators the rule itself looks for. */
  readonly indicators: number;
  /** What both look for, the rarest first. */
  readonly shared: readonly SharedIndicator[];
  /** What is nearly the same: one for each indicator of the subject that the rule has not. */
  readonly near: readonly NearlyShared[];
  /** What both exclude, which adds nothing to the score. */
  readonly excluded: readonly SharedIndicator[];
}

/** The rules that share indicators with a subject. */
export interface Overlap {
  /** How many indicators the subject looks for and excludes. */
  readonly indicators: number;
  readonly exclusions: number;
  /** What it looks for and excludes, each once: what nobody else has first, then the rarest. */
  readonly asked: readonly AskedIndicator[];
  /** How many of its indicators were not compared, since there are too many. */
  readonly notCompared: number;
  /** Rules that are the subject itself, by title, language and indicators: at most 20, left out of `rules`. */
  readonly itself: readonly RuleSummary[];
  /** How many rules share at least one indicator that they look for, or have one that is nearly the same. */
  readonly total: number;
  /** The highest score first. */
  readonly rules: readonly RuleOverlap[];
  /** Indicators that so many rules share that they were left out. */
  readonly tooCommon: readonly SharedIndicator[];
}
