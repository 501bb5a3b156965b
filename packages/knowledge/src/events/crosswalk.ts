import { type Carriage, carriageOf, HEADER, hasField } from './fields.ts';
import { eventVersions } from './lookup.ts';
import { EVENTS, FIELDS, LOGSOURCES } from './tables.ts';
import type { CanonicalField, LogEvent, LogsourceEvents, MappedField, ScopedName } from './types.ts';

const UNCHECKED: Carriage = { state: 'unchecked' };
const MISSING: Carriage = { state: 'missing', related: null };
const CARRIED: Carriage = { state: 'carried', as: null };

/** Search Reference, "Use default fields": what Splunk itself gives every event. */
const DEFAULT_FIELDS = new Set(
  'host source sourcetype index _time _raw _indextime eventtype tag linecount punct splunk_server timestamp'.split(
    ' ',
  ),
);

/** Common Information Model: what the data model or the asset framework fills in for every event of a dataset. */
const DATASET_FIELDS = /^(?:action|dest|vendor_product|tag|.*_(?:bunit|category|priority))$/;

/** Providers whose own field names are the canonical ones. */
const CANONICAL = new Set(['Microsoft-Windows-Sysmon', 'Linux-Sysmon']);

/**
 * Whether an event carries a field as a Splunk search names it: by the event's own name, or by that of a data model
 * (`Processes.process`) or add-on (`process`) that `data/fields.json` leads back to the event. Without a data model,
 * a field that nothing is known of is unchecked: an extraction of the environment's own may fill it.
 */
export function splunkCarriage(field: string, row: LogsourceEvents, event: LogEvent): Carriage {
  if (row.nameFields?.includes(field) || row.values?.[field] !== undefined) return CARRIED;
  const { dataset, name } = splitDataset(field);
  if (DEFAULT_FIELDS.has(name) || (dataset !== null && DATASET_FIELDS.test(name))) return CARRIED;
  if (dataset === null && isOwnName(field, row, event)) return CARRIED;
  const answers = (byName.splunk.get(name) ?? [])
    .filter(({ scoped }) => dataset === null || scoped.in === dataset)
    .map((entry) => answerOf(field, entry, event, dataset !== null))
    .filter((answer) => answer !== null);
  const best =
    answers.find(({ state }) => state === 'carried') ?? answers.find(({ state }) => state === 'missing');
  if (best !== undefined) return best;
  const isForeign = dataset === null && event.open !== true && isNameOf(event.provider, field);
  return isForeign ? MISSING : UNCHECKED;
}

function isOwnName(field: string, row: LogsourceEvents, event: LogEvent): boolean {
  return (row.nameFields === undefined && HEADER.has(field)) || hasField(event, field);
}

export interface Entry {
  readonly canonical: CanonicalField;
  readonly scoped: ScopedName;
}

/** Whose words the names of a place are. */
type Vocabulary = 'splunk' | 'elastic' | 'kusto';

const byName: Readonly<Record<Vocabulary, Map<string, Entry[]>>> = {
  splunk: new Map(),
  elastic: new Map(),
  kusto: new Map(),
};
const datasets = new Set<string>();
for (const canonical of FIELDS) {
  for (const scoped of canonical.names) {
    const vocabulary = vocabularyOf(scoped.in);
    if (vocabulary === 'splunk') datasets.add(scoped.in);
    if (vocabulary === null) continue;
    const entries = byName[vocabulary];
    entries.set(scoped.name, [...(entries.get(scoped.name) ?? []), { canonical, scoped }]);
  }
}

/** The words that a place belongs to; null for an event's own, and for data models of no platform that is read. */
function vocabularyOf(place: string): Vocabulary | null {
  if (place.includes('/')) return null;
  if (/^(?:CIM|Splunk) /.test(place)) return 'splunk';
  if (/^(?:ECS$|Elastic )/.test(place)) return 'elastic';
  return place.includes(' ') || place === 'OCSF' ? null : 'kusto';
}

/** What a name can stand for; `kubernetes.audit.objectRef.name` is in the row of `kubernetes.audit.objectRef.*`. */
export function entriesByName(vocabulary: Vocabulary, name: string): readonly Entry[] {
  const exact = byName[vocabulary].get(name);
  if (exact !== undefined) return exact;
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const family = byName[vocabulary].get(`${name.slice(0, dot)}.*`);
    if (family !== undefined) return family;
  }
  return [];
}

const vocabularies = new Map<string, Set<string>>();
for (const { provider, fields } of EVENTS) {
  const words = vocabularies.get(provider) ?? new Set();
  for (const field of fields) words.add(field);
  vocabularies.set(provider, words);
}

/** Whether some event of a provider has a field of this name. */
export function isNameOf(provider: string, field: string): boolean {
  return vocabularies.get(provider)?.has(field) ?? false;
}

/** `Processes.process`: a field of a dataset, where the crosswalk knows that dataset. */
function splitDataset(field: string): { readonly dataset: string | null; readonly name: string } {
  const dot = field.indexOf('.');
  const dataset = `CIM ${field.slice(0, Math.max(dot, 0))}`;
  return datasets.has(dataset) ? { dataset, name: field.slice(dot + 1) } : { dataset: null, name: field };
}

/** What an event has for a canonical field; null where nothing tells. */
export function answerOf(
  field: string,
  { canonical, scoped }: Entry,
  event: LogEvent,
  inDataset: boolean,
): Carriage | null {
  const own = canonical.names.find((it) => it.in === `${event.provider}/${event.id}`);
  if (own !== undefined) return ownName(field, own, scoped, event);
  if (canonical.product !== undefined) return ownOfProduct(field, canonical, event);
  if (canonical.service !== undefined) return ownOfService(field, canonical.service, canonical.field, event);
  const table = canonical.names.filter((it) => event.channels.includes(it.in));
  if (table.length > 0) return ownOfTable(field, table, scoped, event);
  const logsource = logsourceWith(canonical.category ?? '', event);
  if (logsource !== undefined) {
    return renamed(
      field,
      carriageOf(canonical.field, logsource.row, event, logsource.native),
      canonical.field,
    );
  }
  if (!CANONICAL.has(event.provider)) return null;
  if (hasField(event, canonical.field)) return renamed(field, CARRIED, canonical.field);
  return inDataset && event.open !== true ? MISSING : null;
}

/** An event's own field under another label; null for events of other logs, and those that never had it. */
function ownOfService(field: string, service: string, own: string, event: LogEvent): Carriage | null {
  const isOf = byService
    .get(service)
    ?.some(({ channels = [] }) => channels.some((it) => event.channels.includes(it)));
  if (isOf !== true) return null;
  if (hasField(event, own)) return renamed(field, CARRIED, own);
  const later = eventVersions(event.provider, event.id).some((version) => hasField(version, own));
  return later && event.open !== true ? MISSING : null;
}

/** A field of a product's log; null for events of other logs. */
function ownOfProduct(
  field: string,
  { product, service, field: own }: CanonicalField,
  event: LogEvent,
): Carriage | null {
  const row = LOGSOURCES.find(
    (it) => it.product === product && it.service === service && it.category === null,
  );
  if (row?.channels?.some((channel) => event.channels.includes(channel)) !== true) return null;
  return hasField(event, own.replace(/\.\*$/, '')) || hasField(event, own)
    ? renamed(field, CARRIED, own)
    : null;
}

/** The columns of the event's own table; one that is the same part of the canonical field stands for it. */
function ownOfTable(
  field: string,
  columns: readonly ScopedName[],
  scoped: ScopedName,
  event: LogEvent,
): Carriage | null {
  const same = columns.filter(
    (it) => it.relation !== 'related' && hasField(event, it.name.split('.', 1)[0] ?? ''),
  );
  const whole = same.find((it) => it.part === undefined) ?? same.find((it) => it.part === scoped.part);
  if (whole === undefined) return null;
  return { state: 'carried', as: { field, to: [whole.name], values: null, note: whole.note ?? null } };
}

function ownName(field: string, own: ScopedName, scoped: ScopedName, event: LogEvent): Carriage {
  if (!hasField(event, own.name)) return event.open === true ? UNCHECKED : MISSING;
  const as: MappedField = { field, to: [own.name], values: null, note: own.note ?? null };
  // Something near it, of which an add-on may fill the field: what a test finds there is not known.
  if (own.relation === 'related') return UNCHECKED;
  // Where the event has a part only, such as the name of a file, the whole can't be found there.
  if (own.part !== undefined && own.part !== scoped.part) return { state: 'missing', related: as };
  return { state: 'carried', as };
}

function renamed(field: string, carriage: Carriage, canonical: string): Carriage {
  const bare = { field, to: [canonical], values: null, note: null };
  if (carriage.state === 'carried') return { state: 'carried', as: { ...(carriage.as ?? bare), field } };
  return carriage.state === 'missing' && carriage.related !== null ? UNCHECKED : carriage;
}

/** The log source of a category that means an event, and whether it is one of its own or an alternative. */
function logsourceWith(
  category: string,
  { provider, id }: LogEvent,
): { readonly row: LogsourceEvents; readonly native: boolean } | undefined {
  for (const row of byCategory.get(category) ?? []) {
    const has = (references: LogsourceEvents['events']) =>
      references?.some((it) => it.provider === provider && it.ids.some((one) => one === id)) ?? false;
    if (has(row.events)) return { row, native: true };
    if (has(row.alternatives)) return { row, native: false };
  }
  return undefined;
}

const byService = Map.groupBy(
  LOGSOURCES.filter(({ product }) => product === 'windows'),
  ({ service }) => service,
);
const byCategory = Map.groupBy(LOGSOURCES, ({ category }) => category);
