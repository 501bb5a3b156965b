import { and, type Expression, type Query, type Source, type Test, visit } from '@rulescope/logic';
import { type Candidate, candidatesOf, candidatesWithIds, namesIn } from './candidates.ts';
import { elasticCarriage } from './elastic-fields.ts';
import { DATASET_FIELDS, elasticScopes } from './elastic-sources.ts';
import { withEventNames } from './event-names.ts';
import { type Found, oneOfEachUnlisted, UNKNOWN } from './found.ts';
import { eventsOfChannel } from './lookup.ts';
import type { Scope } from './platform-sources.ts';
import type { EventCoverage, EventId, LogsourceEvents } from './types.ts';
import { coverageOf, mergeByEvent } from './verdict.ts';

/**
 * The verdict for each event that a query of Elastic can mean: those of its index patterns, or where they say nothing,
 * of its integrations (`data/elastic-sources.json`), narrowed by the category of EQL and by the tests on what tells
 * events apart: `event.category`, `event.type`, `event.action`, `event.code`, `event.provider`, the data set,
 * `host.os.type`. The steps of a sequence are asked each on its own. Empty where nothing tells. What the rule names
 * beside its query counts as kind `operating system`.
 */
export function elasticCoverage(query: Query, named: readonly Source[]): readonly EventCoverage[] {
  const systems = named.filter(({ kind }) => kind === 'operating system').map(({ value }) => value);
  const on = systems.length === 0 ? [] : [{ test: equals('host.os.type', systems) }];
  return mergeByEvent(
    conditionsOf(query, []).flatMap(({ where, sources }) =>
      coverageIn({ where: and([...on, where]), sources }),
    ),
  );
}

interface Condition {
  readonly where: Expression;
  readonly sources: readonly Source[];
}

/** The condition of a query; without one, those of its steps; and those of the queries that it joins. */
function conditionsOf(query: Query, around: readonly Source[]): readonly Condition[] {
  const own = query.sources.filter(({ kind }) => kind !== 'category' && kind !== 'channel');
  const sources = own.length > 0 ? own : around;
  const nested = query.stages
    .filter(({ kind }) => kind === 'sequence' || (kind === 'join' && query.language === 'esql'))
    .flatMap(({ queries }) => queries)
    .filter(({ negated }) => negated !== true)
    .flatMap((step) => conditionsOf(step, sources));
  const isMade = query.where === null && nested.length > 0;
  return isMade
    ? nested
    : [{ where: and([...namedBy(query.sources), query.where ?? UNKNOWN]), sources }, ...nested];
}

const ASKED_BY_SOURCE: ReadonlyMap<string, string> = new Map([
  ['category', 'event.category'],
  ['channel', 'winlog.channel'],
]);

/** The category of EQL and the channel that a query took out of its condition, as the tests that they are. */
function namedBy(sources: readonly Source[]): readonly Expression[] {
  const kinds = Map.groupBy(sources, ({ kind }) => ASKED_BY_SOURCE.get(kind));
  return [...kinds].flatMap(([field, named]) =>
    field === undefined
      ? []
      : [
          {
            test: equals(
              field,
              named.map(({ value }) => value),
            ),
          },
        ],
  );
}

function equals(field: string, values: readonly string[]): Test {
  return {
    field,
    through: [],
    op: 'eq',
    values,
    quantifier: 'any',
    caseSensitive: false,
    transforms: [],
    derived: false,
    implied: false,
    via: null,
    span: [0, 0],
  };
}

function coverageIn({ where, sources }: Condition): readonly EventCoverage[] {
  const namesDataset = DATASET_FIELDS.some((field) => valuesOf(where, field).length > 0);
  const scopes = elasticScopes(sources).filter(
    ({ open, asked }) =>
      (!open || namesDataset) && (asked === undefined || valuesOf(where, asked).length > 0),
  );
  const told = oneOfEachUnlisted(
    scopes.filter(({ ids }) => ids !== null).flatMap((scope) => foundIn(scope, where)),
  );
  const named = oneOfEachUnlisted(
    scopes.filter(({ ids }) => ids === null).flatMap((scope) => foundIn(scope, where)),
  );
  const meant = withoutStrangers(told.map(verdictOf));
  return [...(meant.length > ANYTHING ? [] : meant), ...named.map(verdictOf)];
}

/** A query that fits more kinds of events than this asks for none of them. */
const ANYTHING = 30;

function verdictOf({ candidate, row }: Found): EventCoverage {
  return coverageOf(candidate, (field) => elasticCarriage(field, row, candidate.event));
}

/**
 * An index pattern holds more than a query is about: an event that can't satisfy it, beside others of the same
 * provider that can, is none that it means.
 */
function withoutStrangers(events: readonly EventCoverage[]): readonly EventCoverage[] {
  const firing = events.filter(({ verdict }) => verdict !== 'blind');
  return events.filter(
    ({ provider, id, verdict }) =>
      verdict !== 'blind' ||
      firing.some((it) => it.provider === provider && it.id === id) ||
      !firing.some((it) => it.provider === provider),
  );
}

/** What of a scope the condition doesn't contradict. An event of a Windows log has to be named. */
function foundIn({ row, ids, asked }: Scope, where: Expression): readonly Found[] {
  const translated = withEventNames(where, 'elastic', row);
  const wanted = asked === undefined ? null : valuesOf(where, asked);
  return candidates()
    .filter(({ rest }) => rest !== false)
    .filter(({ event }) => asked === undefined || event.values?.[asked]?.some((it) => wanted?.includes(it)))
    .map((candidate) => ({ candidate, row }));

  function candidates(): readonly Candidate[] {
    if (ids !== null) return candidatesWithIds(row, ids, translated);
    if (row.nameFields === undefined && namesIn(row, translated).length === 0) {
      return candidatesWithIds(row, idsOfProviders(row, valuesOf(translated, 'Provider_Name')), translated);
    }
    return candidatesOf(row, translated).filter(
      ({ role, event }) => role === 'primary' && (row.nameFields !== undefined || event.id !== null),
    );
  }
}

/** The events that the tables have of some providers in the channels of a log. */
function idsOfProviders(
  { channels = [] }: LogsourceEvents,
  providers: readonly string[],
): readonly EventId[] {
  const known = channels.flatMap(eventsOfChannel).filter(({ provider }) => providers.includes(provider));
  return known.length > FEW ? [] : [...new Set(known.map(({ id }) => id))];
}

/** All the events of a large provider are no answer to which of them a query means. */
const FEW = 8;

/** The values that a field is asked to equal, under an even number of Nots. */
function valuesOf(where: Expression, field: string): readonly string[] {
  const values: string[] = [];
  visit(where, (part, negated) => {
    if (negated || !('test' in part) || part.test.field !== field || part.test.op !== 'eq') return;
    values.push(...part.test.values.map(String));
  });
  return values;
}
