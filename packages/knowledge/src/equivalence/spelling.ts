import type { LanguageId, Source } from '@rulescope/logic';
import { eventsOfChannel, eventVersions } from '../events/lookup.ts';
import { scopesOf } from '../events/platform-sources.ts';
import { EVENTS, FIELDS, LOGSOURCES, PLATFORM_SOURCES } from '../events/tables.ts';
import { SIGMA_FIELDS } from '../fields.ts';
import { namedField, WINLOG } from './names.ts';
import { parentsOf } from './names-index.ts';
import { type Likeness, nearName } from './near-name.ts';
import { classOf, type EventScope, isElastic } from './scope.ts';
import { ownStatus } from './status.ts';
import { ALIASES, NATIVE_NAMES } from './tables.ts';

const FIELD: Likeness = { byCase: true, byPlural: false };
/** What a search extracts itself is often in lower case. */
const SPLUNK_FIELD: Likeness = { byCase: false, byPlural: false };
const SOURCE: Likeness = { byCase: false, byPlural: true };
/** Names in Kusto are those of one case alone (Kusto, Entity names). */
const TABLE: Likeness = { byCase: true, byPlural: true };

/** A query of more unknown names than this is none that a person misspelt. */
const MOST = 200;

/**
 * The name that a misspelt field most likely means: one that its own scope has, be it an event, a table, a class, a data
 * model or the Elastic Common Schema. Null where the name is known anywhere, or none is near.
 */
export function misspeltField(field: string, scope: EventScope): string | null {
  const known = meantInScope.get(scope) ?? new Map<string, string | null>();
  meantInScope.set(scope, known);
  const before = known.get(field);
  if (before !== undefined) return before;
  if (known.size > MOST) return null;
  const meant = isElastic(scope.language) ? meantByElastic(field, scope) : meantByOthers(field, scope);
  known.set(field, meant);
  return meant;
}

/** A query tests few fields, often. */
const meantInScope = new WeakMap<EventScope, Map<string, string | null>>();

function meantByElastic(field: string, scope: EventScope): string | null {
  const names = elasticNames();
  const name = field.replace(WINLOG, '');
  if (names.has(field) || ofEvents().has(name)) return null;
  // What a record holds below a field that is known is the product's own.
  if (parentsOf(field).some((parent) => names.has(parent) || names.has(`${parent}.*`))) return null;
  if (name === field) return nearName(field, names, FIELD);
  const meant = nearName(name, fieldsOfEvents(scope.events), FIELD);
  return meant === null ? null : field.slice(0, -name.length) + meant;
}

function meantByOthers(field: string, scope: EventScope): string | null {
  if (scope.language === 'spl') {
    const dot = field.indexOf('.');
    const names = namesOfDataset().get(field.slice(0, Math.max(dot, 0)));
    if (names !== undefined) return meantByDataset(field.slice(0, dot), field.slice(dot + 1), names);
  }
  if (ownStatus(field, scope.language) !== 'unknown' || namedField(field, scope) !== null) return null;
  if (scope.language !== 'kql') {
    return nearName(field, namesOf(scope), scope.language === 'spl' ? SPLUNK_FIELD : FIELD);
  }
  // What lies in a column is no column of its own.
  const column = /^[^.[]*/.exec(field)?.[0] ?? field;
  const meant = ownStatus(column, 'kql') === 'unknown' ? nearName(column, namesOf(scope), FIELD) : null;
  return meant === null ? null : meant + field.slice(column.length);
}

function meantByDataset(dataset: string, name: string, names: readonly string[]): string | null {
  if (names.includes(name) || ownStatus(name, 'spl') !== 'unknown') return null;
  const meant = nearName(name, names, SPLUNK_FIELD);
  return meant === null ? null : `${dataset}.${meant}`;
}

/** The names that fields of a scope have; where that is misspelt itself, of what it most likely means. */
function namesOf({ language, classes, events, places }: EventScope): readonly string[] {
  if (language === 'kql') return [...places].flatMap((place) => namesAt(place, namesOfTable(), TABLE));
  const ofClasses = classes.flatMap((it) => namesAt(it, namesOfClass(), SOURCE));
  return [...new Set([...ofClasses, ...fieldsOfEvents(events)])];
}

function namesAt(
  place: string,
  names: ReadonlyMap<string, readonly string[]>,
  likeness: Likeness,
): readonly string[] {
  return names.get(place) ?? names.get(nearName(place, names.keys(), likeness) ?? '') ?? [];
}

function fieldsOfEvents(events: readonly string[]): readonly string[] {
  return events.flatMap((event) => {
    const slash = event.lastIndexOf('/');
    const id = event.slice(slash + 1);
    const versions = eventVersions(event.slice(0, slash), /^\d+$/.test(id) ? Number(id) : id);
    return versions.flatMap(({ fields }) => fields).filter((name) => !name.endsWith('*'));
  });
}

const ofEvents = once(() => new Set(EVENTS.flatMap(({ fields }) => fields)));

const elasticNames = once(
  () =>
    new Set([
      ...FIELDS.flatMap(({ names }) => names)
        .filter((scoped) => scoped.in === 'ECS' || scoped.in.startsWith('Elastic '))
        .map(({ name }) => name),
      ...EVENTS.filter(({ provider }) => provider.startsWith('Elastic'))
        .flatMap(({ fields }) => fields)
        // What the tables say of a field set as a whole names none of its fields.
        .filter((name) => !name.endsWith('*')),
    ]),
);

/** The fields of the data sets of the Common Information Model. */
const namesOfDataset = once(() => {
  const found = new Map<string, string[]>();
  for (const scoped of FIELDS.flatMap(({ names }) => names)) {
    if (!scoped.in.startsWith('CIM ')) continue;
    add(found, scoped.in.slice('CIM '.length), scoped.name);
  }
  return found;
});

/** The columns of the tables of Azure Monitor and Defender. */
const namesOfTable = once(() => {
  const found = new Map<string, string[]>();
  for (const { names, columns = [] } of PLATFORM_SOURCES.get('kusto') ?? []) {
    for (const table of names) {
      const own = eventsOfChannel(table).flatMap(({ fields }) => fields);
      add(found, table, ...columns, ...own.filter((name) => !name.endsWith('*')));
    }
  }
  for (const { title, languages, names } of NATIVE_NAMES) {
    if (languages.includes('kql') && !title.includes(' ')) {
      add(found, title, ...names.filter((name) => !name.endsWith('*')));
    }
  }
  for (const scoped of FIELDS.flatMap(({ names }) => names)) {
    if (/^\w+$/.test(scoped.in) && scoped.in !== 'ECS' && scoped.in !== 'OCSF')
      add(found, scoped.in, scoped.name);
  }
  return found;
});

/** The canonical fields of the events of a class. */
const namesOfClass = once(() => {
  const found = new Map<string, string[]>();
  for (const row of FIELDS) add(found, classOf(row) ?? '', row.field);
  for (const { names, class: of } of ALIASES) if (of !== undefined) add(found, of, ...names);
  for (const { logsources, fields } of SIGMA_FIELDS) {
    for (const logsource of logsources) add(found, classOf(logsource) ?? '', ...fields);
  }
  found.delete('');
  return found;
});

function add(found: Map<string, string[]>, key: string, ...names: readonly string[]): void {
  const known = found.get(key);
  if (known === undefined) found.set(key, [...names]);
  else known.push(...names);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** A part of a source that is misspelt, and what it most likely means. */
export interface MisspeltSource {
  readonly kind: string;
  readonly written: string;
  readonly meant: string;
}

/** The parts of a source that are not known and near to one of their kind that is: a table, a log source, a source type. */
export function misspeltSource({ kind, value }: Source, language: LanguageId): readonly MisspeltSource[] {
  if (language === 'sigma') return kind === 'logsource' ? misspeltLogsource(value) : [];
  const names = namesOfKind(language, kind);
  if (names.includes(value) || /[*?]/.test(value)) return [];
  if (language === 'spl' && scopesOf('splunk', { kind, value }).length > 0) return [];
  const meant = nearName(value, names, kind === 'table' ? TABLE : SOURCE);
  return meant === null ? [] : [{ kind, written: value, meant }];
}

const PARTS = ['product', 'category', 'service'] as const;

function misspeltLogsource(value: string): readonly MisspeltSource[] {
  const written = value.split('/');
  return PARTS.flatMap((kind, at) => {
    const part = written[at] ?? '';
    const names = logsourceNames()[kind];
    if (part === '' || names.has(part)) return [];
    const meant = nearName(part, names, SOURCE);
    return meant === null ? [] : [{ kind, written: part, meant }];
  });
}

const logsourceNames = once(() => {
  const named = (part: (typeof PARTS)[number]) =>
    new Set(LOGSOURCES.map((row) => row[part]).filter((name) => name !== null));
  return { product: named('product'), category: named('category'), service: named('service') };
});

function namesOfKind(language: LanguageId, kind: string): readonly string[] {
  if (language === 'kql') return kind === 'table' ? [...namesOfTable().keys()] : [];
  if (language === 'spl') return splunkNames().get(kind) ?? [];
  return [];
}

const SPLUNK_KINDS = new Set(['source', 'sourcetype', 'eventtype', 'datamodel']);

const splunkNames = once(() => {
  const channels = LOGSOURCES.filter(({ product }) => product === 'windows').flatMap(
    (row) => row.channels ?? [],
  );
  const found = new Map<string, string[]>();
  for (const { kind, names } of PLATFORM_SOURCES.get('splunk') ?? []) {
    if (!SPLUNK_KINDS.has(kind)) continue;
    for (const name of names) {
      if (name.includes('{channel}'))
        add(found, kind, ...channels.map((it) => name.replace('{channel}', it)));
      else if (!name.includes('*')) add(found, kind, name);
    }
  }
  return found;
});
