import { and, type Expression, type Query, type Source, type Test, testsOf } from '@rulescope/logic';
import { candidatesOf, candidatesWithIds, namesIn } from './candidates.ts';
import { withEventNames } from './event-names.ts';
import { type Found, oneOfEachUnlisted, UNKNOWN } from './found.ts';
import { kustoCarriage } from './kusto-fields.ts';
import { type Scope, scopesOf } from './platform-sources.ts';
import { PLATFORM_SOURCES } from './tables.ts';
import type { EventCoverage } from './types.ts';
import { coverageOf, mergeByEvent } from './verdict.ts';

const PLATFORM = 'kusto';

/**
 * The verdict for each event that a query of Sentinel or Defender can mean: those of its tables
 * (`data/kusto-sources.json`), out of which the tests on `EventID`, `ActionType` or what else names an event choose.
 * The legs of a union are asked each with what is asked of all of them; what is joined is asked on its own.
 */
export function kustoCoverage(query: Query): readonly EventCoverage[] {
  return mergeByEvent(conditionsOf(query).flatMap(coverageIn));
}

interface Condition {
  readonly where: Expression;
  readonly sources: readonly Source[];
  /** True where the condition may also be about columns of a table that is joined. */
  readonly joined: boolean;
}

function conditionsOf(query: Query): readonly Condition[] {
  const nested = query.stages.filter(({ queries }) => queries.length > 0);
  const unions = nested.filter(({ name }) => name === 'union');
  const joins = nested.filter(({ name, kind }) => kind === 'join' && name !== 'union');
  const inner = joins.flatMap(({ queries }) => queries).filter(({ negated }) => negated !== true);
  const beside = inner.flatMap(conditionsOf);
  const joined = joins.length > 0;
  // A union of a table and others: what the query begins with is a leg, too.
  const first = unions.length > 0 ? nested.filter(({ kind }) => kind === 'source') : [];
  const legs = [...new Set([...first, ...unions])].flatMap(({ queries }) => queries);
  const sources = ownSources(query.sources, [...legs, ...joins.flatMap(({ queries }) => queries)]);
  if (legs.length === 0) return [{ where: query.where ?? UNKNOWN, sources, joined }, ...beside];
  const later = query.where === null ? [] : askedOutside(query.where, legs);
  const each = legs
    .flatMap(conditionsOf)
    .map((leg): Condition => ({ ...leg, where: both(leg.where, later), joined: leg.joined || joined }));
  const read = notReadBy(sources, legs);
  const main = read.length === 0 ? [] : [{ where: both(UNKNOWN, later), sources: read, joined }];
  return [...main, ...each, ...beside];
}

/** What a leg asks, and what is asked later of all of them: a leg may ask nothing itself. */
function both(leg: Expression, later: readonly Expression[]): Expression {
  return and(leg === UNKNOWN && later.length > 0 ? later : [leg, ...later]);
}

/** The tables of the main line: those that no nested query reads; the first one, where each is read twice. */
function ownSources(sources: readonly Source[], nested: readonly Query[]): readonly Source[] {
  const own = notReadBy(sources, nested);
  return own.length > 0 ? own : sources.slice(0, 1);
}

function notReadBy(sources: readonly Source[], queries: readonly Query[]): readonly Source[] {
  const read = new Set(queries.flatMap((query) => query.sources.map(nameOf)));
  return sources.filter((source) => !read.has(nameOf(source)));
}

function nameOf({ kind, value }: Source): string {
  return `${kind} ${value}`;
}

/** What is asked of the rows of a union, not within its legs. */
function askedOutside(where: Expression, legs: readonly Query[]): readonly Expression[] {
  const inside = new Set(legs.flatMap(({ where: own }) => (own === null ? [] : testsOf(own))).map(spanOf));
  return ('and' in where ? where.and : [where]).filter(
    (item) => !testsOf(item).some((test) => inside.has(spanOf(test))),
  );
}

function spanOf({ field, span }: Test): string {
  return `${field} ${span.join('-')}`;
}

function coverageIn({ where, sources, joined }: Condition): readonly EventCoverage[] {
  const found = sources
    .flatMap((source) => scopesOf(PLATFORM, source))
    .flatMap((scope) => foundIn(scope, where));
  const columns = new Set(sources.flatMap(columnsOf));
  return oneOfEachUnlisted(found).map(({ candidate, row }) =>
    coverageOf(candidate, (field) => kustoCarriage(field, row, candidate.event, { joined, columns })),
  );
}

const tables = new Map(
  (PLATFORM_SOURCES.get(PLATFORM) ?? []).flatMap(({ names, columns = [] }) =>
    names.map((name) => [name.toLowerCase(), columns] as const),
  ),
);

/** The columns that a table has beside those that its events' own rows give. */
function columnsOf({ value }: Source): readonly string[] {
  return tables.get(value.toLowerCase()) ?? [];
}

function foundIn({ row, ids, open }: Scope, where: Expression): readonly Found[] {
  const translated = withEventNames(where, PLATFORM, row);
  if (open && namesIn(row, translated).length === 0) return [];
  const candidates =
    ids === null
      ? candidatesOf(row, translated).filter(({ role }) => role === 'primary')
      : candidatesWithIds(row, ids, translated);
  return candidates.flatMap((candidate) => (candidate.rest === false ? [] : [{ candidate, row }]));
}
