import { EVENT_FIELDS, EVENTS, eventsOfChannel, eventVersions, LOGSOURCES } from '@rulescope/knowledge';
import { describe, expect, it } from 'vitest';

/** The properties that a row may have, and what each must be. */
type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

const text = (value: unknown): boolean => typeof value === 'string' && value.trim() === value && value !== '';
const optional =
  (check: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === undefined || check(value);
const nullable =
  (check: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === null || check(value);
const listOf =
  (check: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) &&
    value.every(check) &&
    new Set(value.map((it) => JSON.stringify(it))).size === value.length;
const recordOf =
  (check: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    typeof value === 'object' && value !== null && Object.values(value).every(check);
const id = (value: unknown): boolean => Number.isInteger(value) || text(value);

function faultsOf(row: object, shape: Shape): readonly string[] {
  const strangers = Object.keys(row).filter((key) => !Object.hasOwn(shape, key));
  const wrong = Object.entries(shape)
    .filter(([key, check]) => !check((row as Readonly<Record<string, unknown>>)[key]))
    .map(([key]) => key);
  return [...strangers, ...wrong].map((key) => `${key} of ${JSON.stringify(row)}`);
}

const EVENT: Shape = {
  provider: text,
  aliases: optional(listOf(text)),
  channels: (value) => listOf(text)(value) && (value as unknown[]).length > 0,
  id: nullable(id),
  version: (value) => Number.isInteger(value),
  since: optional(text),
  title: text,
  fields: listOf(text),
  open: optional((value) => value === true),
  values: optional(recordOf(listOf(text))),
  needs: optional(listOf(text)),
  fieldNeeds: optional(recordOf(text)),
  note: optional(text),
  source: text,
};

const reference: Shape = { provider: text, ids: listOf(id) };
const LOGSOURCE: Shape = {
  product: nullable(text),
  category: nullable(text),
  service: nullable(text),
  events: optional(listOf((it) => faultsOf(it as object, reference).length === 0)),
  channels: optional(listOf(text)),
  provider: optional(text),
  nameFields: optional(listOf(text)),
  values: optional(recordOf(listOf(text))),
  alternatives: optional(
    listOf((it) => faultsOf(it as object, { ...reference, insteadOf: recordOf(id) }).length === 0),
  ),
  unknown: optional(text),
  note: optional(text),
  source: text,
};

const FIELD: Shape = {
  product: text,
  category: optional(text),
  service: optional(text),
  provider: text,
  ids: listOf(id),
  field: text,
  to: (value) => listOf(text)(value) && (value as unknown[]).length > 0,
  relation: (value) => value === 'same' || value === 'related',
  values: optional(recordOf(text)),
  note: optional(text),
  source: text,
};

const carries = (fields: readonly string[], field: string): boolean =>
  fields.some((name) => name === field || (name.endsWith('*') && field.startsWith(name.slice(0, -1))));

describe('the tables of events', () => {
  it('have rows of the right shape', () => {
    expect(EVENTS.flatMap((row) => faultsOf(row, EVENT))).toEqual([]);
    expect(LOGSOURCES.flatMap((row) => faultsOf(row, LOGSOURCE))).toEqual([]);
    expect(EVENT_FIELDS.flatMap((row) => faultsOf(row, FIELD))).toEqual([]);
  });

  it('name an event by provider, id and version alone', () => {
    // Any record of a product's log has no id: the log then tells them apart.
    const names = EVENTS.map((event) =>
      JSON.stringify([event.provider, event.id, event.version, event.id === null ? event.channels : null]),
    );
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it('keep versions apart only where their fields differ', () => {
    for (const event of EVENTS.filter(({ provider }) => provider.endsWith('Security-Auditing'))) {
      const others = eventVersions(event.provider, event.id).filter((it) => it.version !== event.version);
      for (const other of others) expect(other.fields, `${event.id}`).not.toEqual(event.fields);
    }
  });

  it('bound the values, and state the needs, only of fields that the event has', () => {
    for (const { id, fields, values = {}, fieldNeeds = {} } of EVENTS) {
      for (const field of [...Object.keys(values), ...Object.keys(fieldNeeds)]) {
        expect(carries(fields, field), `${id} ${field}`).toBe(true);
      }
    }
  });

  it('list a log source once, with events or a log or why not', () => {
    const keys = LOGSOURCES.map(({ product, category, service }) =>
      JSON.stringify([product, category, service]),
    );
    expect(new Set(keys).size).toBe(keys.length);
    for (const row of LOGSOURCES) {
      const said = [row.events, row.channels, row.unknown].filter((it) => it !== undefined);
      expect(said, JSON.stringify(row)).toHaveLength(1);
    }
  });

  it('only refer to events that there are', () => {
    for (const { events = [], alternatives = [] } of LOGSOURCES) {
      for (const { provider, ids } of [...events, ...alternatives]) {
        for (const one of ids) expect(eventVersions(provider, one), `${provider} ${one}`).not.toEqual([]);
      }
      for (const { insteadOf } of alternatives) {
        expect(eventVersions(insteadOf.provider, insteadOf.id)).not.toEqual([]);
      }
    }
    // A product's log has at least its one kind of record; a Windows channel may have no event that we know.
    for (const { channels = [], nameFields } of LOGSOURCES) {
      if (nameFields === undefined) continue;
      for (const channel of channels) expect(eventsOfChannel(channel), channel).not.toEqual([]);
    }
  });

  it('map fields to fields that some version of the event has', () => {
    for (const { provider, ids, to, field } of EVENT_FIELDS) {
      for (const one of ids) {
        const versions = eventVersions(provider, one);
        const found = versions.some((event) => to.every((name) => event.fields.includes(name)));
        expect(found, `${provider} ${one} ${field}`).toBe(true);
      }
    }
  });
});

describe('events that are easy to get wrong', () => {
  const fieldsOf = (provider: string, one: number, version: number): readonly string[] | undefined =>
    eventVersions(provider, one).find((event) => event.version === version)?.fields;

  it('4688: no command line in v0, no parent and no integrity level before v2', () => {
    const security = 'Microsoft-Windows-Security-Auditing';
    expect(eventVersions(security, 4688).map((event) => event.version)).toEqual([0, 1, 2]);
    expect(fieldsOf(security, 4688, 0)).not.toContain('CommandLine');
    expect(fieldsOf(security, 4688, 1)).toContain('CommandLine');
    expect(fieldsOf(security, 4688, 1)).not.toContain('ParentProcessName');
    expect(fieldsOf(security, 4688, 1)).not.toContain('MandatoryLabel');
    expect(fieldsOf(security, 4688, 2)).toEqual(
      expect.arrayContaining(['CommandLine', 'ParentProcessName', 'MandatoryLabel']),
    );
    expect(fieldsOf(security, 4688, 2)).not.toContain('OriginalFileName');
  });

  it('Sysmon: 1 to 29 and 255, and what each alone carries', () => {
    const sysmon = 'Microsoft-Windows-Sysmon';
    const ids = EVENTS.filter((event) => event.provider === sysmon).map((event) => event.id);
    expect(ids).toEqual([...Array.from({ length: 29 }, (_, i) => i + 1), 255]);
    const having = (field: string) =>
      EVENTS.filter((event) => event.provider === sysmon && event.fields.includes(field)).map(
        (event) => event.id,
      );
    expect(having('CommandLine')).toEqual([1]);
    expect(having('GrantedAccess')).toEqual([10]);
    expect(having('Details')).toEqual([13]);
    expect(having('NewName')).toEqual([14]);
    expect(having('OriginalFileName')).toEqual([1, 7]);
    expect(having('EventType')).toEqual([12, 13, 14, 17, 18, 19, 20, 21]);
    expect(having('SourceImage')).toEqual([8, 10]);
  });

  it('1102 and 104 are of the provider Microsoft-Windows-Eventlog', () => {
    expect(eventVersions('Microsoft-Windows-Eventlog', 1102)[0]?.channels).toEqual(['Security']);
    expect(eventVersions('Microsoft-Windows-Eventlog', 104)[0]?.channels).toEqual(['System']);
    expect(eventVersions('Microsoft-Windows-Security-Auditing', 1102)).toEqual([]);
  });

  it('the classic PowerShell events have their fields inside Data', () => {
    for (const one of [400, 600, 800]) {
      const [event] = eventVersions('PowerShell', one);
      expect(event?.channels).toEqual(['Windows PowerShell']);
      expect(event?.fields).toEqual(['Data']);
    }
  });

  it('3008 is of DNS-Client, in the channel DNS Client Events, and knows no process', () => {
    const [event] = eventVersions('Microsoft-Windows-DNS-Client', 3008);
    expect(event?.channels).toEqual(['Microsoft-Windows-DNS Client Events/Operational']);
    expect(event?.fields).toContain('QueryName');
    expect(event?.fields).not.toContain('Image');
  });
});
