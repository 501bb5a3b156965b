import type { Expression, LanguageId, Source, Stage } from '@rulescope/logic';
import { LANGUAGES, visit } from '@rulescope/logic';
import type { EventId } from '../events/types.ts';
import type { Logsource } from '../logsource.ts';
import { type Systems, systemsOf } from './systems.ts';
import { CLASS_RULES } from './tables.ts';
import type { ClassRule } from './types.ts';

/** What is known of the events that a query looks at: names mean one thing there, and may mean another elsewhere. */
export interface EventScope extends Systems {
  readonly language: LanguageId;
  readonly logsource: Logsource;
  /** Categories of Sigma's, services of Windows, or `product/service`; empty where nothing tells. */
  readonly classes: readonly string[];
  /** The product whose names these are, as Sigma's log sources call it; null where nothing tells, or several do. */
  readonly product: string | null;
  /** `PROVIDER/ID` of each event that it can mean. */
  readonly events: readonly string[];
  /** The tables of a Kusto query. */
  readonly places: ReadonlySet<string>;
  /** Whether names of a place, as `data/fields.json` calls it, are names of these events. */
  readonly holds: (place: string) => boolean;
}

/** What a scope is told by. */
export interface ScopeFacts {
  readonly language: LanguageId;
  /** Those of the query, or where it has none, of the one around it. */
  readonly sources: readonly Source[];
  /** A Sigma rule's own; nulls elsewhere. */
  readonly logsource: Logsource;
  readonly events: readonly { readonly provider: string | null; readonly id: EventId }[];
  /** The categories and services under which Sigma would look for these events. */
  readonly logsources: readonly Logsource[];
  readonly where: readonly Expression[];
}

/** Tells the scope of a query. */
export function eventScope(facts: ScopeFacts): EventScope {
  const { language, logsource, sources } = facts;
  const tests = wantedValues(facts.where);
  const places = new Set(sources.filter(({ kind }) => kind === 'table').map(({ value }) => value));
  const schemas = CLASS_RULES.filter((rule) => rule.place !== undefined && isToldBy(rule, sources, tests));
  const held = new Set([...places, ...schemas.map(({ place = '' }) => place)]);
  const events = facts.events.map(({ provider, id }) => `${provider ?? ''}/${id ?? '*'}`);
  const classes = classesOf(facts, tests);
  return {
    language,
    logsource,
    classes,
    product: productOf(facts, classes),
    events,
    ...systemsOf(facts),
    places,
    holds: (place) => holds(language, held, events, place),
  };
}

/** The class of a log source: its category; else its service, with the product where that is not Windows. */
export function classOf({
  product = null,
  category = null,
  service = null,
}: {
  readonly [Part in keyof Logsource]?: string | null | undefined;
}): string | null {
  if (category !== null) return familyOf(category);
  if (service === null) return null;
  return product === null || product === 'windows' ? service : `${product}/${service}`;
}

/** The narrower categories of registry events have the fields of all; what is deleted there is a class of its own. */
function familyOf(category: string): string {
  const isSet = category.startsWith('registry_') && category !== 'registry_delete';
  return isSet ? 'registry_event' : category;
}

export function isElastic(language: LanguageId): boolean {
  return LANGUAGES[language].platform === 'elastic';
}

function holds(
  language: LanguageId,
  tables: ReadonlySet<string>,
  events: readonly string[],
  place: string,
): boolean {
  // Names in Windows' own events are those of data/aliases.json: most are near the field only.
  if (place.includes('/')) return events.includes(place) && !place.startsWith('Microsoft-Windows-');
  if (language === 'kql') return tables.has(place);
  if (language === 'sigma') return RECORDS.has(place) || place.startsWith('Elastic ');
  if (isElastic(language)) return place === 'ECS' || place.startsWith('Elastic ');
  return place.startsWith('CIM ') || place.startsWith('Splunk ') || SPLUNK_PLACES.has(place);
}

/** Records of which Sigma's rules may use the names as their product writes them. */
const RECORDS: ReadonlySet<string> = new Set(['Azure Monitor record', 'Splunk GCP']);

/** Records that Splunk keeps as their product writes them. */
const SPLUNK_PLACES: ReadonlySet<string> = new Set(['Azure Monitor record', 'OCSF']);

/** The values that a query wants of the fields which tell classes. */
type Wanted = ReadonlyMap<string, readonly string[]>;

const CLASS_FIELDS = new Set(CLASS_RULES.flatMap(({ tests = [] }) => tests.map(({ field }) => field)));

function wantedValues(where: readonly Expression[]): Wanted {
  const wanted = new Map<string, string[]>();
  const add = (part: Expression, negated: boolean) => {
    if (negated || !('test' in part) || part.test.field === null || part.test.op !== 'eq') return;
    const { field, values } = part.test;
    if (!CLASS_FIELDS.has(field)) return;
    const known = wanted.get(field) ?? [];
    known.push(...values.map((value) => String(value).toLowerCase()));
    wanted.set(field, known);
  };
  for (const expression of where) visit(expression, add, false);
  return wanted;
}

function classesOf(facts: ScopeFacts, wanted: Wanted): readonly string[] {
  const told = CLASS_RULES.filter((rule) => isToldBy(rule, facts.sources, wanted));
  const classes = new Set(commonClasses(facts, told));
  const replaced = new Set<string>();
  for (const rule of told) {
    if (rule.instead === undefined || !classes.has(rule.instead)) continue;
    classes.add(rule.class);
    if (isAllOf(rule, wanted)) replaced.add(rule.instead);
  }
  return [...classes].filter((name) => !replaced.has(name));
}

/** The classes before those that stand in for one of them: a Sigma category, what rows tell, or the log sources. */
function commonClasses(
  { language, logsource, logsources }: ScopeFacts,
  told: readonly ClassRule[],
): readonly string[] {
  if (language === 'sigma' && logsource.category !== null) return distinct([classOf(logsource)]);
  const classes = told.flatMap((rule) => (rule.instead === undefined ? [rule.class] : []));
  return distinct(classes.length > 0 ? classes : [...logsources.map(classOf), classOf(logsource)]);
}

/** That of the rule's own log source, of its classes, or of its events. */
function productOf({ logsource, logsources }: ScopeFacts, classes: readonly string[]): string | null {
  if (logsource.product !== null) return logsource.product;
  const ofClasses = classes.map((it) => (it.includes('/') ? it.slice(0, it.indexOf('/')) : null));
  const isTold = ofClasses.length > 0 && !ofClasses.includes(null);
  const products = new Set(isTold ? ofClasses : logsources.map(({ product }) => product));
  const [product] = products;
  return products.size === 1 ? (product ?? null) : null;
}

function isToldBy(
  { sources: places, tests }: ClassRule,
  sources: readonly Source[],
  wanted: Wanted,
): boolean {
  const isPlace =
    places === undefined ||
    places.some(({ kind, values }) =>
      sources.some((source) => source.kind === kind && values.some((value) => matches(value, source.value))),
    );
  if (!isPlace || tests === undefined) return isPlace;
  return tests.some(({ field, values }) =>
    wanted.get(field)?.some((value) => values.some((name) => name.toLowerCase() === value)),
  );
}

/** Whether the query wants these events only. */
function isAllOf({ instead, tests = [] }: ClassRule, wanted: Wanted): boolean {
  if (instead === undefined) return false;
  return tests.some(({ field, values }) => {
    const names = new Set(values.map((value) => value.toLowerCase()));
    return wanted.get(field)?.every((value) => names.has(value)) === true;
  });
}

/** Whether a value is that of a pattern; `*` at its end stands for anything. */
function matches(pattern: string, value: string): boolean {
  if (!pattern.endsWith('*')) return pattern === value;
  return value.startsWith(pattern.slice(0, -1));
}

function distinct(names: readonly (string | null)[]): readonly string[] {
  return [...new Set(names)].filter((name) => name !== null);
}

/** The conditions of a query's own stages. */
export function conditionsOf(stages: readonly Stage[]): readonly Expression[] {
  return stages.flatMap(({ where, kind }) => (where === null || kind === 'declare' ? [] : [where]));
}
