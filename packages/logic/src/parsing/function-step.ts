import type { Value } from '../model.ts';

/** Stands among the arguments of a step for the field, where it is not the first of them. */
export const FIELD_PLACE = '_';

/** Arguments longer than this are shown by their start and a checksum: each test repeats them. */
const LONGEST_ARGUMENTS = 200;

/**
 * A function around a field as `through` names it, with its other arguments as `stepArgument` writes them, so that
 * tests through `substring(f, 0, 3)` and `substring(f, 4)` stay two: `substring(0, 3)`, `substring(4)`. The field is
 * left out where it comes first: `concat("a", f)` is `concat("a", _)`.
 */
export function stepName(name: string, given: readonly string[]): string {
  const list = (given[0] === FIELD_PLACE ? given.slice(1) : given).join(', ');
  if (list === '') return name;
  return list.length <= LONGEST_ARGUMENTS
    ? `${name}(${list})`
    : `${name}(${list.slice(0, LONGEST_ARGUMENTS)}… #${checksum(list)})`;
}

/** A constant among the arguments of a step: texts in double quotes, all else as it is. */
export function stepArgument(value: Value | null): string {
  return typeof value === 'string' ? `"${value.replaceAll(/["\\]/g, '\\$&')}"` : String(value);
}

/** FNV-1a in 32 bits. */
function checksum(text: string): string {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return (sum >>> 0).toString(16);
}
