import type { Logsource } from '../logsource.ts';
import { EVENT_LOGSOURCES, EVENTS, LOGSOURCES } from './tables.ts';
import type { EventId, LogEvent, LogsourceEvents } from './types.ts';

const byName = group(EVENTS, (event) => [nameKey(event.provider, event.id)]);
const byChannel = group(EVENTS, (event) => event.channels);
const logsources = new Map(LOGSOURCES.map((row) => [logsourceKey(row), row]));

const categoryOfEvent = new Map<string, LogsourceEvents>();
const rowOfChannel = new Map<string, LogsourceEvents>();
for (const row of LOGSOURCES.toSorted((a, b) => sizeOf(a) - sizeOf(b))) {
  // What values tell apart, such as registry_add and registry_delete, is no one's own.
  const events = row.values === undefined ? (row.events ?? []) : [];
  for (const { provider, ids } of events) {
    for (const id of ids) {
      const key = nameKey(provider, id);
      if (!categoryOfEvent.has(key)) categoryOfEvent.set(key, row);
    }
  }
}
for (const row of LOGSOURCES) {
  for (const channel of row.channels ?? []) {
    if (row.service !== null || row.category !== null) {
      if (!rowOfChannel.has(channel)) rowOfChannel.set(channel, row);
    }
  }
}

const likeLogsource = new Map(
  EVENT_LOGSOURCES.flatMap(({ provider, ids, logsource }) =>
    ids.map((id) => [nameKey(provider, id), parseLogsource(logsource)] as const),
  ),
);

function sizeOf({ events = [] }: LogsourceEvents): number {
  return events.reduce((size, { ids }) => size + ids.length, 0);
}

/** All versions of an event; empty where the tables have none. */
export function eventVersions(provider: string, id: EventId): readonly LogEvent[] {
  return byName.get(nameKey(provider, id)) ?? [];
}

/** The events of a channel, or of a product's log, in the order of the tables. */
export function eventsOfChannel(channel: string): readonly LogEvent[] {
  return byChannel.get(channel) ?? [];
}

/**
 * What a log source can mean (Sigma Rules Specification 2.1.0, "LogSource"). A rule may say more than the
 * tables need: parts are left out until a row fits, the service first, since a category already names a kind
 * of event. A product is never looked at alone. Null where no row fits.
 */
export function logsourceEvents({ product, category, service }: Logsource): LogsourceEvents | null {
  const tries: Logsource[] = [{ product, category, service }];
  if (category !== null) {
    tries.push({ product, category, service: null }, { product: null, category, service: null });
  }
  if (service !== null) {
    tries.push({ product, category: null, service }, { product: null, category: null, service });
  }
  for (const part of tries) {
    const row = logsources.get(logsourceKey(part));
    if (row !== undefined) return row;
  }
  return null;
}

/**
 * The log source under which a Sigma rule would look for an event: the narrowest category that means it, else the
 * service whose log it is in, else the log source that means events like it. Null where there is none.
 */
export function logsourceOfEvent({
  provider,
  channels,
  id,
}: {
  readonly provider: string | null;
  readonly channels: readonly string[];
  readonly id: EventId;
}): Logsource | null {
  const row =
    categoryOfEvent.get(nameKey(provider ?? '', id)) ??
    channels.map((channel) => rowOfChannel.get(channel)).find((it) => it !== undefined);
  if (row === undefined) return likeLogsource.get(nameKey(provider ?? '', id)) ?? null;
  return { product: row.product, category: row.category, service: row.service };
}

/**
 * The logs of a Windows channel, by its name in any case; one that ends with `*` names all that start so. A log
 * of several channels is given with those alone. Empty where no service of Sigma's is one.
 */
export function logsourceOfChannels(name: string): readonly LogsourceEvents[] {
  const wanted = name.toLowerCase();
  const isWanted = wanted.endsWith('*')
    ? (channel: string) => channel.toLowerCase().startsWith(wanted.slice(0, -1))
    : (channel: string) => channel.toLowerCase() === wanted;
  const found = LOGSOURCES.filter((row) => row.product === 'windows' && row.category === null).flatMap(
    (row) => {
      const channels = (row.channels ?? []).filter(isWanted);
      return channels.length === 0 ? [] : [{ ...row, channels }];
    },
  );
  return found;
}

/** `windows//security`. */
export function parseLogsource(path: string): Logsource {
  const [product, category, service] = path.split('/').map((part) => (part === '' ? null : part));
  return { product: product ?? null, category: category ?? null, service: service ?? null };
}

/** `Microsoft-Windows-Sysmon` is `Sysmon` to everyone who reads events; `Security-Auditing` is `Security`. */
export function shortProvider(provider: string): string {
  return provider.replace(/^Microsoft-Windows-/, '').replace(/^Security-Auditing$/, 'Security');
}

function logsourceKey({ product, category, service }: Logsource): string {
  return JSON.stringify([product, category, service]);
}

function nameKey(provider: string, id: EventId): string {
  return JSON.stringify([provider, id]);
}

function group<T>(
  items: readonly T[],
  keysOf: (item: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const known = groups.get(key);
      if (known === undefined) groups.set(key, [item]);
      else known.push(item);
    }
  }
  return groups;
}
