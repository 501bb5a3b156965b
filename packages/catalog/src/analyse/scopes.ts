import { conditionsOf, type EventScope, eventScope, type ScopeFacts } from '@rulescope/knowledge';
import type { Expression, LanguageId, Query, Source, Stage, Test } from '@rulescope/logic';
import { logsourceOf } from './logsource.ts';

/** A query of a rule, whose language may be none that Rulescope reads. */
export type ScopedQuery = Pick<Query, 'stages' | 'sources'> & {
  readonly language: LanguageId | null;
  readonly negated?: boolean;
};

/** What is known of the events that a rule looks at, beside its query. */
export type RuleEvents = Pick<ScopeFacts, 'events' | 'logsources'>;

/** What events a query of a rule looks at, the rule's own or one inside a stage. */
export interface QueryScope {
  readonly query: ScopedQuery;
  readonly scope: EventScope;
  /** What its stages before the first join look at, which know nothing of the table that is joined; null elsewhere. */
  readonly before: { readonly stages: number; readonly scope: EventScope } | null;
  /** What its stages behind the joins look at where they ask for a column that only the joined tables have; null elsewhere. */
  readonly behind: Behind | null;
  /** True where no event that it finds is wanted. */
  readonly negated: boolean;
}

export interface Behind {
  /** The first stage behind the first join. */
  readonly from: number;
  /** The names that the line has kept before it: all others are the joined tables'. */
  readonly kept: ReadonlySet<string>;
  readonly scope: EventScope;
}

/** The scopes of a rule's query and of those inside its stages, by the query, in their order. */
export function queryScopes(query: ScopedQuery, events: RuleEvents): ReadonlyMap<object, QueryScope> {
  const found = new Map<object, QueryScope>();
  addScopes(query, { sources: [], negated: false, events }, found);
  return found;
}

/** Whether a test behind the first join asks for a column that only the joined tables have. */
export function asksJoined({ kept }: Behind, { field, derived }: Test): boolean {
  const [column = ''] = field?.split(/[.[]/, 1) ?? [];
  return !derived && field !== null && !kept.has(column);
}

interface Around {
  /** The sources of the query around it: they count where it has none. */
  readonly sources: readonly Source[];
  readonly negated: boolean;
  readonly events: RuleEvents;
}

function addScopes(query: ScopedQuery, around: Around, found: Map<object, QueryScope>): void {
  const { stages, language } = query;
  const sources = withAround(query.sources, around.sources);
  const { events } = around;
  const negated = around.negated !== (query.negated === true);
  const where = conditionsOf(stages);
  if (language !== null && where.length > 0) {
    const scopeOf = (own: readonly Source[], conditions: readonly Expression[]) =>
      eventScope({ language, sources: own, logsource: logsourceOf(own), where: conditions, ...events });
    const join = firstJoin(query, sources);
    const before = join && {
      ...join,
      scope: scopeOf(join.sources, conditionsOf(stages.slice(0, join.stages))),
    };
    const joined = joinedColumns(query);
    const behind = joined && {
      from: joined.from,
      kept: joined.kept,
      scope: scopeOf(joined.sources, conditionsOf(stages.slice(joined.from))),
    };
    found.set(query, { query, scope: scopeOf(sources, where), before, behind, negated });
  }
  for (const stage of stages) {
    for (const nested of stage.queries) addScopes(nested, { sources, negated, events }, found);
  }
}

/**
 * The stages before the first join of a Kusto query, and the tables that they look at: those of the query without the
 * tables of its joins. Null where there is none, or no other table.
 */
function firstJoin(
  { language, stages }: ScopedQuery,
  sources: readonly Source[],
): { readonly stages: number; readonly sources: readonly Source[] } | null {
  const first = stages.findIndex(isJoin);
  if (language !== 'kql' || first < 1) return null;
  const joined = new Set(
    stages
      .filter(isJoin)
      .flatMap(({ queries }) => queries.flatMap((it) => it.sources.map(({ value }) => value))),
  );
  const own = sources.filter(({ value }) => !joined.has(value));
  return own.length === 0 || own.length === sources.length ? null : { stages: first, sources: own };
}

/** Stages of Kusto behind which there are no columns but those that they name. */
const NAMING: ReadonlySet<string> = new Set(['project', 'project-keep', 'distinct', 'summarize']);

/** What is behind the joins of a Kusto query whose line has kept some columns alone before the first of them. */
function joinedColumns({ language, stages }: ScopedQuery) {
  const first = stages.findIndex(isJoin);
  const naming = stages.slice(0, Math.max(first, 0)).findLastIndex(({ name }) => NAMING.has(name));
  if (language !== 'kql' || naming < 0) return null;
  const sources = stages
    .filter(isJoin)
    .flatMap(({ queries }) => queries.filter(({ negated }) => negated !== true))
    .flatMap((query) => query.sources);
  if (sources.length === 0) return null;
  const kept = stages.slice(naming, first).flatMap(({ text }) => text.match(/\w+/g) ?? []);
  return { from: first + 1, kept: new Set(kept), sources };
}

function isJoin({ name, queries }: Stage): boolean {
  return (name === 'join' || name === 'lookup') && queries.length > 0;
}

/** Sources of kinds of which the query has none are those of the query around it: an EQL step has a category alone. */
function withAround(sources: readonly Source[], around: readonly Source[]): readonly Source[] {
  if (around.length === 0) return sources;
  if (sources.length === 0) return around;
  const kinds = new Set(sources.map(({ kind }) => kind));
  return [...sources, ...around.filter(({ kind }) => !kinds.has(kind))];
}
