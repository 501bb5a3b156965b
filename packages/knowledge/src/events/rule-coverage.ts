import type { Expression, LanguageId, Query, Source } from '@rulescope/logic';
import type { Logsource } from '../logsource.ts';
import { type Candidate, candidatesOf, candidatesWithIds, isListed, namesIn } from './candidates.ts';
import { eventCoverage } from './coverage.ts';
import { splunkCarriage } from './crosswalk.ts';
import { withEventNames } from './event-names.ts';
import type { Carriage } from './fields.ts';
import { type Scope, scopesOf } from './platform-sources.ts';
import type { EventCoverage, LogEvent, LogsourceEvents } from './types.ts';
import { coverageOf, mergeByEvent } from './verdict.ts';

/** How events are named and carried where a query runs. */
interface Platform {
  readonly name: string;
  readonly carriage: (field: string, row: LogsourceEvents, event: LogEvent) => Carriage;
}

const SPLUNK: Platform = { name: 'splunk', carriage: splunkCarriage };

/** The platforms by the languages of their queries. A new one is a table of sources and a line here. */
const PLATFORMS: Partial<Readonly<Record<LanguageId, Platform>>> = { spl: SPLUNK };

/** What is known of where the events of a rule come from. */
export interface RuleSources {
  /** A Sigma rule's own log source; nulls where it says none. */
  readonly logsource: Logsource;
  /** What the rule says beside its query, as sources of kind `data source` or `data category`. */
  readonly named: readonly Source[];
}

/**
 * The verdict for each event that a rule can mean: for Sigma by its log source (`eventCoverage`), on a platform by
 * what its query and the rule say of where the events are kept, in this order:
 *
 * - the sources of the query (`data/PLATFORM-sources.json`), narrowed to those that the rule names itself;
 * - what the rule names itself, where the sources of the query say nothing;
 * - the tests of the query on what names an event choose among them, and outrank what the rule names.
 *
 * Empty where nothing tells. Where the query has no condition of its own, those of its nested queries count;
 * joined queries count beside it.
 */
export function ruleCoverage(query: Query, { logsource, named }: RuleSources): readonly EventCoverage[] {
  const platform = PLATFORMS[query.language];
  if (platform === undefined) return eventCoverage(query, logsource);
  const scopes = distinct(named.flatMap((source) => namedScopes(platform, source)));
  const conditions = conditionsOf(query);
  const found = conditions.flatMap(({ where, sources }) => {
    const meant = distinct(sources.flatMap((source) => scopesOf(platform.name, source)));
    return coverageIn(platform, { where, sources, meant, named: scopes });
  });
  return mergeByEvent(found);
}

interface Condition {
  readonly where: Expression;
  readonly sources: readonly Source[];
}

/** What every event satisfies of which nothing is known but its source. */
const UNKNOWN: Expression = { unknown: { text: '', span: [0, 0] } };

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
function namedScopes(platform: Platform, { kind, value }: Source): readonly Scope[] {
  return value.split(' AND ').flatMap((part) => scopesOf(platform.name, { kind, value: part.trim() }));
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

/** A candidate event and the log that it was found in. */
interface Found {
  readonly candidate: Candidate;
  readonly row: LogsourceEvents;
}

/** The verdicts for the events of the query's scopes; for those the rule names, where the tables lack the former. */
function coverageIn(
  platform: Platform,
  { meant, named, where }: Condition & { readonly meant: readonly Scope[]; readonly named: readonly Scope[] },
): readonly EventCoverage[] {
  const found = foundIn(platform, chosen(meant, named), where);
  const other = found.some(isKnown) ? [] : foundIn(platform, named, where);
  return oneOfEachUnlisted(other.some(isKnown) ? other : found).map(({ candidate, row }) =>
    coverageOf(candidate, (field) => platform.carriage(field, row, candidate.event)),
  );
}

function isKnown({ candidate }: Found): boolean {
  return isListed(candidate.event);
}

function foundIn(platform: Platform, scopes: readonly Scope[], where: Expression): readonly Found[] {
  const found = scopes.flatMap(({ row, ids, open }) => {
    const translated = withEventNames(where, platform.name, row);
    if (open && namesIn(row, translated).length === 0) return [];
    return eventsIn(row, ids, translated).map((candidate) => ({ candidate, row }));
  });
  const open = found.filter(({ candidate }) => candidate.rest !== false);
  return open.length > 0 ? open : found;
}

/**
 * An event that one log is known to have is not looked for in the others; where no log is known to, it is one
 * event of whichever log.
 */
function oneOfEachUnlisted(found: readonly Found[]): readonly Found[] {
  const known = new Set(found.filter(isKnown).map(({ candidate }) => candidate.event.id));
  const unlisted = Map.groupBy(
    found.filter((it) => !isKnown(it)),
    ({ candidate }) => candidate.event.id,
  );
  return found.flatMap((it) => {
    const { event } = it.candidate;
    if (isKnown(it)) return [it];
    const all = unlisted.get(event.id) ?? [];
    if (known.has(event.id) || all[0] !== it) return [];
    if (all.length === 1) return [it];
    const channels = [...new Set(all.flatMap(({ candidate }) => candidate.event.channels))];
    const provider = channels.length === event.channels.length ? event.provider : '';
    return [{ ...it, candidate: { ...it.candidate, event: { ...event, provider, channels } } }];
  });
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
