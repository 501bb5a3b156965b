import { conditionsOf, type EventScope, eventScope, type ScopeFacts } from '@rulescope/knowledge';
import type { Expression, LanguageId, Query, Source, Stage } from '@rulescope/logic';
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
  /** True where no event that it finds is wanted. */
  readonly negated: boolean;
}

/** The scopes of a rule's query and of those inside its stages, by the query, in their order. */
export function queryScopes(query: ScopedQuery, events: RuleEvents): ReadonlyMap<object, QueryScope> {
  const found = new Map<object, QueryScope>();
  addScopes(query, { sources: [], negated: false, events }, found);
  return found;
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
    found.set(query, { query, scope: scopeOf(sources, where), before, negated });
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
