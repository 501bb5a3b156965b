import {
  canonicalFieldOf,
  conditionsOf,
  conjunctions,
  type EventCoverage,
  type Logsource,
} from '@rulescope/knowledge';
import { type Query, type Test, visit } from '@rulescope/logic';
import { coverageOf, type EventSources, logsourcesOf } from '../facets/events.ts';
import { asksJoined, type QueryScope, queryScopes, type ScopedQuery } from './scopes.ts';

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
  const early = new Map([...scopes].map(([query, scope]) => [query, testsBefore(scope)]));
  const late = new Map([...scopes].map(([query, scope]) => [query, testsBehind(scope)]));
  const joined = new Map<object, ReadonlyMap<string, string>>();
  return (test, query) => {
    const known = scopes.get(query);
    if (known === undefined || test.derived) return null;
    const together = joined.get(query) ?? joinedNames(known);
    joined.set(query, together);
    const name = together.get(placeOf(test));
    if (name !== undefined) return name;
    if (known.behind !== null && late.get(query)?.has(placeOf(test)) === true) {
      return canonicalFieldOf(test, known.behind.scope);
    }
    const isEarly = known.before !== null && early.get(query)?.has(placeOf(test)) === true;
    return canonicalFieldOf(test, isEarly ? known.before.scope : known.scope);
  };
}

/** The canonical names of tests that are counted together with those beside them, by their places. */
function joinedNames({ query, scope }: QueryScope): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const where of conditionsOf(query.stages)) {
    for (const [test, forms] of conjunctions(where, scope)) {
      const [form] = [...forms.values()].flat();
      if (form !== undefined && form.field !== null) found.set(placeOf(test), form.field);
    }
  }
  return found;
}

/** The places of the tests before the first join: what a query wants as a whole repeats them. */
function testsBefore({ query, before }: QueryScope): ReadonlySet<string> {
  return before === null ? new Set() : placesIn(query.stages.slice(0, before.stages), () => true);
}

/** The places of the tests behind the first join that ask for columns which only the joined tables have. */
function testsBehind({ query, behind }: QueryScope): ReadonlySet<string> {
  if (behind === null) return new Set();
  return placesIn(query.stages.slice(behind.from), (one) => asksJoined(behind, one));
}

function placesIn(stages: Query['stages'], wanted: (test: Test) => boolean): ReadonlySet<string> {
  const found = new Set<string>();
  for (const where of conditionsOf(stages)) {
    visit(
      where,
      (part) => {
        if ('test' in part && wanted(part.test)) found.add(placeOf(part.test));
      },
      false,
    );
  }
  return found;
}

function placeOf({ field, span: [start, end] }: Test): string {
  return `${start} ${end} ${field}`;
}
