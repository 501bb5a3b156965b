import type { Operand } from './fields.ts';

/** Functions around a field: more are not written, save to cost time. */
const MOST_FUNCTIONS = 30;

/** A field through one more function; a chain that grows without end is something computed. */
export function throughStep(operand: Operand, step: string, name: string): Operand {
  if (operand.kind !== 'field' || operand.through.length >= MOST_FUNCTIONS) return { kind: 'computed', name };
  return { ...operand, through: [...operand.through, step] };
}
