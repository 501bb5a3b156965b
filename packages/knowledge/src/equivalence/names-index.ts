import { EVENTS, FIELDS } from '../events/tables.ts';
import type { CanonicalField, ScopedName } from '../events/types.ts';
import { SIGMA_FIELDS } from '../fields.ts';
import { classOf } from './scope.ts';
import { ALIASES, NAMESAKES } from './tables.ts';
import type { Alias } from './types.ts';

/** A name of the crosswalk, and the canonical field that it is one of. */
export interface Entry {
  readonly canonical: CanonicalField;
  readonly scoped: ScopedName;
}

const entriesOfName = new Map<string, Entry[]>();
/** The datasets of the Common Information Model that the crosswalk knows. */
const datasets = new Set<string>();
for (const canonical of FIELDS) {
  for (const scoped of canonical.names) {
    entriesOfName.set(scoped.name, [...(entriesOfName.get(scoped.name) ?? []), { canonical, scoped }]);
    if (scoped.in.startsWith('CIM ')) datasets.add(scoped.in.slice('CIM '.length));
  }
}

/** The classes whose events have a canonical field; empty where it is one of any class. */
const classesOfName = new Map<string, Set<string>>();
const addClass = (field: string, name: string | null): void => {
  const known = classesOfName.get(field) ?? new Set();
  classesOfName.set(field, name === null ? known : known.add(name));
};
for (const { fields, logsources } of SIGMA_FIELDS) {
  for (const field of fields) for (const logsource of logsources) addClass(field, classOf(logsource));
}
for (const row of FIELDS) addClass(row.field, classOf(row));

/** The canonical fields of the crosswalk by the class of their events. */
const rowsOfClass = new Map<string, Set<string>>();
for (const row of FIELDS) {
  const name = classOf(row);
  if (name !== null) rowsOfClass.set(name, (rowsOfClass.get(name) ?? new Set()).add(row.field));
}

/** The crosswalk's names of fields of a product's logs, by the names in lower case; null where two are meant. */
const fieldsOfProduct = new Map<string, Map<string, string | null>>();
for (const row of FIELDS) {
  if (row.product === null || row.product === undefined) continue;
  const known = fieldsOfProduct.get(row.product) ?? new Map<string, string | null>();
  fieldsOfProduct.set(row.product, known);
  const name = row.field.toLowerCase();
  const as = NAMESAKES.find((it) => it.field === row.field && it.class === classOf(row))?.as ?? row.field;
  known.set(name, known.has(name) && known.get(name) !== as ? null : as);
}

/** Aliases by the class or the event, and the name. */
const aliases = new Map(
  ALIASES.flatMap((row) =>
    row.names.map((name) => [`${row.class ?? row.event ?? ''} ${name}`, row] as const),
  ),
);

/** The fields of events, of any version, by `PROVIDER/ID`. */
const fieldsOfEvent = new Map<string, Set<string>>();
for (const { provider, id, fields } of EVENTS) {
  const known = fieldsOfEvent.get(`${provider}/${id}`) ?? new Set();
  fieldsOfEvent.set(`${provider}/${id}`, new Set([...known, ...fields]));
}
const fieldsOfEvents = new Set(EVENTS.flatMap(({ fields }) => fields));

/** The events that have a field, for those that an alias is of. */
const eventsOfField = new Map<string, readonly string[]>();
for (const name of new Set(ALIASES.flatMap(({ names, event }) => (event === undefined ? [] : names)))) {
  const events = [...fieldsOfEvent].filter(([, fields]) => fields.has(name)).map(([event]) => event);
  eventsOfField.set(name, events);
}

/** What the crosswalk has under a name: as it is written, else by the longest `a.*` that it is below. */
export function entriesOf(name: string): readonly Entry[] {
  return entriesOfName.get(name) ?? prefixed(name);
}

/** The names that end with `*`, longest first. */
function prefixed(name: string): readonly Entry[] {
  if (!name.includes('.')) return [];
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const found = entriesOfName.get(`${name.slice(0, dot)}.*`);
    if (found !== undefined) return found;
  }
  return [];
}

/** Whether the crosswalk has the name anywhere, or it is one of a canonical field. */
export function isInCrosswalk(name: string): boolean {
  return classesOfName.has(name) || entriesOf(name).length > 0;
}

/** The classes whose events have a canonical field; undefined where no canonical field is called so. */
export function classesWithField(name: string): ReadonlySet<string> | undefined {
  return classesOfName.get(name);
}

/** Whether the crosswalk calls a field of some class so; `objectRef.*` is all below `objectRef`. */
export function isFieldOfClass(name: string, itsClass: string): boolean {
  const fields = rowsOfClass.get(itsClass);
  if (fields === undefined) return false;
  return fields.has(name) || parentsOf(name).some((parent) => fields.has(`${parent}.*`));
}

/**
 * The crosswalk's own name for a field of a product's logs, in any case; null where two are meant, undefined where it
 * has none.
 */
export function fieldOfProduct(name: string, product: string): string | null | undefined {
  const fields = fieldsOfProduct.get(product);
  const lower = name.toLowerCase();
  const found = fields?.get(lower);
  if (found !== undefined) return found;
  return parentsOf(lower).some((parent) => fields?.has(`${parent}.*`) === true) ? name : undefined;
}

/** What a name is another name of in a class, or in an event (`PROVIDER/ID`). */
export function aliasIn(place: string, name: string): Alias | undefined {
  return aliases.get(`${place} ${name}`);
}

/** Whether an event, in any version, has a field. */
export function hasField(event: string, name: string): boolean {
  return fieldsOfEvent.get(event)?.has(name) === true;
}

/** Whether some event, of any provider, has a field. */
export function isFieldOfEvents(name: string): boolean {
  return fieldsOfEvents.has(name);
}

/** The events that have a field, where it is another name in one of them. */
export function eventsWithAlias(name: string): readonly string[] {
  return eventsOfField.get(name) ?? [];
}

/** `Processes.process`: a dataset of the Common Information Model, where the crosswalk knows it. */
export function splitDataset(field: string): { readonly dataset: string | null; readonly name: string } {
  const dot = field.indexOf('.');
  const dataset = field.slice(0, Math.max(dot, 0));
  return datasets.has(dataset) ? { dataset, name: field.slice(dot + 1) } : { dataset: null, name: field };
}

/** `a.b[0].c` lies in `a.b[0]`, `a.b` and `a`. */
export function parentsOf(name: string): readonly string[] {
  const parents: string[] = [];
  for (let at = 1; at < name.length; at += 1) {
    if ('.[{'.includes(name.charAt(at))) parents.push(name.slice(0, at));
  }
  return parents;
}
