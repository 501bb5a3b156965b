import { type Expression, type Source, visit } from '@rulescope/logic';
import { takeSources } from '@rulescope/logic/elastic';
import type { Fields } from './fields.ts';

/** What the rows of a pipeline still are. */
export interface Rows {
  /** True once rows were put together: only group-by keys are still theirs. */
  readonly aggregated: boolean;
  /** True once rows were left out by their number. */
  readonly limited: boolean;
}

/** What a pipeline has come to after a command. */
export interface Flow extends Rows {
  fields: Fields;
  aggregated: boolean;
  limited: boolean;
  /** The filters on events so far, all of which an event must pass. */
  readonly filters: Expression[];
  /** What was taken out of them since it only says where events are kept: it still parts branches from each other. */
  readonly channels: Expression[];
  readonly sources: Source[];
}

const EVENTS: Rows = { aggregated: false, limited: false };

/** The start of a pipeline: of events, or of what the pipeline around it has made of them. */
export function startOf(fields: Fields, { aggregated, limited }: Rows = EVENTS): Flow {
  return { fields, aggregated, limited, filters: [], channels: [], sources: [] };
}

/**
 * Adds a simple filter to those that an event must pass, where it decides over events. What only says where events are
 * kept, such as a channel, is a source; the filter without it is given back.
 */
export function addFilter(flow: Flow, asked: Expression): Expression {
  if (flow.aggregated) {
    // Rows that were put together stand for events only by what they were grouped by.
    const certain = !flow.limited && !hasPart(asked, (part) => 'unknown' in part || isDerived(part));
    if (certain) flow.filters.push(asked);
    return asked;
  }
  const { where, sources } = takeSources(asked);
  if (sources.length > 0) {
    const parts = 'and' in asked ? asked.and : [asked];
    flow.channels.push(...parts.filter((part) => takeSources(part).sources.length > 0));
    flow.sources.push(...sources);
  }
  for (const part of 'and' in where ? where.and : [where]) {
    if (!hasPart(part, isDerived)) flow.filters.push(part);
  }
  return where;
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
