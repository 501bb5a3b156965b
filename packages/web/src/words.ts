import type { FacetName, Polarity, RuleCount } from '@rulescope/catalog';
import type { Nearness } from '@rulescope/knowledge';
import type { Operator, Understood } from '@rulescope/logic';

const NUMBERS = new Intl.NumberFormat('en');

/** `3780` as `3,780`. */
export function formatNumber(value: number): string {
  return NUMBERS.format(value);
}

/** `1 rule`, `2 rules`. */
export function plural(value: number, noun: string): string {
  return `${formatNumber(value)} ${noun}${value === 1 ? '' : 's'}`;
}

const OPERATOR_WORDS: Readonly<Record<Operator, string>> = {
  eq: 'equals',
  contains: 'contains',
  starts_with: 'starts with',
  ends_with: 'ends with',
  wildcard: 'matches wildcard',
  regex: 'matches regex',
  term: 'holds the term',
  lt: 'is less than',
  le: 'is at most',
  gt: 'is greater than',
  ge: 'is at least',
  cidr: 'is in network',
  exists: 'exists',
  is_null: 'is null',
  field_eq: 'equals field',
  field_contains: 'contains field',
  field_starts_with: 'starts with field',
  field_ends_with: 'ends with field',
};

/** The operator as a verb that reads between a field and a value. */
export function operatorWords(op: Operator): string {
  return OPERATOR_WORDS[op];
}

const UNDERSTOOD_WORDS: Readonly<Record<Understood, string>> = {
  full: 'understood in full',
  partial: 'understood in part',
  none: 'not understood',
};

export function understoodWords(understood: Understood): string {
  return UNDERSTOOD_WORDS[understood];
}

/** `21 other rules`, or of exclusions `excluded by 3 other rules`. */
export function countWords(count: RuleCount, polarity: Polarity): string {
  const rules = plural(count.total, 'other rule');
  return polarity === 'include' ? rules : `excluded by ${rules}`;
}

const RELATION_WORDS: Readonly<Record<Nearness, string>> = {
  broader: 'asks for more than',
  narrower: 'asks for less than',
  related: 'nearly the same as',
};

/** How a test of a rule stands to an indicator near it, before that indicator. */
export function relationWords(relation: Nearness): string {
  return RELATION_WORDS[relation];
}

const FACET_WORDS: Readonly<Record<FacetName, readonly [one: string, many: string]>> = {
  platform: ['Platform', 'Platforms'],
  source: ['Source', 'Sources'],
  language: ['Language', 'Languages'],
  kind: ['Kind', 'Kinds'],
  product: ['Product', 'Products'],
  logsource: ['Log source', 'Log sources'],
  tactic: ['Tactic', 'Tactics'],
  technique: ['Technique', 'Techniques'],
  event: ['Event', 'Events'],
  verdict: ['Verdict', 'Verdicts'],
  field: ['Field', 'Fields'],
  status: ['Status', 'Statuses'],
  severity: ['Severity', 'Severities'],
  understood: ['Understood', 'Degrees of understanding'],
  author: ['Author', 'Authors'],
  diagnostic: ['Diagnostic', 'Diagnostics'],
  missing: ['Missing name', 'Missing names'],
};

/** What a facet is called, of one value or of several. */
export function facetWords(name: FacetName, number: 'one' | 'many' = 'one'): string {
  return FACET_WORDS[name][number === 'one' ? 0 : 1];
}

/** `2026-11-21T12:00:00.000Z` as `2026-11-21 12:00:00 UTC`. */
export function formatTime(iso: string): string {
  return iso.replace('T', ' ').replace(/(:\d\d)(\.\d+)?Z$/, '$1 UTC');
}
