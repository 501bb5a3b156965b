import type { Operator, Quantifier } from '@rulescope/logic';

/** What an operator between two expressions asks. */
export interface Comparison {
  readonly op: Operator;
  /** Whether texts are compared with regard to case. */
  readonly caseSensitive: boolean;
  readonly negated: boolean;
  readonly quantifier: Quantifier;
  /** A part of a word, which the model says with a regex. */
  readonly partOfWord?: 'start' | 'end';
}

type Row = readonly [written: string, op: Operator, caseSensitive: boolean, more?: Partial<Comparison>];

/**
 * The operators of the language, from the KQL reference: "String operators" (the table "Operators on strings" says
 * which regard case), "Numerical operators", "matches regex operator", "in operator" and its kin.
 */
const ROWS: readonly Row[] = [
  ['==', 'eq', true],
  ['=~', 'eq', false],
  ['<', 'lt', true],
  ['<=', 'le', true],
  ['>', 'gt', true],
  ['>=', 'ge', true],
  ['has', 'term', false],
  ['has_cs', 'term', true],
  ['hasprefix', 'regex', false, { partOfWord: 'start' }],
  ['hasprefix_cs', 'regex', true, { partOfWord: 'start' }],
  ['hassuffix', 'regex', false, { partOfWord: 'end' }],
  ['hassuffix_cs', 'regex', true, { partOfWord: 'end' }],
  ['contains', 'contains', false],
  ['contains_cs', 'contains', true],
  ['startswith', 'starts_with', false],
  ['startswith_cs', 'starts_with', true],
  ['endswith', 'ends_with', false],
  ['endswith_cs', 'ends_with', true],
  ['matches regex', 'regex', true],
  ['in', 'eq', true],
  ['in~', 'eq', false],
  ['has_any', 'term', false],
  ['has_all', 'term', false, { quantifier: 'all' }],
  // search operator, "Syntax": `column : "text"` is has.
  [':', 'term', false],
];

/** Of these the language has a form with `!` before it. */
const NEGATABLE = /^(?:has|contains|startswith|endswith|hasprefix|hassuffix)(?:_cs)?$|^in~?$/;
const NEGATIVE_FORMS: Readonly<Record<string, string>> = { '==': '!=', '=~': '!~' };

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map(
  ROWS.flatMap(([written, op, caseSensitive, more]) => {
    const comparison: Comparison = { op, caseSensitive, negated: false, quantifier: 'any', ...more };
    const negative = NEGATABLE.test(written) ? `!${written}` : NEGATIVE_FORMS[written];
    const found: (readonly [string, Comparison])[] = [[written, comparison]];
    if (negative !== undefined) found.push([negative, { ...comparison, negated: true }]);
    if (negative === '!=') found.push(['<>', { ...comparison, negated: true }]);
    return found;
  }),
);

/** The meaning of an operator as the reference writes it, such as `!has_cs`; null where it is none of the language. */
export function comparisonOf(written: string): Comparison | null {
  return COMPARISONS.get(written) ?? ALIASES.get(written) ?? null;
}

/** Older spellings that the parser still takes. */
const ALIASES: ReadonlyMap<string, Comparison> = new Map(
  (
    [
      ['containscs', 'contains_cs'],
      ['notcontains', '!contains'],
      ['notcontainscs', '!contains_cs'],
    ] as const
  ).flatMap(([alias, written]) => {
    const found = COMPARISONS.get(written);
    return found === undefined ? [] : [[alias, found] as const];
  }),
);

/** The operators with the sides changed: `5 < x` is `x > 5`. */
export const MIRRORED: Readonly<Partial<Record<Operator, Operator>>> = {
  eq: 'eq',
  lt: 'gt',
  le: 'ge',
  gt: 'lt',
  ge: 'le',
};

/** The operators that compare with another field. */
export const BETWEEN_FIELDS: Readonly<Partial<Record<Operator, Operator>>> = {
  eq: 'field_eq',
  contains: 'field_contains',
  starts_with: 'field_starts_with',
  ends_with: 'field_ends_with',
};
