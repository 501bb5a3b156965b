import type { Field, Operand } from './operand.ts';

/**
 * What the names of columns mean at one place of a query. Tables may have any column: a name that no operator
 * has defined is a column of the source, or, behind an aggregate, something computed.
 */
export interface Columns {
  readonly known: Map<string, Operand>;
  rest: 'source' | 'computed';
  /** The columns of the right side of each join, for names that get a number since the left side has them too. */
  rights: readonly Columns[];
}

export function sourceColumns(): Columns {
  return { known: new Map(), rest: 'source', rights: [] };
}

export function copyColumns({ known, rest, rights }: Columns): Columns {
  return { known: new Map(known), rest, rights };
}

/** A column of the events themselves. */
export function sourceColumn(name: string): Operand {
  return { kind: 'field', field: name, through: [], derived: false };
}

/** A column whose value is computed: it is named, and not counted. */
export function computedColumn(name: string): Operand {
  return { kind: 'field', field: name, through: [], derived: true };
}

/** What a name means that no operator has defined. */
export function restColumn(columns: Columns, name: string): Operand {
  return columns.rest === 'source' ? sourceColumn(name) : computedColumn(name);
}

/**
 * The column that a join has renamed: where both sides have FileName, the right one's becomes FileName1, and
 * FileName2 in a second join (join operator, "Output schema"). `named` holds every name in the text: a name that
 * ends in a number by itself, such as SHA1, stays what it is where none without the number is written.
 */
export function renamedByJoin(
  { known, rights }: Columns,
  name: string,
  named: ReadonlySet<string>,
): Operand | null {
  const [, base = '', digits = ''] = /^(.*?)([1-9]\d*)$/.exec(name) ?? [];
  if (base === '' || Number(digits) > rights.length) return null;
  const onLeft = named.has(base) || known.has(base);
  const onRight = rights.some((right) => right.rest === 'source' || right.known.has(base));
  return onLeft && onRight ? computedColumn(name) : null;
}

/**
 * The columns behind a join: the left side's, and those that only the right side has defined. These are of
 * another event, so that what is asked of them is not asked of the one that the line is about. The names in
 * `keys` are on both sides, and the plain name is the left one's.
 */
export function joinColumns(left: Columns, right: Columns, keys: readonly string[]): Columns {
  const joined = copyColumns(left);
  for (const key of keys) if (!joined.known.has(key)) joined.known.set(key, restColumn(left, key));
  for (const [name, operand] of right.known) {
    if (!joined.known.has(name)) joined.known.set(name, ofOtherEvent(name, operand));
  }
  joined.rights = [...left.rights, right];
  // A name that neither side has defined is a column of the side that may have any.
  if (right.rest === 'source') joined.rest = 'source';
  return joined;
}

/** A value that the text does not say stays that, whichever side it is on. */
function ofOtherEvent(name: string, operand: Operand): Operand {
  return operand.kind === 'outside' || operand.kind === 'query' ? operand : computedColumn(name);
}

/**
 * The columns behind a union. A name that means different things in the legs is computed; where it means columns of the
 * events in all of them, what is asked of it is asked of any of these.
 */
export function unionColumns(legs: readonly Columns[]): Columns {
  const joined = sourceColumns();
  if (legs.length > 0 && legs.every(({ rest }) => rest === 'computed')) joined.rest = 'computed';
  const names = new Set(legs.flatMap(({ known }) => [...known.keys()]));
  for (const name of names) {
    const meant = legs.map((leg) => leg.known.get(name) ?? restColumn(leg, name));
    const different = [...new Map(meant.map((one) => [JSON.stringify(meaning(one)), one])).values()];
    const [only] = different;
    joined.known.set(
      name,
      only !== undefined && different.length === 1 ? only : mixedColumn(name, different),
    );
  }
  return joined;
}

/** More columns than this are not asked one by one. */
const MOST_LEGS = 20;

function mixedColumn(name: string, meant: readonly Operand[]): Operand {
  const legs: Field[] = [];
  for (const one of meant) {
    if (one.kind !== 'field' || (one.derived && one.legs === undefined)) return computedColumn(name);
    legs.push(...(one.legs ?? [one]));
  }
  return legs.length <= MOST_LEGS
    ? { kind: 'field', field: name, through: [], derived: true, legs }
    : computedColumn(name);
}

/** The names that mean different columns of the events in the legs of a union. */
export function mixedNames({ known }: Columns): readonly string[] {
  return [...known].flatMap(([name, operand]) =>
    operand.kind === 'field' && operand.legs !== undefined ? [name] : [],
  );
}

/** What an operand says, without the place that it was written in. */
function meaning(operand: Operand): unknown {
  switch (operand.kind) {
    case 'field':
      return [operand.field, operand.through, operand.derived, operand.legs ?? []];
    case 'constant':
      return [operand.value];
    case 'condition':
    case 'choice':
    case 'query':
      return [operand.kind, operand.expr.span];
    case 'outside':
      return [operand.name];
  }
}
