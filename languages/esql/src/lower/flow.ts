import { type Expression, type Source, visit } from '@rulescope/logic';
import type { Fields } from './fields.ts';

/** What a pipeline has come to after a command. */
export interface Flow {
  fields: Fields;
  /** True once rows were put together: only group-by keys are still theirs. */
  aggregated: boolean;
  /** True once rows were left out by their number. */
  limited: boolean;
  /** The filters on events so far, all of which an event must pass. */
  readonly filters: Expression[];
  readonly sources: Source[];
}

export function startOf(fields: Fields): Flow {
  return { fields, aggregated: false, limited: false, filters: [], sources: [] };
}

/** Adds a filter to those that an event must pass, where it decides over events. */
export function addFilter(flow: Flow, where: Expression): void {
  if (flow.aggregated) {
    // Rows that were put together stand for events only by what they were grouped by.
    const certain = !flow.limited && !hasPart(where, (part) => 'unknown' in part || isDerived(part));
    if (certain) flow.filters.push(where);
    return;
  }
  for (const part of 'and' in where ? where.and : [where]) {
    if (!hasPart(part, isDerived)) flow.filters.push(part);
  }
}

function isDerived(part: Expression): boolean {
  return 'test' in part && part.test.derived;
}

function hasPart(where: Expression, holds: (part: Expression) => boolean): boolean {
  let found = false;
  visit(where, (part) => {
    if (holds(part)) found = true;
  });
  return found;
}
