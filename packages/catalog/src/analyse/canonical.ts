import { canonicalFieldOf, type EventCoverage, type Logsource } from '@rulescope/knowledge';
import type { Query, Test } from '@rulescope/logic';
import { coverageOf, type EventSources, logsourcesOf } from '../facets/events.ts';
import { type QueryScope, queryScopes, type ScopedQuery } from './scopes.ts';

/** What events a rule looks at. */
export interface QueryEvents {
  readonly coverage: readonly EventCoverage[];
  readonly logsources: readonly Logsource[];
  /** What names mean in its query and in those inside its stages, by the query. */
  readonly scopes: ReadonlyMap<object, QueryScope>;
}

/** Tells what events a query looks at, by itself and by what its rule says of them. */
export function eventsOfQuery(
  query: Omit<Query, 'language'> & ScopedQuery,
  sources: EventSources = { logsource: null, facts: [] },
): QueryEvents {
  const { language } = query;
  const coverage = language === null ? [] : coverageOf({ ...query, language }, sources);
  const logsources = logsourcesOf(coverage, sources.logsource);
  return { coverage, logsources, scopes: queryScopes(query, { events: coverage, logsources }) };
}

/** Gives the canonical name of the field that a test of a query looks at; null where the field keeps its own. */
export function canonicalNames(
  scopes: ReadonlyMap<object, QueryScope>,
): (test: Test, query: object) => string | null {
  return (test, query) => {
    const known = scopes.get(query);
    return known === undefined || test.derived ? null : canonicalFieldOf(test, known.scope);
  };
}
