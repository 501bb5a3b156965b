import type { Operator, Span } from '@rulescope/logic';
import { type Condition, type ConditionProblem, parseCondition } from './condition.ts';

/** What stands after the pipe of an old condition. */
export type Aggregation =
  | {
      readonly kind: 'count';
      /** count, min, max, avg or sum. */
      readonly function: string;
      readonly field: string | null;
      readonly groupBy: readonly string[];
      readonly op: Operator;
      readonly negated: boolean;
      readonly value: number;
    }
  | { readonly kind: 'near'; readonly condition: Condition; readonly problems: readonly ConditionProblem[] };

/** The aggregation of a condition: its text, its span from the pipe on, and where its text starts. */
export interface AggregationPart {
  readonly text: string;
  readonly span: Span;
  readonly start: number;
}

export interface SplitCondition {
  readonly condition: string;
  readonly aggregation: AggregationPart | null;
}

/** Parts a condition at its first pipe. */
export function splitCondition(text: string): SplitCondition {
  const pipe = text.indexOf('|');
  if (pipe < 0) return { condition: text, aggregation: null };
  const rest = text.slice(pipe + 1);
  const start = pipe + 1 + (rest.length - rest.trimStart().length);
  const end = Math.max(start, text.trimEnd().length);
  return { condition: text.slice(0, pipe), aggregation: { text: rest.trim(), span: [pipe, end], start } };
}

const COUNT =
  /^(count|min|max|avg|sum)\s*\(((?!distinct\b)[^()]*)\)(?:\s+by\s+([^<>=!]+?))?\s*(<=|>=|==|!=|<|>|=)\s*(-?\d+(?:\.\d+)?)$/i;
const OPERATORS: Readonly<Record<string, Operator>> = {
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  '=': 'eq',
  '==': 'eq',
  '!=': 'eq',
};

/**
 * Reads an aggregation in the form that Sigma had before correlations: `count(field) by group > 5`, or
 * `near selection and selection`. Null where the text is neither.
 */
export function parseAggregation(text: string, offset: number): Aggregation | null {
  const near = /^near\s+/i.exec(text);
  if (near !== null) {
    const start = near[0].length;
    const parsed = parseCondition(' '.repeat(offset + start) + text.slice(start));
    return { kind: 'near', ...parsed };
  }
  // One blank for a run of them: the pattern's cost then grows only with the text's length.
  const count = COUNT.exec(text.replace(/\s+/g, ' '));
  if (count === null) return null;
  const [, name = '', field = '', groupBy = '', sign = '', value = ''] = count;
  return {
    kind: 'count',
    function: name.toLowerCase(),
    field: field.trim() === '' ? null : field.trim(),
    groupBy: groupBy
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
    op: OPERATORS[sign] ?? 'eq',
    negated: sign === '!=',
    value: Number(value),
  };
}
