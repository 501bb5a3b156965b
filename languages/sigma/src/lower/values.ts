import {
  type Expression,
  LIMITS,
  type Operator,
  or,
  requiredLiterals,
  type Span,
  test,
  type Value,
} from '@rulescope/logic';
import { lowerPattern, openEnd, openStart, type Pattern } from '@rulescope/logic/parsing';
import { isNetwork } from '../syntax/cidr.ts';
import { type Chain, NUMERIC_OPERATORS } from '../syntax/modifiers.ts';
import { readPattern } from '../syntax/pattern.ts';
import { hasPlaceholder, withoutEscapes } from '../syntax/placeholders.ts';
import type { YamlScalar } from '../text/yaml.ts';
import { TRANSFORMS, type Variants } from './transforms.ts';

/** One value after its modifiers: the operator and what to compare with. */
export interface LoweredValue {
  readonly op: Operator;
  readonly value: Value;
  /** Whether the values of the operator belong to the test (`exists` and `is_null` have none). */
  readonly valueless: boolean;
  readonly expanded: readonly string[] | null;
}

/** A value that is no part of a list of values: it stands for an expression of its own. */
export type ValueProblem =
  | { readonly kind: 'misused'; readonly why: string }
  | { readonly kind: 'cidr'; readonly value: string }
  | { readonly kind: 'placeholder'; readonly value: string }
  | { readonly kind: 'too-many' };

export type ValueResult =
  | { readonly lowered: LoweredValue; readonly negated?: boolean }
  | { readonly problem: ValueProblem };

/** Lowers one value under a chain of modifiers. Pure: problems are for the caller to report. */
export function lowerValue(node: YamlScalar, chain: Chain): ValueResult {
  if (node.value === null) return lowerNull(chain);
  switch (chain.comparison) {
    case 'exists':
      return lowerExists(node);
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return lowerNumber(node, NUMERIC_OPERATORS[chain.comparison]);
    case 'cidr':
      return isNetwork(node.written)
        ? simple('cidr', node.written)
        : problem({ kind: 'cidr', value: node.written });
    case 're':
      return simple('regex', node.written);
    case 'fieldref':
      return simple(fieldOperator(chain), node.written);
    case 'text':
      return chain.datePart !== null ? lowerNumber(node, 'eq') : lowerText(node, chain);
  }
}

function lowerNull(chain: Chain): ValueResult {
  if (
    chain.comparison === 'text' &&
    chain.steps.length === 0 &&
    chain.datePart === null &&
    chain.field !== null
  ) {
    return valueless('is_null');
  }
  return problem({ kind: 'misused', why: 'null is no value for it' });
}

function lowerExists(node: YamlScalar): ValueResult {
  const answer = node.written.toLowerCase();
  if (answer === 'true') return valueless('exists');
  if (answer === 'false') return { ...valueless('exists'), negated: true };
  return problem({ kind: 'misused', why: 'exists takes true or false' });
}

function lowerNumber(node: YamlScalar, op: Operator): ValueResult {
  const number = typeof node.value === 'number' ? node.value : Number(node.written.trim() || 'none');
  return Number.isFinite(number)
    ? simple(op, number)
    : problem({ kind: 'misused', why: `"${node.written}" is no number` });
}

function fieldOperator(chain: Chain): Operator {
  if (chain.steps.includes('contains')) return 'field_contains';
  if (chain.steps.includes('startswith'))
    return chain.steps.includes('endswith') ? 'field_contains' : 'field_starts_with';
  return chain.steps.includes('endswith') ? 'field_ends_with' : 'field_eq';
}

function lowerText(node: YamlScalar, chain: Chain): ValueResult {
  const keyword = chain.field === null;
  if (typeof node.value !== 'string' && chain.steps.length === 0 && !keyword)
    return simple('eq', node.value ?? '');
  if (typeof node.value !== 'string' && chain.transforms.length > 0) {
    return problem({
      kind: 'misused',
      why: `${chain.transforms.join(' and ')} changes text, and this is none`,
    });
  }
  if (chain.expand && hasPlaceholder(node.written))
    return problem({ kind: 'placeholder', value: node.written });
  const written = readPattern(chain.expand ? withoutEscapes(node.written) : node.written);
  const steps =
    keyword && !chain.steps.some((step) => step.endsWith('with'))
      ? [...chain.steps, 'contains']
      : chain.steps;
  const shown = lowerPattern(steps.reduce(shape, written));
  if (chain.transforms.length === 0) {
    return shown.op === 'exists' ? anything(keyword) : simple(shown.op, shown.value);
  }
  const variants = transform(written, steps);
  if ('tooMany' in variants) return problem({ kind: 'too-many' });
  if ('problem' in variants) return problem({ kind: 'misused', why: variants.problem });
  const lowered = variants.patterns.map(lowerPattern);
  if (lowered.some((variant) => variant.op !== shown.op)) {
    return problem({
      kind: 'misused',
      why: 'what it makes of this value cannot be compared in the way that the other modifiers ask',
    });
  }
  if (shown.op === 'exists') return anything(keyword);
  if (shown.value !== '' && lowered.some((variant) => variant.value === '')) {
    return problem({
      kind: 'misused',
      why: 'the value is too short: nothing of it can be recognised at every position',
    });
  }
  const expanded = [...new Set(lowered.map((variant) => variant.value))];
  return { lowered: { op: shown.op, value: shown.value, valueless: false, expanded } };
}

/** A pattern that any value fits: the field must be there, or, for a keyword, any text at all. */
function anything(keyword: boolean): ValueResult {
  return keyword ? simple('contains', '') : valueless('exists');
}

function shape(pattern: Pattern, step: string): Pattern {
  switch (step) {
    case 'contains':
      return openStart(openEnd(pattern));
    case 'startswith':
      return openEnd(pattern);
    case 'endswith':
      return openStart(pattern);
    default:
      return pattern;
  }
}

function transform(
  written: Pattern,
  steps: readonly string[],
): ReturnType<NonNullable<ReturnType<typeof TRANSFORMS.get>>> {
  let variants: Variants = { patterns: [written], bytes: false };
  for (const step of steps) {
    const apply = TRANSFORMS.get(step);
    if (apply === undefined) {
      variants = {
        patterns: variants.patterns.map((pattern) => shape(pattern, step)),
        bytes: variants.bytes,
      };
      continue;
    }
    const next = apply(variants);
    if (!('patterns' in next)) return next;
    if (next.patterns.length > LIMITS.expansions) return { tooMany: true };
    variants = next;
  }
  return variants;
}

function simple(op: Operator, value: Value): { readonly lowered: LoweredValue } {
  return { lowered: { op, value, valueless: false, expanded: null } };
}

function valueless(op: Operator): { readonly lowered: LoweredValue } {
  return { lowered: { op, value: '', valueless: true, expanded: null } };
}

function problem(found: ValueProblem): ValueResult {
  return { problem: found };
}

/** One test for all values of one operator. */
export function testOf(values: readonly LoweredValue[], chain: Chain, span: Span): Expression {
  const [first] = values;
  if (first === undefined) return or([]);
  const compared = first.valueless ? [] : values.map((value) => value.value);
  const regex = first.op === 'regex';
  return test({
    field: chain.field,
    through: chain.datePart === null ? [] : [chain.datePart],
    op: first.op,
    values: compared,
    quantifier: chain.all ? 'all' : 'any',
    caseSensitive: caseRule(first.op, compared, chain),
    // A value that asks only that the field is there leaves nothing to transform.
    transforms: first.valueless ? [] : chain.transforms,
    span,
    ...(chain.transforms.length > 0 && !first.valueless
      ? { expanded: values.map((value) => value.expanded ?? []) }
      : {}),
    ...(regex ? regexParts(compared, chain) : {}),
  });
}

function regexParts(
  patterns: readonly Value[],
  chain: Chain,
): { flags: string; anchored: boolean; literals: string[][] } {
  const literals = patterns.map((pattern) => [...requiredLiterals(String(pattern), chain.flags)]);
  return { flags: chain.flags, anchored: false, literals };
}

/** Inline flags at the head of a pattern that hold for all of it. */
const IGNORES_CASE = /^\(\?[a-z]*i[a-z]*\)/;

/** Sigma compares text without regard to case, unless `cased` asks for it; regular expressions with, unless `i` does not. */
function caseRule(op: Operator, values: readonly Value[], chain: Chain): boolean | null {
  if (op === 'regex')
    return !chain.flags.includes('i') && !values.every((value) => IGNORES_CASE.test(String(value)));
  if (op.startsWith('field_')) return chain.cased;
  if (op === 'cidr') return null;
  return values.some((value) => typeof value === 'string') ? chain.cased : null;
}
