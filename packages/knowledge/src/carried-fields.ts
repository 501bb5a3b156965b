import type { LanguageId } from '@rulescope/logic';
import { eventScope } from './equivalence/index.ts';
import { namedField, nativeName } from './equivalence/names.ts';
import { classOf, type EventScope } from './equivalence/scope.ts';
import { logsourceOfEvent } from './events/lookup.ts';
import { EVENT_FIELDS, EVENTS, FIELDS, PLATFORM_SOURCES } from './events/tables.ts';
import type { LogEvent } from './events/types.ts';
import type { Logsource } from './logsource.ts';

/** A field of an event, and the names under which rules on the event have it. */
export interface CarriedField {
  /** As the event writes it; `name.*` stands for all that start so. */
  readonly field: string;
  /**
   * As indicators name it, whatever the language of the rule: the canonical names, a part of one (`Image (file name)`),
   * and the event's own where that is counted. `name.*` stands for all that start so.
   */
  readonly names: readonly string[];
}

/** An event that carries a field, and its own names for it. */
export interface Carrier {
  readonly event: LogEvent;
  readonly fields: readonly string[];
}

/**
 * The fields of an event, each with the names under which tests on it are counted: `FileName` of Defender's
 * ProcessCreated is `Image`, as are Sysmon's `Image` and `NewProcessName` of Security 4688. By `data/events-fields.json`,
 * the crosswalk and its aliases, as for an event's rules.
 */
export function carriedFields(event: LogEvent): readonly CarriedField[] {
  const known = carriedByEvent.get(event);
  if (known !== undefined) return known;
  const scope = scopeOf(event);
  const found = event.fields.map((field) => ({ field, canonical: canonicalNames(field, event, scope) }));
  const taken = new Map(found.flatMap(({ field, canonical }) => canonical.map((name) => [name, field])));
  const carried = found.map(({ field, canonical }) => {
    const isNative = canonical.length === 0 && !field.endsWith('*');
    const own = isNative ? [field, nativeName(field, scope)] : [field];
    // A name that is another field's in rules says nothing of this one: 4688's ProcessId is that of the creator.
    const ownOnly = own.filter((name) => (taken.get(name) ?? field) === field);
    return { field, names: [...new Set([...canonical, ...ownOnly])] };
  });
  carriedByEvent.set(event, carried);
  return carried;
}

const carriedByEvent = new WeakMap<LogEvent, readonly CarriedField[]>();

/**
 * The events that carry a field, by any of its names and in any case: of each the first version that does, in the order
 * of the tables.
 */
export function carriersOf(field: string): readonly Carrier[] {
  index ??= indexOf(EVENTS);
  const name = field.toLowerCase();
  const found = new Map<LogEvent, Set<string>>();
  const add = ({ event, field: own }: Naming): void => {
    found.set(event, (found.get(event) ?? new Set()).add(own));
  };
  for (const naming of index.exact.get(name) ?? []) add(naming);
  for (const { prefix, naming } of index.prefixes) {
    if (name.startsWith(prefix)) add(naming);
  }
  const first = new Map<string, Carrier>();
  for (const event of [...found.keys()].toSorted((a, b) => placeOf(a) - placeOf(b))) {
    const key = JSON.stringify([event.provider, event.id]);
    if (!first.has(key)) first.set(key, { event, fields: [...(found.get(event) ?? [])] });
  }
  return [...first.values()];
}

interface Naming {
  readonly event: LogEvent;
  readonly field: string;
}

interface FieldIndex {
  /** By the name in lower case. */
  readonly exact: ReadonlyMap<string, readonly Naming[]>;
  /** Of names that end with `*`, what is before it. */
  readonly prefixes: readonly { readonly prefix: string; readonly naming: Naming }[];
  readonly places: ReadonlyMap<LogEvent, number>;
}

/** Made when it is first asked for: a command that asks for no field does not pay for it. */
let index: FieldIndex | null = null;

function placeOf(event: LogEvent): number {
  return index?.places.get(event) ?? 0;
}

function indexOf(events: readonly LogEvent[]): FieldIndex {
  const exact = new Map<string, Naming[]>();
  const prefixes: FieldIndex['prefixes'][number][] = [];
  for (const event of events) {
    for (const { field, names } of carriedFields(event)) {
      for (const name of names) {
        const naming = { event, field };
        const lower = name.toLowerCase();
        if (lower.endsWith('*')) prefixes.push({ prefix: lower.slice(0, -1), naming });
        else if (exact.get(lower)?.push(naming) === undefined) exact.set(lower, [naming]);
      }
    }
  }
  return { exact, prefixes, places: new Map(events.map((event, i) => [event, i])) };
}

/** The canonical names of an event's field. */
function canonicalNames(field: string, event: LogEvent, scope: EventScope): readonly string[] {
  const mapped = (mappings.get(keyOf(event)) ?? []).filter(({ to }) => to.includes(field));
  const written = field.endsWith('.*') ? namesBelow(field.slice(0, -1), scope) : [field];
  const named = written.flatMap((name) => {
    const it = namedField(name, scope);
    if (it?.isSame !== true) return [];
    // What is said of a part is counted under the whole where the two say the same.
    return it.part === null ? [it.field] : [it.field, `${it.field} (${it.part})`];
  });
  return [...new Set([...mapped.map((row) => row.field), ...named])];
}

/** What the events of a provider and id have for the fields of a log source. */
const mappings = Map.groupBy(
  EVENT_FIELDS.filter(({ relation }) => relation === 'same').flatMap(({ provider, ids, field, to }) =>
    ids.map((id) => ({ key: keyOf({ provider, id }), field, to })),
  ),
  ({ key }) => key,
);

function keyOf({ provider, id }: Pick<LogEvent, 'provider' | 'id'>): string {
  return JSON.stringify([provider, id]);
}

/** The names of the crosswalk that lie below another, each with the classes of events that it is one of. */
const innerNames = new Map<string, Set<string | null>>();
for (const row of FIELDS) {
  for (const { name } of row.names) {
    if (!name.includes('.') || name.endsWith('*')) continue;
    innerNames.set(name, (innerNames.get(name) ?? new Set()).add(classOf(row)));
  }
}

/** The names of the crosswalk that start so, in events of the scope's classes. */
function namesBelow(prefix: string, { classes }: EventScope): readonly string[] {
  const below = namesByPrefix.get(prefix) ?? [...innerNames].filter(([name]) => name.startsWith(prefix));
  namesByPrefix.set(prefix, below);
  return below.filter(([, its]) => classes.some((it) => its.has(it))).map(([name]) => name);
}

const namesByPrefix = new Map<
  string,
  readonly (readonly [name: string, its: ReadonlySet<string | null>])[]
>();

const NO_LOGSOURCE: Logsource = { product: null, category: null, service: null };

const tables = new Set(
  (PLATFORM_SOURCES.get('kusto') ?? []).flatMap(({ kind, names }) => (kind === 'table' ? names : [])),
);

/** What a query on this event alone looks at, in the language whose rules write the event's own names. */
function scopeOf(event: LogEvent): EventScope {
  const { provider, channels, id } = event;
  const language = languageOf(event);
  const logsource = logsourceOfEvent(event);
  return eventScope({
    language,
    sources: channels.filter((name) => tables.has(name)).map((value) => ({ kind: 'table', value })),
    logsource: language === 'sigma' ? (logsource ?? NO_LOGSOURCE) : NO_LOGSOURCE,
    logsources: logsource === null ? [] : [logsource],
    events: [{ provider, id }],
    where: [],
  });
}

function languageOf({ channels, fields }: LogEvent): LanguageId {
  if (channels.some((name) => tables.has(name))) return 'kql';
  return fields.includes('event.category') ? 'eql' : 'sigma';
}
