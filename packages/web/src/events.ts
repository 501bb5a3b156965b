import { eventValue } from '@rulescope/catalog';
import { carriedFields, EVENTS, type EventCoverage, type EventId, type LogEvent } from '@rulescope/knowledge';
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

/** A field of an event, with the rules for the event that test it. */
export interface TestedField {
  readonly field: string;
  /** The names under which indicators have it, the event's own left out. */
  readonly names: readonly string[];
  /** Rules that test it by one of its names: the most of any name, since a rule may test it by several. */
  readonly rules: number;
  /** Whether `rules` is the least that it can be: rules test it by several names. */
  readonly isLeast: boolean;
}

/**
 * The fields of an event's versions, each once, with how many rules test it under whatever name: `tested` has the
 * names of indicators in lower case, with the rules for the event that have each.
 */
export function testedFields(
  versions: readonly LogEvent[],
  tested: ReadonlyMap<string, number>,
): readonly TestedField[] {
  const namesOf = new Map<string, Set<string>>();
  for (const version of versions) {
    for (const { field, names } of carriedFields(version)) {
      const known = namesOf.get(field) ?? new Set();
      namesOf.set(field, known);
      for (const name of names) known.add(name);
    }
  }
  return [...namesOf].map(([field, names]) => {
    const counts = [...names].flatMap((name) => countsOf(name, tested));
    return {
      field,
      names: [...names].filter((name) => name !== field),
      rules: Math.max(0, ...counts),
      isLeast: counts.length > 1,
    };
  });
}

/** The counts of a name, or of all names that start as one that ends with `*`. */
function countsOf(name: string, tested: ReadonlyMap<string, number>): readonly number[] {
  const lower = name.toLowerCase();
  if (!lower.endsWith('*')) {
    const rules = tested.get(lower);
    return rules === undefined ? [] : [rules];
  }
  const prefix = lower.slice(0, -1);
  return [...tested].filter(([it]) => it.startsWith(prefix)).map(([, rules]) => rules);
}

/** Whether the tables have some event of a provider, or of the log that stands for one. */
export function isKnownProvider(provider: string): boolean {
  return providers.has(provider);
}

const index = new Map<string, LogEvent[]>();
const providers = new Set(EVENTS.flatMap(({ provider, channels }) => [provider, ...channels]));
for (const event of EVENTS) {
  for (const provider of [event.provider, ...(event.aliases ?? [])])
    add(index, keyOf(provider, event.id), event);
}

function add<T>(map: Map<string, T[]>, key: string, item: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [item]);
  else known.push(item);
}

function keyOf(provider: string, id: EventId): string {
  return `${provider}\n${id ?? ANY}`.toLowerCase();
}
