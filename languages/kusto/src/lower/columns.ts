import type { Operand } from './operand.ts';

/**
 * What the names of columns mean at one place of a query. Tables may have any column: a name that no operator
 * has defined is a column of the source, or, behind an aggregate, something computed.
 */
export interface Columns {
  readonly known: Map<string, Operand>;
  rest: 'source' | 'computed';
  /** The columns of a join's right side, for names that get a `1` since the left side has them too. */
  right: Columns | null;
}

export function sourceColumns(): Columns {
  return { known: new Map(), rest: 'source', right: null };
}

export function copyColumns({ known, rest, right }: Columns): Columns {
  return { known: new Map(known), rest, right };
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
 * The column that a join has renamed: where both sides have FileName, the right one's becomes FileName1 (join
 * operator, "Output schema"). Only where the query uses a column of the name without the 1.
 */
export function renamedByJoin(
  columns: Columns,
  name: string,
  mentioned: ReadonlySet<string>,
): Operand | null {
  if (columns.right === null || !name.endsWith('1')) return null;
  const base = name.slice(0, -1);
  const known = columns.right.known.get(base);
  if (known !== undefined) return known;
  const used = mentioned.has(base) || columns.known.has(base);
  return used ? restColumn(columns.right, base) : null;
}

/** The columns behind a join: the left side's, and those that only the right side has defined. */
export function joinColumns(left: Columns, right: Columns): Columns {
  const joined = copyColumns(left);
  for (const [name, operand] of right.known) {
    if (!joined.known.has(name)) joined.known.set(name, operand);
  }
  joined.right = right;
  // A name that neither side has defined is a column of the side that may have any.
  if (right.rest === 'source') joined.rest = 'source';
  return joined;
}

/** The columns behind a union: a name that means different things in the legs is computed. */
export function unionColumns(legs: readonly Columns[]): Columns {
  const joined = sourceColumns();
  if (legs.length > 0 && legs.every(({ rest }) => rest === 'computed')) joined.rest = 'computed';
  const names = new Set(legs.flatMap(({ known }) => [...known.keys()]));
  for (const name of names) {
    const meanings = legs.map((leg) => JSON.stringify(meaning(leg.known.get(name) ?? restColumn(leg, name))));
    const [first] = legs;
    const same = first !== undefined && meanings.every((one) => one === meanings[0]);
    joined.known.set(name, same ? (first.known.get(name) ?? restColumn(first, name)) : computedColumn(name));
  }
  return joined;
}

/** What an operand says, without the place that it was written in. */
function meaning(operand: Operand): unknown {
  switch (operand.kind) {
    case 'field':
      return [operand.field, operand.through, operand.derived];
    case 'constant':
      return [operand.value];
    case 'condition':
    case 'query':
      return [operand.kind, operand.expr.span];
    case 'outside':
      return [operand.name];
  }
}
