import {
  and,
  childrenOf,
  type Expression,
  type NestedQuery,
  or,
  type Span,
  simplify,
} from '@rulescope/logic';
import { affordable, note } from '@rulescope/logic/elastic';
import { queryOf } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { Choice, Operand } from './fields.ts';
import { type Place, textAt } from './scope.ts';

/** Conditions with more parts than this together are not listed: no rule that a person wrote needs them. */
const MOST_LISTED = 10_000;

/** The parts of an expression, counted no further than `most`: what is shared inside counts each time. */
export function sizeOf(expression: Expression, most: number): number {
  let size = 1;
  for (const child of childrenOf(expression)) {
    if (size > most) break;
    size += sizeOf(child, most - size);
  }
  return size;
}

/**
 * When a choice gives a value that counts: not null, not zero, not false. Conditions that were seen are left out; null
 * where none is left.
 */
export function countedBy(options: readonly Choice[], seen: Set<Expression>): Expression | null {
  const before: Expression[] = [];
  const found: Expression[] = [];
  for (const { when, unless, value } of options) {
    const inner = value.kind === 'choice' ? countedBy(value.options, seen) : null;
    if (isEmpty(value)) {
      if (unless !== null) before.push(unless);
    } else if (when !== null && !seen.has(when)) {
      seen.add(when);
      found.push(and([...before, when, ...(inner === null ? [] : [inner])]));
    } else if (when === null && inner !== null) found.push(and([...before, inner]));
  }
  return found.length === 0 ? null : or(found);
}

function isEmpty(value: Operand): boolean {
  return value.kind === 'null' || (value.kind === 'constant' && (value.value === 0 || value.value === false));
}

/** Lists the conditions of a choice that is used up in something computed. */
export function keepConditions(operand: Operand, span: Span, place: Place): void {
  if (operand.kind === 'choice') keepOptions(operand.options, span, place);
}

/**
 * Lists when options give a value that counts as a query inside of the stage, once, since no test on what is computed of
 * them shows it.
 */
export function keepOptions(options: readonly Choice[], span: Span, place: Place): void {
  const size = listedSize(options);
  if (size === 0) return;
  if (size > MOST_LISTED) {
    note(place, CODES.conditions, 'The conditions of these values are too many to be shown.', span);
    return;
  }
  const counted = countedBy(options, place.lowering.listed);
  if (counted !== null && affordable(place, size, span)) addQuery(counted, span, place);
}

/** How many parts the conditions of options have where they are listed, those before them repeated. */
function listedSize(options: readonly Choice[]): number {
  let size = 0;
  let before = 0;
  for (const { when, unless, value } of options) {
    if (size > MOST_LISTED) break;
    if (isEmpty(value)) before += unless === null ? 0 : sizeOf(unless, MOST_LISTED);
    else {
      const inner = value.kind === 'choice' ? listedSize(value.options) : 0;
      if (when !== null || inner > 0)
        size += before + inner + (when === null ? 0 : sizeOf(when, MOST_LISTED));
    }
  }
  return size;
}

/** A query of one filter inside of the stage: the rows that are counted, or for which a value is chosen. */
export function addQuery(condition: Expression, span: Span, place: Place): void {
  const where = simplify(condition);
  if (('and' in where && where.and.length === 0) || ('or' in where && where.or.length === 0)) return;
  const text = textAt(place, span);
  const stage = { index: 0, name: 'where', kind: 'filter', text, spans: [span] } as const;
  const query: NestedQuery = queryOf({
    language: 'esql',
    sources: [],
    where,
    stages: [{ ...stage, understood: 'full', where, queries: [] }],
    diagnostics: [],
  });
  place.queries.push(query);
}
