import type { Operator } from '@rulescope/logic';
import { TRANSFORMS } from '../lower/transforms.ts';

/** What the modifiers of one field ask for, in the order in which they are written. */
export interface Chain {
  /** Null for keywords. */
  readonly field: string | null;
  readonly modifiers: readonly string[];
  readonly comparison: Comparison;
  /** The modifiers that change a text value step by step: `contains`, `windash`, `base64` … */
  readonly steps: readonly string[];
  /** Those of the steps that turn the value into other values. */
  readonly transforms: readonly string[];
  readonly all: boolean;
  readonly cased: boolean;
  readonly negated: boolean;
  readonly expand: boolean;
  /** The part of a date that is compared, such as `hour`. */
  readonly datePart: string | null;
  readonly flags: string;
  readonly problems: readonly ModifierProblem[];
}

type Comparison = 'text' | 're' | 'cidr' | 'exists' | 'fieldref' | 'lt' | 'lte' | 'gt' | 'gte';

export type ModifierProblem =
  | { readonly kind: 'unknown'; readonly modifier: string }
  | { readonly kind: 'misused'; readonly modifier: string; readonly why: string }
  | { readonly kind: 'idle'; readonly modifier: string; readonly why: string };

/** Sigma Modifiers appendix, version 2.1.0. */
const SHAPES = new Set(['contains', 'startswith', 'endswith']);
const COMPARISONS: ReadonlySet<string> = new Set([
  're',
  'cidr',
  'exists',
  'fieldref',
  'lt',
  'lte',
  'gt',
  'gte',
]);
const FLAGS = new Set(['i', 'm', 's']);
const DATE_PARTS = new Set(['minute', 'hour', 'day', 'week', 'month', 'year']);

/** The model's operators of the comparisons that take a number. */
export const NUMERIC_OPERATORS: Readonly<Record<'lt' | 'lte' | 'gt' | 'gte', Operator>> = {
  lt: 'lt',
  lte: 'le',
  gt: 'gt',
  gte: 'ge',
};

/** The names of all modifiers, for messages and for token soup in tests. */
export const MODIFIER_NAMES: readonly string[] = [
  'all',
  'cased',
  'neq',
  'expand',
  ...SHAPES,
  ...COMPARISONS,
  ...FLAGS,
  ...DATE_PARTS,
  ...TRANSFORMS.keys(),
];

/** Reads a key of a selection, `Field|modifier|modifier`. An empty field stands for keywords. */
export function readChain(key: string): Chain {
  const [field = '', ...modifiers] = key.split('|');
  const known = modifiers.filter((modifier) => MODIFIER_NAMES.includes(modifier));
  const has = (name: string): boolean => known.includes(name);
  const comparisons = known.filter((modifier): modifier is Comparison => COMPARISONS.has(modifier));
  const steps = known.filter((modifier) => SHAPES.has(modifier) || TRANSFORMS.has(modifier));
  const chain = {
    field: field === '' ? null : field,
    modifiers,
    comparison: comparisons[0] ?? 'text',
    steps,
    transforms: steps.filter((step) => TRANSFORMS.has(step)),
    all: has('all'),
    cased: has('cased'),
    negated: has('neq'),
    expand: has('expand'),
    datePart: known.find((modifier) => DATE_PARTS.has(modifier)) ?? null,
    flags: known.filter((modifier) => FLAGS.has(modifier)).join(''),
  };
  const unknown = modifiers.filter((modifier) => !MODIFIER_NAMES.includes(modifier));
  const problems: readonly ModifierProblem[] = [
    ...unknown.map((modifier) => ({ kind: 'unknown' as const, modifier })),
    ...comparisons
      .slice(1)
      .map((modifier) => misused(modifier, `it cannot stand beside ${chain.comparison}`)),
    ...conflicts(chain),
  ];
  return { ...chain, problems };
}

type Conflicting = Omit<Chain, 'problems'>;

/** Modifiers that are known but do not go together. */
function conflicts(chain: Conflicting): readonly ModifierProblem[] {
  const problems: ModifierProblem[] = [];
  const { comparison } = chain;
  if (chain.flags !== '' && comparison !== 're') {
    problems.push(misused(chain.flags, 'it is a modifier of re'));
  }
  if (chain.datePart !== null && !['text', 'lt', 'lte', 'gt', 'gte'].includes(comparison)) {
    problems.push(misused(chain.datePart, `a part of a date cannot be compared with ${comparison}`));
  }
  for (const step of chain.steps) problems.push(...stepConflict(step, chain));
  if (chain.expand && comparison !== 'text') {
    problems.push(misused('expand', `it fills in text values, not those of ${comparison}`));
  }
  if (chain.cased && comparison === 're') problems.push(idle('cased', 're is case-sensitive without it'));
  else if (chain.cased && comparison !== 'text' && comparison !== 'fieldref') {
    problems.push(misused('cased', `${comparison} has no letters to compare`));
  }
  return problems;
}

function stepConflict(step: string, chain: Conflicting): readonly ModifierProblem[] {
  const { comparison } = chain;
  if (chain.datePart !== null) return [misused(step, `a part of a date (${chain.datePart}) is a number`)];
  if (comparison === 'text') return [];
  if (!SHAPES.has(step)) return [misused(step, `it cannot change a value of ${comparison}`)];
  if (comparison === 'fieldref') return [];
  if (comparison === 're') return [idle(step, 'a regular expression is searched for anywhere in the value')];
  return [misused(step, `it cannot stand beside ${comparison}`)];
}

function misused(modifier: string, why: string): ModifierProblem {
  return { kind: 'misused', modifier, why };
}

function idle(modifier: string, why: string): ModifierProblem {
  return { kind: 'idle', modifier, why };
}
