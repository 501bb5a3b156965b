import type { IndicatorKey, Polarity, RuleSummary } from './types.ts';

/** A rule that others are compared with: one of the catalog, by its id, or what a new one tests. */
export interface OverlapSubject {
  /** A rule of the catalog: it and those that are the same one are no part of the answer. */
  readonly rule?: string;
  /** What the subject tests, where that is not what the rule of the catalog tests. */
  readonly indicators?: readonly (IndicatorKey & { readonly polarity: Polarity })[];
}

/** An indicator that two rules share. */
export interface SharedIndicator extends IndicatorKey {
  readonly polarity: Polarity;
  /** How many rules have it beside the subject, those that are the same one counted once. */
  readonly rules: number;
  /** The rarer it is, the more it weighs: ln(1 + all rules / `rules`). */
  readonly weight: number;
}

/** A rule, and what it shares with the subject. */
export interface RuleOverlap {
  readonly rule: RuleSummary;
  /** The weights of what both look for, together. */
  readonly score: number;
  /** The score as a part of the weight of all that the subject looks for, from 0 to 1. */
  readonly share: number;
  /** What both look for, the rarest first. */
  readonly shared: readonly SharedIndicator[];
  /** What both exclude, which adds nothing to the score. */
  readonly excluded: readonly SharedIndicator[];
}

/** The rules that share indicators with a subject. */
export interface Overlap {
  /** How many indicators the subject looks for and excludes. */
  readonly indicators: number;
  readonly exclusions: number;
  /** What it looks for and excludes, each once: what nobody else has first, then the rarest. */
  readonly asked: readonly SharedIndicator[];
  /** How many rules share at least one indicator that they look for. */
  readonly total: number;
  /** The highest score first. */
  readonly rules: readonly RuleOverlap[];
  /** Indicators that so many rules share that they were left out. */
  readonly tooCommon: readonly SharedIndicator[];
}
