import type { Operand } from './fields.ts';

/** Functions around a field: more are not written, save to cost time. */
const MOST_FUNCTIONS = 30;

/** Arguments longer than this are shown by their start and a checksum: each test repeats them. */
const LONGEST_ARGUMENTS = 200;

/**
 * A function around a field as `through` names it: with the constants that it is given beside the field, so that
 * tests through `substr(f, 1, 3)` and `substr(f, 4, 3)` stay two (`substr(1, 3)`, `substr(4, 3)`).
 */
export function stepName(name: string, given: readonly string[]): string {
  const list = given.join(', ');
  if (list === '') return name;
  return list.length <= LONGEST_ARGUMENTS
    ? `${name}(${list})`
    : `${name}(${list.slice(0, LONGEST_ARGUMENTS)}… #${checksum(list)})`;
}

/** FNV-1a in 32 bits. */
function checksum(text: string): string {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return (sum >>> 0).toString(16);
}

/** A text as an argument shows it. */
export function quotedText(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** A field through one more function; a chain that grows without end is something computed. */
export function throughStep(operand: Operand, step: string, name: string): Operand {
  if (operand.kind !== 'field' || operand.through.length >= MOST_FUNCTIONS) return { kind: 'computed', name };
  return { ...operand, through: [...operand.through, step] };
}
