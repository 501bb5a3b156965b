import type { Expression, Query, Source } from '@rulescope/logic';
import { type Candidate, candidatesOf, candidatesWithIds, namesIn } from './candidates.ts';
import { splunkCarriage } from './crosswalk.ts';
import { withEventNames } from './event-names.ts';
import { type Found, isKnown, oneOfEachUnlisted, UNKNOWN } from './found.ts';
import { type Scope, scopesOf } from './platform-sources.ts';
import type { EventCoverage, LogsourceEvents } from './types.ts';
import { coverageOf, mergeByEvent } from './verdict.ts';

const PLATFORM = 'splunk';

/**
 * The verdict for each event that a search of Splunk can mean:
 *
 * - the sources of the query (`data/splunk-sources.json`), narrowed to those that the rule names itself;
 * - what the rule names itself, where the sources of the query say nothing;
 * - the tests of the query on what names an event choose among them, and outrank what the rule names.
 *
 * Where the query has no condition of its own, those of its nested queries count; joined queries count beside it.
 */
export function splunkCoverage(query: Query, named: readonly Source[]): readonly EventCoverage[] {
  const scopes = distinct(named.flatMap(namedScopes));
  const found = conditionsOf(query).flatMap(({ where, sources }) => {
    const meant = distinct(sources.flatMap((source) => scopesOf(PLATFORM, source)));
    return coverageIn({ where, sources, meant, named: scopes });
  });
  return mergeByEvent(found);
}

interface Condition {
  readonly where: Expression;
  readonly sources: readonly Source[];
}

/**
 * A query's condition and those of the queries that it joins. A query without one is told by its sources alone where
 * it reads events itself, else it is what is nested in it: the legs of a union, the steps of a sequence.
 */
function conditionsOf({ where, sources, stages }: Query): readonly Condition[] {
  const own = where !== null || sources.length > 0 ? [{ where: where ?? UNKNOWN, sources }] : [];
  const nested = stages
    .filter(({ kind }) => own.length === 0 || kind === 'join')
    .flatMap(({ queries }) => queries)
    .filter((query) => query.negated !== true && (query.sources.length > 0 || query.where === null))
    .flatMap(conditionsOf);
  return own.length + nested.length > 0 ? [...own, ...nested] : [{ where: UNKNOWN, sources }];
}

/** A rule may name several sources as one: `Sysmon EventID 1 AND Sysmon EventID 11`. */
function namedScopes({ kind, value }: Source): readonly Scope[] {
  return value.split(' AND ').flatMap((part) => scopesOf(PLATFORM, { kind, value: part.trim() }));
}

/** What the query means and the rule names; what the query means, where the rule names something else. */
function chosen(meant: readonly Scope[], named: readonly Scope[]): readonly Scope[] {
  const both = named.filter((scope) => meant.some((it) => overlaps(it, scope)));
  if (both.length > 0) return both.map((scope) => withRowOf(meant, scope));
  return meant.every(({ open }) => open) && named.length > 0 ? named : meant;
}

function overlaps(left: Scope, right: Scope): boolean {
  const channels = left.row.channels ?? [];
  if (!channels.some((channel) => right.row.channels?.includes(channel))) return false;
  return left.ids === null || right.ids === null || left.ids.some((id) => right.ids?.includes(id));
}

/** The events that the rule names, in the words of the query's own source: its names of events, its values. */
function withRowOf(meant: readonly Scope[], named: Scope): Scope {
  const own = meant.find((it) => overlaps(it, named)) ?? named;
  return { row: own.row, ids: named.ids ?? own.ids, open: false };
}

/** The verdicts for the events of the query's scopes; for those the rule names, where the tables lack the former. */
function coverageIn({
  meant,
  named,
  where,
}: Condition & {
  readonly meant: readonly Scope[];
  readonly named: readonly Scope[];
}): readonly EventCoverage[] {
  const found = foundIn(chosen(meant, named), where);
  const other = found.some(isKnown) ? [] : foundIn(named, where);
  return oneOfEachUnlisted(other.some(isKnown) ? other : found).map(({ candidate, row }) =>
    coverageOf(candidate, (field) => splunkCarriage(field, row, candidate.event)),
  );
}

function foundIn(scopes: readonly Scope[], where: Expression): readonly Found[] {
  const found = scopes.flatMap(({ row, ids, open }) => {
    const translated = withEventNames(where, PLATFORM, row);
    if (open && namesIn(row, translated).length === 0) return [];
    return eventsIn(row, ids, translated).map((candidate) => ({ candidate, row }));
  });
  const open = found.filter(({ candidate }) => candidate.rest !== false);
  return open.length > 0 ? open : found;
}

/** The query's own names of events outrank those that the rule says beside it. */
function eventsIn(row: LogsourceEvents, ids: Scope['ids'], where: Expression): readonly Candidate[] {
  if (ids !== null && namesIn(row, where).length === 0) return candidatesWithIds(row, ids, where);
  return candidatesOf(row, where).filter(({ role }) => role === 'primary');
}

function distinct(scopes: readonly Scope[]): readonly Scope[] {
  const known = new Map<string, Scope>();
  for (const scope of scopes) {
    const { row, ids } = scope;
    const key = JSON.stringify([row.provider, row.channels, row.nameFields, row.values, ids]);
    if (!known.has(key)) known.set(key, scope);
  }
  return [...known.values()];
}
