import { printConstant } from './constants.ts';
import type { Operand } from './operand.ts';

/** Functions around a field: more are not written, save to cost time. */
export const MOST_FUNCTIONS = 30;

/** Arguments longer than this are shown by their start and a checksum: each test repeats them. */
const LONGEST_ARGUMENTS = 200;

/**
 * A function around a field as `through` names it: with the constants that it is given beside the field, so that
 * tests through `substring(x, 0, 3)` and `substring(x, 4, 3)` stay two (`substring(0, 3)`, `substring(4, 3)`).
 * Where the field is not the first argument alone, `_` is its place: `extract("user=(\\w+)", 1, _)`.
 */
export function stepName(name: string, args: readonly Operand[]): string {
  const fields = args.filter(({ kind }) => kind === 'field').length;
  const first = args[0]?.kind === 'field' && fields === 1;
  const shown = args.map((arg) => (arg.kind === 'constant' ? printConstant(arg) : '_'));
  const list = (first ? shown.slice(1) : shown).join(', ');
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
