import type { Expression, Value } from '@rulescope/logic';

/** What the value of a name or an expression is made of. */
export type Operand =
  /** A field of the event, through functions (innermost first). */
  | { readonly kind: 'field'; readonly name: string; readonly through: readonly string[] }
  | { readonly kind: 'constant'; readonly value: Value }
  /** The value of the first option whose condition holds; none where no condition does. */
  | { readonly kind: 'choice'; readonly options: readonly Choice[] }
  /** A column of a lookup table whose content is known, found by fields of the event. */
  | { readonly kind: 'lookup'; readonly rows: LookupMatch; readonly column: string }
  /** Made of no field, but not known beforehand: `now()`. */
  | { readonly kind: 'clock'; readonly text: string }
  /** Made of several fields or events, or in a way that is not followed; the text says how it is called. */
  | { readonly kind: 'computed'; readonly name: string }
  /** Not known: a macro, a subsearch, a part that could not be read. */
  | { readonly kind: 'unknown' };

export interface Choice {
  /** What must hold for it to be chosen; null where nothing must, or the value says it itself. */
  readonly when: Expression | null;
  /** What holds where it is not chosen; null for the last one, which always is. */
  readonly unless: Expression | null;
  readonly value: Operand;
}

/** The use of a known table: which field is looked up in which of its columns. */
export interface LookupMatch {
  readonly table: string;
  readonly keys: readonly { readonly column: string; readonly field: Operand }[];
}

/**
 * What the names of fields mean at one place of a pipeline. A pipeline owns its names and its commands set them anew
 * in place: copying them for each command would make a long search take time by the square of its length.
 */
export interface Fields {
  readonly names: Map<string, Operand>;
  /** Whether a name that is not listed is a field of the event, or something that the pipeline has lost or made. */
  readonly rest: 'event' | 'computed';
  /**
   * Patterns that were renamed while names of the event were still open: `a.*` to `b_*`. Without a `from` the names
   * of the pattern are computed.
   */
  readonly patterns: readonly { readonly from: string | null; readonly to: string }[];
  /**
   * Where a lookup has added columns that nobody knows: the words that the search had written before it. A name
   * that is made of others may be one of those columns.
   */
  readonly written?: ReadonlySet<string>;
}

/** At the start of a pipeline every name is a field of the event. */
export function eventFields(): Fields {
  return { names: new Map(), rest: 'event', patterns: [] };
}

/** The same names, for a pipeline inside that may change them. */
export function copyOf(fields: Fields): Fields {
  return { ...fields, names: new Map(fields.names) };
}

/** What a name means. */
export function resolve(fields: Fields, name: string): Operand {
  const known = fields.names.get(name);
  if (known !== undefined) return known;
  for (const { from, to } of fields.patterns) {
    const star = matchStar(to, name);
    if (star !== null && from === null) return { kind: 'computed', name };
    if (star !== null && from !== null && isOfEvent(fields, name)) {
      return { kind: 'field', name: from.replace('*', star), through: [] };
    }
  }
  return fields.rest === 'event' && isOfEvent(fields, name)
    ? { kind: 'field', name, through: [] }
    : { kind: 'computed', name };
}

/** Fields that every event has (Knowledge Manager Manual, "Use default fields"). */
const DEFAULT_FIELDS: ReadonlySet<string> = new Set([
  '_raw',
  '_time',
  'host',
  'index',
  'source',
  'sourcetype',
]);

function isOfEvent({ written }: Fields, name: string): boolean {
  return (
    written === undefined || DEFAULT_FIELDS.has(name) || wordsIn(name).every((word) => written.has(word))
  );
}

/** The words of a text, of which names of fields are made. */
function wordsIn(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/** The fields behind a lookup that adds columns which nobody knows; `before` is the search up to there. */
export function withUnknownColumns(fields: Fields, before: () => string): Fields {
  return fields.written === undefined ? { ...fields, written: new Set(wordsIn(before())) } : fields;
}

/** Sets some names anew. */
export function setNames(fields: Fields, names: Iterable<readonly [string, Operand]>): void {
  for (const [name, value] of names) fields.names.set(name, value);
}

/** These names now mean something computed. */
export function setComputed(fields: Fields, names: Iterable<string>): void {
  for (const name of names) fields.names.set(name, { kind: 'computed', name });
}

/** All names of a pattern with one star, such as `a.*`, now mean something computed. */
export function withComputedPattern(fields: Fields, pattern: string): Fields {
  const names = [...fields.names.keys()].filter((name) => matchStar(pattern, name) !== null);
  setComputed(fields, names);
  return { ...fields, patterns: [{ from: null, to: pattern }, ...fields.patterns] };
}

/** The fields behind a join that puts a name before those of each side: `L.user` is the field `user` of the left one. */
export function joinedFields(fields: Fields, left: string, right: string): Fields {
  const names = [...fields.names].map(([name, value]): readonly [string, Operand] => [
    `${left}.${name}`,
    value,
  ]);
  const patterns = [
    { from: null, to: `${right}.*` },
    { from: '*', to: `${left}.*` },
    ...fields.patterns.map(({ from, to }) => ({ from, to: `${left}.${to}` })),
  ];
  return { ...fields, names: new Map([...fields.names, ...names]), patterns };
}

/** Only these names mean anything any more. */
export function onlyNames(names: Iterable<readonly [string, Operand]>): Fields {
  return { names: new Map(names), rest: 'computed', patterns: [] };
}

/** Renames a field. */
export function renameField(fields: Fields, from: string, to: string): void {
  const value = resolve(fields, from);
  if (from !== to) setComputed(fields, [from]);
  setNames(fields, [[to, value.kind === 'computed' ? { ...value, name: to } : value]]);
}

/**
 * Renames all fields of a pattern with one star. Where names of the event are still open, one that could take any
 * name (`x.*` as `*`) is followed only if `certain` says that all fields are called so.
 */
export function renamePattern(fields: Fields, from: string, to: string, certain: boolean): Fields {
  const names = new Map<string, Operand>();
  for (const [name, value] of fields.names) {
    const star = matchStar(from, name);
    const target = star === null ? name : to.replace('*', star);
    names.set(target, value.kind === 'computed' ? { ...value, name: target } : value);
  }
  const followed = fields.rest === 'event' && to.includes('*') && (certain || to !== '*');
  return { ...fields, names, patterns: followed ? [{ from, to }, ...fields.patterns] : fields.patterns };
}

/** What the star of a pattern stands for in a name; null where the name is none of the pattern. */
function matchStar(pattern: string, name: string): string | null {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === name ? '' : null;
  const head = pattern.slice(0, star);
  const tail = pattern.slice(star + 1);
  if (name.length < head.length + tail.length || !name.startsWith(head) || !name.endsWith(tail)) return null;
  return name.slice(head.length, name.length - tail.length);
}
