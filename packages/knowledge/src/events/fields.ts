import { EVENT_FIELDS } from './tables.ts';
import type { EventField, LogEvent, LogsourceEvents, MappedField } from './types.ts';

/**
 * The header that every Windows event has, as Sigma rules and collectors spell it (Windows Event Log schema,
 * SystemPropertiesType; Sigma Rules Specification 2.1.0, "Field Usage"), and the text that it is rendered to.
 */
export const HEADER: ReadonlySet<string> = new Set(
  (
    'EventID Provider_Name Provider_Guid EventSourceName Channel Computer ComputerName Level Task Opcode Keywords ' +
    'Version Qualifiers EventRecordID TimeCreated Execution_ProcessID Execution_ThreadID Security_UserID Message'
  ).split(' '),
);

/** How an event carries a field of its log source. */
export type Carriage =
  | { readonly state: 'carried'; readonly as: MappedField | null }
  | { readonly state: 'missing'; readonly related: MappedField | null }
  | { readonly state: 'unchecked' };

const MISSING: Carriage = { state: 'missing', related: null };
const CARRIED: Carriage = { state: 'carried', as: null };

/**
 * Whether an event carries a field that a rule of some log source tests. An event of another provider carries
 * only what `data/events-fields.json` says: there, the same name may mean another thing (4688's ProcessId).
 */
export function carriageOf(field: string, row: LogsourceEvents, event: LogEvent, native: boolean): Carriage {
  if (row.nameFields?.includes(field)) return CARRIED;
  if (row.nameFields === undefined && HEADER.has(field)) return CARRIED;
  const mapping = mappingOf(field, row, event);
  if (mapping !== undefined) {
    const { to, values = null, note = null, relation } = mapping;
    if (!to.every((name) => hasField(event, name))) return MISSING;
    const mapped = { field, to, values, note };
    return relation === 'same'
      ? { state: 'carried', as: to.length === 1 && to[0] === field && note === null ? null : mapped }
      : { state: 'missing', related: mapped };
  }
  if (native && hasField(event, field)) return CARRIED;
  return event.open === true ? { state: 'unchecked' } : MISSING;
}

function mappingOf(field: string, row: LogsourceEvents, event: LogEvent): EventField | undefined {
  return EVENT_FIELDS.find(
    (mapping) =>
      mapping.field === field &&
      mapping.provider === event.provider &&
      mapping.ids.some((id) => id === event.id) &&
      mapping.product === row.product &&
      (mapping.category ?? null) === row.category &&
      (mapping.service ?? null) === row.service,
  );
}

/** Whether an event has a field of its own of this name. Blanks and underscores don't count: Windows Defender writes `Process Name`, Sigma `ProcessName`. */
export function hasField(event: LogEvent, field: string): boolean {
  const wanted = field.replace(/[ _]/g, '');
  return event.fields.some((name) =>
    name.endsWith('*')
      ? field.startsWith(name.slice(0, -1)) || name === field
      : name.replace(/[ _]/g, '') === wanted,
  );
}
