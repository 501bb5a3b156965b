import { eventValue } from '@rulescope/catalog';
import { EVENT_FIELDS, EVENTS, type EventCoverage, type EventId, type LogEvent } from '@rulescope/knowledge';
import { withQuery } from './links.ts';

/** An event without its version, as addresses and filters name it. */
export interface EventName {
  readonly provider: string;
  /** Null stands for any event of the provider. */
  readonly id: EventId;
}

/** How the catalog and addresses spell an event without an id. */
const ANY = '*';

/** The value of an event in the catalog's facet. */
export function eventValueOf({ provider, id }: EventName): string {
  return eventValue({ provider, channels: [], id });
}

/**
 * The event that a value of the facet names. Providers and ids may both hold slashes: a provider that the tables
 * know decides, else the last slash does.
 */
export function parseEventValue(value: string): EventName {
  for (let at = value.indexOf('/'); at >= 0; at = value.indexOf('/', at + 1)) {
    if (providers.has(value.slice(0, at)))
      return { provider: value.slice(0, at), id: idOf(value.slice(at + 1)) };
  }
  const at = value.lastIndexOf('/');
  return { provider: value.slice(0, Math.max(at, 0)), id: idOf(value.slice(at + 1)) };
}

/** The id as the tables write it: a number where it is one. */
export function idOf(text: string): EventId {
  if (text === ANY) return null;
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}

/** The address of an event's page. */
export function eventHref({ provider, id }: EventName): string {
  const parts = [provider, String(id ?? ANY)].map((part) => part.toWellFormed());
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    return withQuery('/events/', { provider, id: String(id ?? ANY) });
  }
  return `/events/${parts.map(encodeURIComponent).join('/')}`;
}

/** What names the event of a verdict: its provider, or the log where the provider is not known. */
export function eventNameOf({ provider, channels, id }: EventCoverage): EventName {
  return { provider: provider ?? channels[0] ?? '', id };
}

/** `Event ID 1`, or a product's own name of the event. */
export function eventIdWords(id: EventId): string {
  if (id === null) return 'any event';
  return typeof id === 'number' ? `Event ID ${id}` : id;
}

/** The versions of an event that the tables hold, the newest first; provider and id in any case. */
export function versionsOf({ provider, id }: EventName): readonly LogEvent[] {
  return (index.get(keyOf(provider, id)) ?? []).toSorted((a, b) => b.version - a.version);
}

/** The fields of rules that a field of an event stands for, where the event calls them otherwise. */
export function ruleFieldsFor({ provider, id }: EventName, field: string): readonly string[] {
  const rows = EVENT_FIELDS.filter(
    (row) => row.provider === provider && row.relation === 'same' && row.ids.some((it) => it === id),
  );
  const names = rows.filter(({ to }) => to.includes(field)).map((row) => row.field);
  return [...new Set(names)].filter((name) => name !== field);
}

/** Whether the tables have some event of a provider, or of the log that stands for one. */
export function isKnownProvider(provider: string): boolean {
  return providers.has(provider);
}

/** The events that carry a field, each once, in the order of the tables. */
export function eventsWithField(field: string): readonly LogEvent[] {
  return byField.get(field.toLowerCase()) ?? [];
}

const index = new Map<string, LogEvent[]>();
const byField = new Map<string, LogEvent[]>();
const providers = new Set(EVENTS.flatMap(({ provider, channels }) => [provider, ...channels]));
for (const event of EVENTS) {
  for (const provider of [event.provider, ...(event.aliases ?? [])])
    add(index, keyOf(provider, event.id), event);
  for (const field of event.fields) {
    const known = byField.get(field.toLowerCase());
    const last = known?.find(({ provider, id }) => provider === event.provider && id === event.id);
    if (last === undefined) add(byField, field.toLowerCase(), event);
  }
}

function add<T>(map: Map<string, T[]>, key: string, item: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [item]);
  else known.push(item);
}

function keyOf(provider: string, id: EventId): string {
  return `${provider}\n${id ?? ANY}`.toLowerCase();
}
