import { type EventCoverage, eventCoverage, shortProvider } from '@rulescope/knowledge';
import type { Query } from '@rulescope/logic';
import { logsourceOf } from '../analyse/logsource.ts';
import type { RuleMetadata } from '../types.ts';

/** An event as a value of a facet: its versions are one. */
export interface EventValue {
  readonly value: string;
  readonly label: string;
}

/** What tells one event from another, whatever its version. */
type NamedEvent = Pick<EventCoverage, 'provider' | 'channels' | 'id'>;

/**
 * The verdict for each event that a rule's log source can mean; of a correlation, for those of its rules. Where
 * it says no log source, that of the query counts.
 */
export function coverageOf(
  query: Query,
  logsource: RuleMetadata['logsource'] = null,
): readonly EventCoverage[] {
  return eventCoverage(query, logsource ?? logsourceOf(query.sources));
}

/** The events on which a rule can fire, wholly or in part. */
export function eventsOf(coverage: readonly EventCoverage[]): readonly EventValue[] {
  const values = new Map<string, EventValue>();
  for (const event of coverage) {
    const value = eventValue(event);
    if (event.verdict !== 'blind') values.set(value, { value, label: eventLabel(event) });
  }
  return [...values.values()];
}

/**
 * The value of the facet `event` that an event has: its provider and id, `Microsoft-Windows-Sysmon/1`. Without a
 * provider the channel stands for it; without an id, which is any event of the log, `*`.
 */
export function eventValue({ provider, channels, id }: NamedEvent): string {
  return `${provider ?? channels[0] ?? ''}/${id ?? '*'}`;
}

/** An event as a reader is shown it: `Sysmon 1 Process creation`. Nothing is said twice: `Proxy log line`. */
export function eventLabel({
  provider,
  channels,
  id,
  title,
}: NamedEvent & Pick<EventCoverage, 'title'>): string {
  const name = shortProvider(provider ?? channels[0] ?? '');
  if (id === null) return title.includes(name) ? title : `${name}: ${title}`;
  if (typeof id === 'number' || !title.startsWith(name)) return `${name} ${id} ${title}`;
  return title.includes(id) ? title : `${name} ${id}`;
}
