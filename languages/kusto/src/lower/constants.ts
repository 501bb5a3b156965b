import { LIMITS, type Value } from '@rulescope/logic';
import type { Json } from '../syntax/tree.ts';

/** A value that the text alone says. `written`: it is text of the language itself, such as `ago(1d)`. */
export interface Constant {
  readonly kind: 'constant';
  readonly value: Json;
  readonly written: boolean;
  /** The `let` that it came from. */
  readonly via: string | null;
}

export function constant(value: Json, written = false): Constant {
  return { kind: 'constant', value, written, via: null };
}

/**
 * What a function makes of constants, for the few functions that lists are built with; undefined for the rest.
 * pack_array(), array_concat(), set_union(), split(), strcat(), tolower(), toupper(), tostring(), parse_json().
 */
export function fold(name: string, args: readonly Constant[]): Json | undefined {
  if (args.some(({ written }) => written)) return undefined;
  const values = args.map(({ value }) => value);
  const texts = values.map((value) => (typeof value === 'object' ? null : String(value)));
  const [first, second] = texts;
  switch (name) {
    case 'pack_array':
      return values;
    case 'array_concat':
    case 'set_union':
      return short(values.flatMap((value) => (isList(value) ? value : [value])));
    case 'split':
      return typeof first === 'string' && typeof second === 'string' && texts.length === 2 && second !== ''
        ? short(first.split(second))
        : undefined;
    case 'strcat':
      return texts.every((text) => text !== null) ? short(texts.join('')) : undefined;
    case 'tolower':
      return first?.toLowerCase();
    case 'toupper':
      return first?.toUpperCase();
    case 'tostring':
    case 'dynamic':
      return first ?? undefined;
    case 'parse_json':
    case 'todynamic':
      return typeof values[0] === 'string' ? parsed(values[0]) : values[0];
    default:
      return undefined;
  }
}

/** What is built out of constants does not grow beyond what one query may hold. */
function short<T extends string | readonly Json[]>(value: T): T | undefined {
  return value.length <= LIMITS.values ? value : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** A constant as values of a test: the elements of a list, or the value. null is no value. */
export function valuesOfConstant({ value }: Constant): readonly Value[] {
  const elements = isList(value) ? value : [value];
  return elements.flatMap((element): readonly Value[] => {
    if (element === null) return [];
    return typeof element === 'object' ? [JSON.stringify(element)] : [element];
  });
}

/** A constant as the language writes it. */
export function printConstant({ value, written }: Constant): string {
  if (written) return String(value);
  return typeof value === 'object' && value !== null
    ? `dynamic(${JSON.stringify(value)})`
    : JSON.stringify(value);
}
