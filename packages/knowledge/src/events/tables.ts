import elasticSources from '../data/elastic-sources.json' with { type: 'json' };
import eventLogsources from '../data/event-logsources.json' with { type: 'json' };
import eventNames from '../data/event-names.json' with { type: 'json' };
import elastic from '../data/events-elastic.json' with { type: 'json' };
import fields from '../data/events-fields.json' with { type: 'json' };
import microsoft from '../data/events-microsoft.json' with { type: 'json' };
import products from '../data/events-products.json' with { type: 'json' };
import security from '../data/events-security.json' with { type: 'json' };
import sysmon from '../data/events-sysmon.json' with { type: 'json' };
import windows from '../data/events-windows.json' with { type: 'json' };
import canonicalFields from '../data/fields.json' with { type: 'json' };
import kustoSources from '../data/kusto-sources.json' with { type: 'json' };
import logsources from '../data/logsources.json' with { type: 'json' };
import splunkSources from '../data/splunk-sources.json' with { type: 'json' };
import type {
  CanonicalField,
  EventField,
  EventLogsource,
  EventName,
  LogEvent,
  LogsourceEvents,
  PlatformSource,
} from './types.ts';

// The compiler infers a type for every row of a JSON file; these keep it out of what others see. The shape of
// each row is checked in test/events-tables.test.ts.

const events = [
  ...sysmon,
  ...security,
  ...windows,
  ...products,
  ...microsoft,
  ...elastic,
] as unknown as readonly LogEvent[];

/** Every event that we know the fields of, all versions; see `LogEvent`. */
export const EVENTS: readonly LogEvent[] = events.flatMap(({ named = {}, ...event }) => [
  event,
  ...Object.entries(named).map(([id, title]) => ({ ...event, id, title })),
]);

/** The log sources of Sigma rules and their events; see `LogsourceEvents`. */
export const LOGSOURCES = logsources as unknown as readonly LogsourceEvents[];

/** The fields of alternative events that stand for those of a log source; see `EventField`. */
export const EVENT_FIELDS = fields as unknown as readonly EventField[];

/** What canonical fields are called elsewhere; see `CanonicalField`. */
export const FIELDS = canonicalFields as unknown as readonly CanonicalField[];

/** The log sources of Sigma's that other products' events are like; see `EventLogsource`. */
export const EVENT_LOGSOURCES = eventLogsources as unknown as readonly EventLogsource[];

/** The fields that name events on platforms; see `EventName`. */
export const EVENT_NAMES = eventNames as unknown as readonly EventName[];

/** What the sources of each platform mean; see `PlatformSource`. */
export const PLATFORM_SOURCES: ReadonlyMap<string, readonly PlatformSource[]> = new Map([
  ['splunk', splunkSources as unknown as readonly PlatformSource[]],
  ['elastic', elasticSources as unknown as readonly PlatformSource[]],
  ['kusto', kustoSources as unknown as readonly PlatformSource[]],
]);
