import type { LanguageId } from '@rulescope/logic';
import type { CanonicalField } from '../events/types.ts';
import { canonicalField } from '../fields.ts';
import {
  aliasIn,
  classesWithField,
  type Entry,
  entriesOf,
  eventsWithAlias,
  fieldOfProduct,
  hasField,
  isFieldOfClass,
  isFieldOfEvents,
  splitDataset,
} from './names-index.ts';
import { classOf, type EventScope, isElastic } from './scope.ts';
import { NAMESAKES } from './tables.ts';
import type { NamedField, Namesake } from './types.ts';

/** How Elastic's agents write the fields of a Windows event. */
export const WINLOG = /^winlog\.(?:event_data|user_data)\./;

/**
 * How Elastic indexes a value a second time, in lower case or by its words (Elastic Common Schema, Conventions:
 * Multi-fields). `process.io.text` is a field of its own.
 */
const MULTI_FIELD = /(?<!\.io)\.(?:caseless|text)$/;

/** What a log source may hold is any text; a product's name is a word. */
const PRODUCT = /^[\w.-]{1,50}$/;

/** Categories whose names stand for those of all events of a machine, where nothing tells the category. */
const GENERAL = new Set(
  'process_creation file_event registry_event network_connection dns_query image_load'.split(' '),
);

/** What names stand for, by their scope: a query tests few fields, often. */
const namesOfScope = new WeakMap<EventScope, Map<string, NamedField | null>>();

/**
 * What a name stands for in events of some scope; null where the crosswalk has nothing for it, or several things
 * that the scope does not tell apart.
 */
export function namedField(field: string, scope: EventScope): NamedField | null {
  const name = withoutMultiField(field, scope.language);
  const known = namesOfScope.get(scope) ?? new Map<string, NamedField | null>();
  namesOfScope.set(scope, known);
  const before = known.get(name);
  if (before !== undefined) return before;
  const found =
    aliasName(name, scope) ??
    ownName(name, scope) ??
    scopedName(name, scope) ??
    sameName(name, scope) ??
    productName(name, scope);
  const named = found === null ? null : withoutNamesake(found, scope);
  known.set(name, named);
  return named;
}

/** A name of Sigma's taxonomy, or the crosswalk's own for events of its class, in a Sigma rule. */
function ownName(name: string, { language, logsource, classes }: EventScope): NamedField | null {
  if (language !== 'sigma') return null;
  const isOwn = canonicalField(name, logsource) !== null || classes.some((it) => isFieldOfClass(name, it));
  return isOwn ? ownField(name) : null;
}

/** The names of the scope's places: those of its classes, else what events of any machine call so. */
function scopedName(field: string, scope: EventScope): NamedField | null {
  const { dataset, name } = splitDataset(field);
  const entries = entriesOf(name).filter(({ scoped }) =>
    dataset === null ? scope.holds(scoped.in) : scoped.in === `CIM ${dataset}`,
  );
  if (entries.length === 0) return null;
  const ofClass = onlyMeaning(
    name,
    entries.filter(({ canonical }) => isOfClass(canonical, scope)),
  );
  return ofClass ?? onlyMeaning(name, entriesAnywhere(entries, scope));
}

/**
 * The names that may stand for events of which nothing tells the class: those of any machine's, the data model's own
 * before those of one integration. Those of a service, which says what it is, have no other names.
 */
function entriesAnywhere(
  entries: readonly Entry[],
  { classes, places, language, events }: EventScope,
): readonly Entry[] {
  if (classes.some(isService)) return [];
  if (places.has('SecurityEvent')) {
    // Other events than 4688 have accounts, objects and processes of other kinds.
    if (events.length > 0 && events.every((event) => !/\/(?:4688|\*)$/.test(event))) return [];
    const own = entries.filter(({ scoped }) => scoped.relation !== 'related');
    return own.filter(({ canonical }) => canonical.category === 'process_creation');
  }
  const general = entries.filter(({ canonical }) => GENERAL.has(canonical.category ?? ''));
  const common = general.filter(({ scoped }) => scoped.in === 'ECS');
  if (common.length > 0) return common;
  return general.length > 0 || language === 'kql' ? general : entries.filter(isOfItsOwn);
}

/** A name in an integration's own namespace is no other's; `event.action` of one log says nothing of another. */
function isOfItsOwn({ scoped }: Entry): boolean {
  if (scoped.name.startsWith('event.')) return false;
  const integration = /^Elastic ([a-z]\w*)/.exec(scoped.in)?.[1];
  return integration === undefined || scoped.name.startsWith(`${integration}.`);
}

/** Whether a class is a product's own log, and not one of a machine's. */
function isService(name: string): boolean {
  return name.includes('/') && !/^(?:linux|macos)\//.test(name);
}

function isOfClass(row: CanonicalField, { classes }: EventScope): boolean {
  const of = classOf(row);
  return of !== null && classes.includes(of);
}

/** What all entries of a name mean; null where they mean several things, or there are none. */
function onlyMeaning(name: string, entries: readonly Entry[]): NamedField | null {
  const [first] = entries;
  if (first === undefined) return null;
  const { part } = first.scoped;
  const field = fullField(name, first);
  const same = entries.every((it) => fullField(name, it) === field && it.scoped.part === part);
  if (!same) return null;
  const isSame = entries.some(({ scoped }) => scoped.relation !== 'related');
  return { field, name, part: part ?? null, isOwn: name === field, isSame };
}

/** A field whose name ends with `*` takes the rest of the name that it was found by. */
function fullField(name: string, { canonical, scoped }: Entry): string {
  const alias = aliasIn(classOf(canonical) ?? '', canonical.field);
  if (alias !== undefined) return alias.field;
  if (!canonical.field.endsWith('*')) return canonical.field;
  return canonical.field.slice(0, -1) + name.slice(scoped.name.length - 1);
}

/**
 * What every event of the scope that has such a field, or its class, calls so: `NewProcessName` of Security 4688 is
 * `Image`, and `ServiceFileName` is that of 4697 beside 7045, which has none. Where nothing tells the events, they are
 * all that have the field.
 */
function aliasName(field: string, { events, classes }: EventScope): NamedField | null {
  const name = field.replace(WINLOG, '');
  const ofClass = classes.some((it) => aliasIn(it, name) !== undefined);
  const having = events.filter((it) => hasField(it, name));
  const told = having.length > 0 || events.length > 0 ? having : eventsWithAlias(name);
  const places = ofClass ? classes : told.length > 0 ? told : events;
  const found = new Set(places.map((place) => aliasIn(place, name)));
  const [alias] = found;
  if (found.size !== 1 || alias === undefined) return null;
  const isSame = alias.relation === undefined;
  return { field: alias.field, name, part: alias.part ?? null, isOwn: false, isSame };
}

/**
 * A canonical name outside Sigma's rules is what it is in them, in events of a class that has the field. A Splunk
 * search of unknown events may call a field so as Sysmon does; names in lower case are those of a data model.
 */
function sameName(field: string, { language, classes, places }: EventScope): NamedField | null {
  if (language === 'sigma') return null;
  const name = isElastic(language) ? field.replace(WINLOG, '') : field;
  const known = classesWithField(name);
  if (known === undefined) return name !== field && isFieldOfEvents(name) ? ownField(name) : null;
  const isWindows =
    name !== field || places.has('SecurityEvent') || (language === 'spl' && /[A-Z]/.test(name));
  return isWindows || classes.some((it) => known.has(it)) ? ownField(name) : null;
}

/** The crosswalk's own name for a field of the product's logs, where nothing tells which of them it is, in any case. */
function productName(name: string, { language, product }: EventScope): NamedField | null {
  if (product === null || isElastic(language)) return null;
  const found = fieldOfProduct(name, product);
  return found === undefined || found === null ? null : ownField(found);
}

/** The field whose value a multi-field of Elastic's holds. */
function withoutMultiField(field: string, language: LanguageId): string {
  return isElastic(language) ? field.replace(MULTI_FIELD, '') : field;
}

function ownField(name: string): NamedField {
  return { field: name, name, part: null, isOwn: true, isSame: true };
}

/**
 * What a field is counted as that no crosswalk knows: its own name, which is a name of its product's. `action` of one
 * product says nothing of another's; names of Windows' events, and those of which nothing tells the product, stay
 * plain, and those of the Elastic Common Schema and of a data model say themselves whose they are. Elastic's agents put
 * a prefix before the former.
 */
export function nativeName(field: string, scope: EventScope): string {
  const { language, product } = scope;
  const name = withoutMultiField(field, language).replace(WINLOG, '');
  const namesake = namesakeOf(name, scope);
  if (namesake !== undefined) return namesake.as;
  if (isElastic(language)) return name;
  if (product === null || product === 'windows' || !PRODUCT.test(product)) return field;
  if (splitDataset(field).dataset !== null) return field;
  return `${field} (${product})`;
}

/** A program's own fields are its own in events of any class: `process.pe.original_file_name` where a library loads. */
function withoutNamesake(named: NamedField, scope: EventScope): NamedField {
  if (/^process\.|^InitiatingProcess/.test(named.name)) return named;
  const row = namesakeOf(named.field, scope);
  if (row === undefined) return named;
  const near = row.relation === undefined ? undefined : { field: row.field, relation: row.relation };
  return { ...named, field: row.as, ...(near === undefined ? {} : { near }) };
}

/** What a field of this name is in all events that the query can mean, else in those of its one class. */
function namesakeOf(field: string, { classes, events }: EventScope): Namesake | undefined {
  const rows = namesakesOfField.get(field);
  if (rows === undefined) return undefined;
  const ofEvents = rows.find((row) => events.length > 0 && events.every((event) => isOfEvents(row, event)));
  if (ofEvents !== undefined || classes.length !== 1) return ofEvents;
  return rows.find((row) => row.class === classes[0]);
}

const namesakesOfField = Map.groupBy(NAMESAKES, ({ field }) => field);

function isOfEvents({ events }: Namesake, event: string): boolean {
  return events?.some((it) => it === event || it === event.replace(/[^/]*$/, '*')) === true;
}
