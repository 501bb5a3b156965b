import { type EventCoverage, eventLabel, eventValue } from '@rulescope/catalog';
import type { Paint } from './paint.ts';
import { plainLine } from './plain.ts';
import { indent, wrap } from './table.ts';
import { formatNumber } from './words.ts';

/** Events that are listed: a rule of words alone may be meant for all of a channel. */
const MOST = 30;

const VERDICT_WIDTH = 9;

/**
 * What each event shows of a rule: the verdict, the event, then on lines of their own which tested fields it does
 * not carry and what must be set up for it.
 */
export function renderEvents(
  coverage: readonly EventCoverage[],
  paint: Paint,
  width: number,
): readonly string[] {
  const versions = new Map<string, number>();
  for (const event of coverage) {
    const value = eventValue(event);
    versions.set(value, (versions.get(value) ?? 0) + 1);
  }
  const lines = coverage.slice(0, MOST).map((event) => {
    const several = (versions.get(eventValue(event)) ?? 0) > 1;
    return [headOf(event, several, paint), ...detailsOf(event).map((detail) => hung(detail, width))].join(
      '\n',
    );
  });
  const more = coverage.length - lines.length;
  return more > 0 ? [...lines, `and ${formatNumber(more)} more: --json lists them all`] : lines;
}

function headOf(event: EventCoverage, several: boolean, paint: Paint): string {
  const notes = [
    several ? `version ${event.version}` : '',
    event.since === null ? '' : `since ${event.since}`,
    event.role === 'alternative' ? 'alternative' : '',
  ].filter((note) => note !== '');
  const name = plainLine(eventLabel(event));
  const verdict = verdictWord(event.verdict, paint) + ' '.repeat(VERDICT_WIDTH - event.verdict.length);
  return `${verdict}${name}${notes.length === 0 ? '' : ` (${plainLine(notes.join(', '))})`}`;
}

function verdictWord(verdict: EventCoverage['verdict'], paint: Paint): string {
  switch (verdict) {
    case 'full':
      return paint.good(verdict);
    case 'noisier':
    case 'partial':
      return paint.warning(verdict);
    case 'blind':
      return paint.error(verdict);
    case 'unknown':
      return paint.quiet(verdict);
  }
}

function detailsOf({ missing, unchecked, prerequisites }: EventCoverage): readonly string[] {
  return [
    missing.length === 0 ? '' : `no ${missing.join(', ')}`,
    unchecked.length === 0 ? '' : `perhaps no ${unchecked.join(', ')}`,
    prerequisites.length === 0 ? '' : `needs: ${prerequisites.join('; ')}`,
  ].filter((detail) => detail !== '');
}

function hung(detail: string, width: number): string {
  return indent(wrap(plainLine(detail), Math.max(width - VERDICT_WIDTH - 4, 20)), VERDICT_WIDTH + 2);
}
