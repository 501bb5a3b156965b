import type { Span } from '@rulescope/logic';
import type { YamlEntry } from './yaml.ts';

/** Between two entries of a map stand only these: white space, comments, and the marks of flow style. */
const BETWEEN = /^(?:[\s,{}]|#[^\n]*)*$/;

/**
 * The place of each entry with the comments that belong to it: those above it, and what stands behind it on
 * its last line. Together the places cover the map from `from` to `to`, where its entries lie in one piece.
 */
export function placesOf(
  entries: readonly YamlEntry[],
  [from, to]: Span,
  text: string,
): ReadonlyMap<YamlEntry, Span> {
  const places = new Map<YamlEntry, Span>(entries.map((entry) => [entry, entry.span]));
  const inside = entries.filter(({ span }) => span[0] >= from && span[1] <= to);
  inside.sort((a, b) => a.span[0] - b.span[0]);
  inside.forEach((entry, i) => {
    const before = i === 0 ? from : (inside[i - 1]?.span[1] ?? from);
    const after = inside[i + 1]?.span[0] ?? to;
    const start = i === 0 ? before : before + lineLength(text.slice(before, entry.span[0]));
    const end =
      entry.span[1] + (after === to ? to - entry.span[1] : lineLength(text.slice(entry.span[1], after)));
    places.set(entry, [
      leading(text, start, entry.span[0], before),
      trailing(text, entry.span[1], end, after),
    ]);
  });
  return places;
}

/** The length of the first line, which belongs to what stands before it. */
function lineLength(between: string): number {
  const newline = between.indexOf('\n');
  return newline < 0 ? between.length : newline;
}

function leading(text: string, start: number, key: number, before: number): number {
  if (!BETWEEN.test(text.slice(before, key))) return key;
  const gap = text.slice(start, key);
  return start + (gap.length - gap.trimStart().length);
}

function trailing(text: string, last: number, end: number, after: number): number {
  return BETWEEN.test(text.slice(last, after)) ? last + text.slice(last, end).trimEnd().length : last;
}
