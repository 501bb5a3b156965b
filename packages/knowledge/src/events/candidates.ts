import { type Expression, type Test, visit } from '@rulescope/logic';
import { eventsOfChannel, eventVersions } from './lookup.ts';
import { holdsFor, restrict } from './restrict.ts';
import type { EventId, EventReference, LogEvent, LogsourceEvents } from './types.ts';

/** An event that a rule may be meant for, and what the rule still asks once it is that event. */
export interface Candidate {
  readonly event: LogEvent;
  readonly role: 'primary' | 'alternative';
  /** True where the event speaks the log source's own language, so that a field is found by its name. */
  readonly native: boolean;
  /** The condition without the tests that the event's identity decides; `false` where it contradicts them. */
  readonly rest: Expression | boolean;
}

/** What the tests that name an event are asked of. */
interface Identity {
  readonly row: LogsourceEvents;
  /** The event itself, or the one that it stands in for. */
  readonly event: LogEvent;
  /** True for any event that the rule does not name. */
  readonly other: boolean;
}

/** The fields that name a Windows event, as Sigma rules spell them. */
const WINDOWS_NAME = ['EventID'];

/** The title of an event of which nothing is known but its name. */
const UNLISTED = 'An event that the tables do not have';

/** Whether the tables have an event of this name. */
export function isListed(event: LogEvent): boolean {
  return event.title !== UNLISTED;
}

/**
 * The events that a log source can mean for a rule with this condition, primary ones first. Tests on what names
 * an event (EventID, Provider_Name, Channel, EventType, a product's own field) pick among them. Where they
 * leave no primary event, all that the log source lists are given, each contradicted.
 */
export function candidatesOf(row: LogsourceEvents, where: Expression): readonly Candidate[] {
  const primary = row.channels === undefined ? listed(row, where) : named(row, row.channels, where);
  return [...keepOpen(primary), ...keepOpen(alternatives(row, where))];
}

function keepOpen(candidates: readonly Candidate[]): readonly Candidate[] {
  const open = candidates.filter((candidate) => candidate.rest !== false);
  return open.length > 0 ? open : candidates.filter((candidate) => candidate.role === 'primary');
}

/** The events of these ids, out of the logs of a row, whatever else the rule names; the contradicted ones left out. */
export function candidatesWithIds(
  row: LogsourceEvents,
  ids: readonly EventId[],
  where: Expression,
): readonly Candidate[] {
  const channels = row.channels ?? [];
  const events = ids.flatMap((id) => eventsNamed(row, channels, String(id), where));
  return events
    .map((event) => candidate({ row, event, other: false }, event, 'primary', where))
    .filter(({ rest }) => rest !== false);
}

/** The names of events that a rule asks for, such as the values of EventID. */
export function namesIn(row: LogsourceEvents, where: Expression): readonly string[] {
  return wantedValues(where, namesOf(row));
}

/** The events that the log source lists, whatever the rule tests. */
function listed(row: LogsourceEvents, where: Expression): readonly Candidate[] {
  return (row.events ?? [])
    .flatMap(versionsOf)
    .map((event) => candidate({ row, event, other: false }, event, 'primary', where));
}

function alternatives(row: LogsourceEvents, where: Expression): readonly Candidate[] {
  return (row.alternatives ?? []).flatMap((alternative) => {
    const [original] = eventVersions(alternative.insteadOf.provider, alternative.insteadOf.id);
    if (original === undefined || !namesOriginal(row, original, where)) return [];
    return versionsOf(alternative).map((event) =>
      candidate({ row, event: original, other: false }, event, 'alternative', where),
    );
  });
}

/** Whether an event that stands in for another is worth asking: not where a channel's rule never names that. */
function namesOriginal(row: LogsourceEvents, original: LogEvent, where: Expression): boolean {
  return row.channels === undefined || wantedValues(where, namesOf(row)).includes(String(original.id));
}

/** The events of a log that the rule names, and any other event if the rule also fires on those. */
function named(row: LogsourceEvents, channels: readonly string[], where: Expression): readonly Candidate[] {
  const known = channels.flatMap(eventsOfChannel);
  const fallback = known.find((event) => event.id === null);
  const wanted = wantedValues(where, namesOf(row)).flatMap((name) => {
    const found = known
      .filter((event) => String(event.id).toLowerCase() === name.toLowerCase())
      .map((event) => candidate({ row, event, other: false }, event, 'primary', where))
      .filter(({ rest }) => rest !== false);
    if (found.length > 0) return found;
    const event = fallback === undefined ? unlisted(row, channels, name, where) : { ...fallback, id: name };
    return [candidate({ row, event, other: false }, event, 'primary', where)];
  });
  const other = fallback ?? {
    ...unlisted(row, channels, null, where),
    title: 'Any event of the log',
    fields: commonFields(known),
  };
  return [
    ...wanted,
    candidate({ row, event: other, other: namesOf(row).length > 0 }, other, 'primary', where),
  ];
}

/** All versions of the event of this name; what stands for it where the tables have none. */
function eventsNamed(
  row: LogsourceEvents,
  channels: readonly string[],
  name: string,
  where: Expression,
): readonly LogEvent[] {
  const known = channels.flatMap(eventsOfChannel);
  const versions = known.filter((event) => String(event.id).toLowerCase() === name.toLowerCase());
  if (versions.length > 0) return versions;
  const fallback = known.find((event) => event.id === null);
  return [fallback === undefined ? unlisted(row, channels, name, where) : { ...fallback, id: name }];
}

/** The fields that every one of the events carries. */
function commonFields(events: readonly LogEvent[]): readonly string[] {
  const [first, ...others] = events;
  return (first?.fields ?? []).filter((field) => others.every((event) => event.fields.includes(field)));
}

/** An event that the tables lack: nothing is known of it but its name. */
function unlisted(
  row: LogsourceEvents,
  channels: readonly string[],
  name: string | null,
  where: Expression,
): LogEvent {
  const [provider] = wantedValues(where, ['Provider_Name']);
  return {
    provider: provider ?? row.provider ?? '',
    channels,
    id: name !== null && /^\d+$/.test(name) ? Number(name) : name,
    version: 0,
    title: UNLISTED,
    fields: [],
    open: true,
    source: row.source,
  };
}

function candidate(
  identity: Identity,
  event: LogEvent,
  role: Candidate['role'],
  where: Expression,
): Candidate {
  const rest = restrict(where, (test) => decide(test, identity));
  return { event, role, native: event.provider === identity.event.provider, rest };
}

/** The answer to a test that the event's identity decides; null for all other tests. */
function decide(test: Test, { row, event, other }: Identity): boolean | null {
  if (test.field === null) return null;
  if (namesOf(row).includes(test.field)) {
    if (other) return test.op === 'eq' ? false : null;
    return event.id === null ? null : holdsFor(test, [String(event.id)]);
  }
  const values =
    row.values?.[test.field] ?? event.values?.[test.field] ?? headerValues(test.field, row, event);
  return values === undefined ? null : holdsFor(test, values);
}

function headerValues(field: string, row: LogsourceEvents, event: LogEvent): readonly string[] | undefined {
  if (row.nameFields !== undefined || event.fields.includes(field)) return undefined;
  if (field === 'Channel') return event.channels;
  if (field !== 'Provider_Name' || event.provider === '') return undefined;
  return [event.provider, ...(event.aliases ?? [])];
}

/** The fields that name an event of a log source. */
export function namesOf(row: LogsourceEvents): readonly string[] {
  return row.nameFields ?? WINDOWS_NAME;
}

function versionsOf({ provider, ids }: EventReference): readonly LogEvent[] {
  return ids.flatMap((id) => eventVersions(provider, id));
}

/** The values that fields are asked to equal, under an even number of Nots, each once. */
function wantedValues(where: Expression, fields: readonly string[]): readonly string[] {
  const values = new Set<string>();
  visit(where, (part, negated) => {
    if (negated || !('test' in part) || part.test.op !== 'eq') return;
    if (part.test.field === null || !fields.includes(part.test.field)) return;
    for (const value of part.test.values) values.add(String(value));
  });
  return [...values];
}
