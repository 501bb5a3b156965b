import type { Logsource } from '../logsource.ts';
import { EVENTS, LOGSOURCES } from './tables.ts';
import type { EventId, LogEvent, LogsourceEvents } from './types.ts';

const byName = group(EVENTS, (event) => [nameKey(event.provider, event.id)]);
const byChannel = group(EVENTS, (event) => event.channels);
const logsources = new Map(LOGSOURCES.map((row) => [logsourceKey(row), row]));

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
