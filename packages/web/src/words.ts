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

/** A part of a whole, from 0 to 1: `53 %`; what is less than one in a hundred is not called none. */
export function percent(part: number): string {
  return part > 0 && part < 0.01 ? 'under 1 %' : `${Math.floor(part * 100 + 1e-6)} %`;
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

/** How well a rule is read; `missing` is how many names it has that only its environment defines. */
export function understoodWords(understood: Understood, missing = 0): string {
  const words = UNDERSTOOD_WORDS[understood];
  return understood === 'full' && missing > 0
    ? `${words}, but for ${plural(missing, 'name')} of your environment`
    : words;
}

/** `21 other rules`, or of exclusions `excluded by 3 other rules`. */
export function countWords(count: RuleCount, polarity: Polarity): string {
  const rules = plural(count.total, 'other rule');
  return polarity === 'include' ? rules : `excluded by ${rules}`;
}

const RELATION_WORDS: Readonly<Record<Nearness, string>> = {
  broader: 'catches more events than',
  narrower: 'catches fewer events than',
  related: 'close to, not the same as',
};

/** How a test of a rule stands to an indicator near it, before that indicator. */
export function relationWords(relation: Nearness): string {
  return RELATION_WORDS[relation];
}

const ORIGIN_WORDS: ReadonlyMap<string, string> = new Map([
  ['macro', 'the macro'],
  ['lookup', 'the lookup'],
  ['let', 'the let statement'],
  ['document', 'the document'],
]);

/** What a test was taken over from, `macro:NAME` and the like, as words and the name. */
export function originWords(via: string): { readonly words: string; readonly name: string } {
  const at = via.indexOf(':');
  const words = ORIGIN_WORDS.get(via.slice(0, at));
  return words === undefined ? { words: '', name: via } : { words, name: via.slice(at + 1) };
}

/**
 * What there is to say of a rule whose language is null: it has no query of its own, as a machine-learning rule, or
 * one in a language that is not read, of which nothing is understood.
 */
export function unreadWords(understood: Understood): string {
  return understood === 'none' ? 'in a language that is not read' : 'no query of its own';
}

/** The parts of a Sigma log source, in the order of its value `product/category/service`. */
export const LOG_SOURCE_PARTS = ['product', 'category', 'service'] as const;

/** `product windows, service security`, from the three parts in their order. */
export function logSourceWords(parts: readonly string[]): string {
  const words = LOG_SOURCE_PARTS.map((name, i) => (parts[i] ? `${name} ${parts[i]}` : ''));
  return words.filter((word) => word !== '').join(', ');
}

const SOURCE_WORDS: ReadonlyMap<string, string> = new Map([
  ['logsource', 'log source'],
  ['datamodel', 'data model'],
  ['eventtype', 'event type'],
]);

/** The kind of a source of events, as a reader calls it: `data model`, `machine learning job`. */
export function sourceWords(kind: string): string {
  return SOURCE_WORDS.get(kind) ?? kind.replaceAll('-', ' ');
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
