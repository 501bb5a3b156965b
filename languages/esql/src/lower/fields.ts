import type { Expression, Value } from '@rulescope/logic';
import { FIELD_PLACE, stepArgument } from '@rulescope/logic/parsing';

/** What the value of a name or an expression is made of. */
export type Operand =
  /** A field of the event, through functions (innermost first). */
  | { readonly kind: 'field'; readonly name: string; readonly through: readonly string[] }
  /** `numeral`: a text that is a number, which JavaScript's do not hold. */
  | { readonly kind: 'constant'; readonly value: Value; readonly numeral?: boolean }
  | { readonly kind: 'null' }
  /** Several constants: `["a", "b"]`. */
  | { readonly kind: 'list'; readonly values: readonly Value[] }
  /** The value of the first option whose condition holds; null where no condition does. */
  | { readonly kind: 'choice'; readonly options: readonly Choice[]; readonly size: number }
  /** Made of no field, but not known beforehand: `now() - 1 day`. */
  | { readonly kind: 'clock'; readonly text: string }
  /** Made of several fields or rows, or in a way that is not followed; the text says how it is called. */
  | { readonly kind: 'computed'; readonly name: string }
  /** Not known: a parameter, a part that could not be read; its reason was said. */
  | { readonly kind: 'unknown' };

export interface Choice {
  /** What must hold for it to be chosen; null where nothing must, or the value says it itself. */
  readonly when: Expression | null;
  /** What holds where it is not chosen; null for the last one, which always is. */
  readonly unless: Expression | null;
  /** Whether the condition compares by `==` and `in` alone, which hold for no field with several values. */
  readonly compares?: boolean;
  /** Whether it is chosen where its value is not null: so of `coalesce`, the last one apart. */
  readonly unlessNull?: boolean;
  readonly value: Operand;
}

/**
 * What the names of columns mean at one place of a pipeline. A pipeline owns its names and its commands set them anew
 * in place; a pipeline inside it has names of its own and looks up the others here, since copies would make long
 * queries take time by the square of their length.
 */
export interface Fields {
  readonly names: Map<string, Operand>;
  readonly outer: Fields | null;
  /** Whether a name that is not listed is a field of the event, or something that the query has lost or made. */
  readonly rest: 'event' | 'computed';
}

/** At the start of a query every name is a field of the event. */
export function eventFields(): Fields {
  return { names: new Map(), outer: null, rest: 'event' };
}

/** The same names, for a pipeline inside that may change them. */
export function inside(fields: Fields): Fields {
  return { names: new Map(), outer: fields, rest: fields.rest };
}

/** Functions around a field beyond this many are not listed. */
const MOST_THROUGH = 50;

/** A field through one more function, as `stepName` names it; null where it is through too many already. */
export function throughStep(
  operand: Operand & { readonly kind: 'field' },
  step: string,
): (Operand & { readonly kind: 'field' }) | null {
  return operand.through.length < MOST_THROUGH ? { ...operand, through: [...operand.through, step] } : null;
}

/** An argument as `through` shows it: what is no constant is the field. */
export function argumentText(operand: Operand): string {
  switch (operand.kind) {
    case 'constant':
      return operand.numeral === true ? String(operand.value) : stepArgument(operand.value);
    case 'list':
      return `[${operand.values.map(stepArgument).join(', ')}]`;
    case 'clock':
      return operand.text;
    case 'null':
      return 'null';
    default:
      return FIELD_PLACE;
  }
}

/** What a name means. */
export function resolve(fields: Fields, name: string): Operand {
  for (let scope: Fields | null = fields; scope !== null; scope = scope.outer) {
    const known = scope.names.get(name);
    if (known !== undefined) return known;
    if (scope.rest === 'computed') return { kind: 'computed', name };
  }
  return { kind: 'field', name, through: [] };
}

const NAMED: ReadonlySet<Operand['kind']> = new Set(['computed', 'unknown', 'clock']);

/** Gives a name to a value: what is computed, or not known, is called by it. */
export function setName(fields: Fields, name: string, value: Operand): void {
  const named = NAMED.has(value.kind);
  fields.names.set(name, named ? { kind: 'computed', name } : value);
}

/** These names now mean something computed. */
export function setComputed(fields: Fields, names: Iterable<string>): void {
  for (const name of names) fields.names.set(name, { kind: 'computed', name });
}

/** Only these names mean anything any more. */
export function onlyNames(names: Iterable<readonly [string, Operand]>): Fields {
  const fields: Fields = { names: new Map(), outer: null, rest: 'computed' };
  for (const [name, value] of names) setName(fields, name, value);
  return fields;
}
