import fields from '../data/events-fields.json' with { type: 'json' };
import products from '../data/events-products.json' with { type: 'json' };
import security from '../data/events-security.json' with { type: 'json' };
import sysmon from '../data/events-sysmon.json' with { type: 'json' };
import windows from '../data/events-windows.json' with { type: 'json' };
import logsources from '../data/logsources.json' with { type: 'json' };
import type { EventField, LogEvent, LogsourceEvents } from './types.ts';

// The compiler infers a type for every row of a JSON file; these keep it out of what others see. The shape of
// each row is checked in test/events-tables.test.ts.

/** Every event that we know the fields of, all versions; see `LogEvent`. */
export const EVENTS = [...sysmon, ...security, ...windows, ...products] as unknown as readonly LogEvent[];

/** The log sources of Sigma rules and their events; see `LogsourceEvents`. */
export const LOGSOURCES = logsources as unknown as readonly LogsourceEvents[];

/** The fields of alternative events that stand for those of a log source; see `EventField`. */
export const EVENT_FIELDS = fields as unknown as readonly EventField[];
