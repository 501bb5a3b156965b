import { and } from '../build.ts';
import type { Expression, Source } from '../model.ts';

/** The field that names the Windows event log that an event came from (Winlogbeat, Exported fields, winlog). */
const CHANNEL = 'winlog.channel';

/** A condition, and where the events that it asks for are kept. */
export interface Sourced {
  readonly where: Expression;
  readonly sources: readonly Source[];
}

/** Takes what only says where events are kept out of a condition: a channel that all of it depends on. */
export function takeSources(where: Expression): Sourced {
  const items = 'and' in where ? where.and : [where];
  const sources = items.flatMap((item) => channelsOf(item) ?? []);
  if (sources.length === 0) return { where, sources };
  return { where: and(items.filter((item) => channelsOf(item) === null)), sources };
}

function channelsOf(part: Expression): readonly Source[] | null {
  if (!('test' in part)) return null;
  const { field, through, op, values, quantifier, derived } = part.test;
  const plain = field === CHANNEL && through.length === 0 && !derived;
  if (!plain || op !== 'eq' || quantifier !== 'any') return null;
  return values.map((value) => ({ kind: 'channel', value: String(value) }));
}
