import {
  and,
  type Expression,
  type NestedQuery,
  type Source,
  type Stage,
  simplify,
  testsOf,
} from '@rulescope/logic';
import { queryOf, spend } from '@rulescope/logic/parsing';
import { type Columns, copyColumns, sourceColumns } from './columns.ts';
import type { Context } from './context.ts';

/** A stage that has no number yet. */
export type StageParts = Omit<Stage, 'index'>;

/** A query while its operators are read from left to right: what the rows are that the next one gets. */
export interface Line {
  readonly stages: StageParts[];
  readonly sources: Source[];
  /** The filters on events so far. */
  filters: Expression[];
  columns: Columns;
  /** An aggregate has made groups of the events. */
  grouped: boolean;
  /** Rows were left out, or come from elsewhere: what is asked of them is not asked of every event. */
  limited: boolean;
  /** Where a line started that a join has turned round: the join's stage starts there too. */
  turnedFrom?: number;
}

export function emptyLine(): Line {
  return { stages: [], sources: [], filters: [], columns: sourceColumns(), grouped: false, limited: false };
}

/** What all events of a line satisfy; null where nothing is asked of them. */
export function whereOf({ filters }: Line): Expression | null {
  if (filters.length === 0) return null;
  // The list itself grows on with the line.
  const where = simplify(and([...filters]));
  return 'and' in where && where.and.length === 0 ? null : where;
}

/** A line as it is now, for others to go on from: its stages stay where they are. */
export function passedOn(line: Line): Line {
  return { ...line, stages: [], sources: [], filters: [...line.filters], columns: copyColumns(line.columns) };
}

export function addSources(line: Line, sources: readonly Source[]): void {
  for (const source of sources) {
    if (!line.sources.some(({ kind, value }) => kind === source.kind && value === source.value)) {
      line.sources.push(source);
    }
  }
}

export function numbered(stages: readonly StageParts[]): readonly Stage[] {
  return stages.map((stage, index) => ({ index, ...stage }));
}

/** A line as a query inside of a stage. A name alone gives way to the query that it stands for. */
export function nestedQuery(line: Line, context: Context, negated = false): NestedQuery {
  const query = soleQuery(line) ?? asQuery(line);
  // What stands in a query stands in each one around it again: names that stand for others grow fast.
  const size = query.indicators.length + (query.where === null ? 0 : testsOf(query.where).length);
  if (!spend(context.budget, size + 1, line.stages[0]?.spans[0] ?? [0, 0], context.to)) {
    context.understood = false;
  }
  return negated ? { ...query, negated } : query;
}

function soleQuery({ stages }: Line): NestedQuery | null {
  const [only] = stages;
  return stages.length === 1 && only?.kind === 'source' && only.queries.length === 1
    ? (only.queries[0] ?? null)
    : null;
}

function asQuery(line: Line): NestedQuery {
  return queryOf({
    language: 'kql',
    sources: line.sources,
    where: whereOf(line),
    stages: numbered(line.stages),
    diagnostics: [],
  });
}
