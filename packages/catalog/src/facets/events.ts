import {
  type EventCoverage,
  type Logsource,
  logsourceOfEvent,
  ruleCoverage,
  shortProvider,
  type Verdict,
} from '@rulescope/knowledge';
import type { Query } from '@rulescope/logic';
import { logsourceOf } from '../analyse/logsource.ts';
import type { RuleMetadata } from '../types.ts';

/** An event as a value of a facet: its versions are one. */
export interface EventValue {
  readonly value: string;
  readonly label: string;
  /** False where the rule is blind on every version of it. */
  readonly firing: boolean;
  /** What its newest version shows of the rule. */
  readonly verdict: Verdict;
}

/** What tells one event from another, whatever its version. */
type NamedEvent = Pick<EventCoverage, 'provider' | 'channels' | 'id'>;

/** What a rule says beside its query of where its events come from. */
export type EventSources = Pick<RuleMetadata, 'logsource' | 'facts'>;

/** The facts of a rule that name sources of events, and the kind of source that they are to knowledge. */
const SOURCE_FACTS: ReadonlyMap<string, string> = new Map([
  ['Data source', 'data source'],
  ['Data category', 'data category'],
  ['Operating system', 'operating system'],
]);

/**
 * The verdict for each event that a rule can mean; of a correlation, for those of its rules. Where a Sigma rule says
 * no log source, that of the query counts.
 */
export function coverageOf(
  query: Query,
  { logsource, facts }: EventSources = { logsource: null, facts: [] },
): readonly EventCoverage[] {
  const named = facts.flatMap(({ name, values }) => {
    const kind = SOURCE_FACTS.get(name);
    return kind === undefined ? [] : values.map((value) => ({ kind, value }));
  });
  return ruleCoverage(query, { logsource: logsource ?? logsourceOf(query.sources), named });
}

/**
 * The log sources that a rule is listed under: its own, or where it says none, those under which a Sigma rule would
 * look for the events on which it can fire.
 */
export function logsourcesOf(
  coverage: readonly EventCoverage[],
  logsource: RuleMetadata['logsource'],
): readonly Logsource[] {
  if (logsource !== null) return [logsource];
  const known = new Map<string, Logsource>();
  for (const event of coverage) {
    const found = event.verdict === 'blind' ? null : logsourceOfEvent(event);
    if (found !== null) known.set(JSON.stringify(found), found);
  }
  return [...known.values()];
}

/** The events that a rule can mean, each once. */
export function eventsOf(coverage: readonly EventCoverage[]): readonly EventValue[] {
  const values = new Map<string, EventValue>();
  const newest = new Map<string, number>();
  for (const event of coverage) {
    const value = eventValue(event);
    const known = values.get(value);
    const isNewest = event.version > (newest.get(value) ?? -1);
    if (isNewest) newest.set(value, event.version);
    values.set(value, {
      value,
      label: known?.label ?? eventLabel(event),
      firing: known?.firing === true || event.verdict !== 'blind',
      verdict: isNewest || known === undefined ? event.verdict : known.verdict,
    });
  }
  return [...values.values()];
}

/** The value of the facet `verdict`: `blind Microsoft-Windows-Sysmon/1`. */
export function verdictValue(verdict: Verdict, event: string): string {
  return `${verdict} ${event}`;
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
