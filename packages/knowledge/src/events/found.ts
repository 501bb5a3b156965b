import type { Expression } from '@rulescope/logic';
import { type Candidate, isListed } from './candidates.ts';
import type { LogsourceEvents } from './types.ts';

/** What every event satisfies of which nothing is known but its source. */
export const UNKNOWN: Expression = { unknown: { text: '', span: [0, 0] } };

/** A candidate event and the log that it was found in. */
export interface Found {
  readonly candidate: Candidate;
  readonly row: LogsourceEvents;
}

export function isKnown({ candidate }: Found): boolean {
  return isListed(candidate.event);
}

/**
 * An event that one log is known to have is not looked for in the others; where no log is known to, it is one
 * event of whichever log.
 */
export function oneOfEachUnlisted(found: readonly Found[]): readonly Found[] {
  const known = new Set(found.filter(isKnown).map(({ candidate }) => candidate.event.id));
  const unlisted = Map.groupBy(
    found.filter((it) => !isKnown(it)),
    ({ candidate }) => candidate.event.id,
  );
  return found.flatMap((it) => {
    const { event } = it.candidate;
    if (isKnown(it)) return [it];
    const all = unlisted.get(event.id) ?? [];
    if (known.has(event.id) || all[0] !== it) return [];
    if (all.length === 1) return [it];
    const channels = [...new Set(all.flatMap(({ candidate }) => candidate.event.channels))];
    const provider = channels.length === event.channels.length ? event.provider : '';
    return [{ ...it, candidate: { ...it.candidate, event: { ...event, provider, channels } } }];
  });
}
