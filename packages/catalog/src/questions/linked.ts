import type { Nearness } from '@rulescope/knowledge';
import type { Operator } from '@rulescope/logic';
import type { IndicatorKey } from '../types.ts';
import { type IndicatorTexts, placesOf } from './indicator-texts.ts';

/** An indicator of the catalog that is not the one asked about, though the one implies the other. */
interface LinkedIndicator {
  /** Its number. */
  readonly id: number;
  /** What the one asked about is, seen from this one: `narrower` where this one asks for more events. */
  readonly relation: Nearness;
}

/** An indicator that is asked about. */
interface AskedText extends Pick<IndicatorKey, 'op' | 'value' | 'encoding'> {
  /** The number of its field. */
  readonly field: number;
  /** The indicators that it implies, where they are known. */
  readonly broader: readonly number[] | null;
}

/** Finds the indicators that imply one, or that it implies: those whose values are closest in length first. */
export type LinkFinder = (asked: AskedText) => readonly LinkedIndicator[];

/** Shorter values stand in too many others to say that two rules look for nearly the same. */
const SHORTEST = 3;
/** Linked indicators that are given, and those that are looked at. */
const MOST_LINKED = 30;
const MOST_SEEN = 500;

/** Which ends of the field a value is tied to; operators that are not here say no text that events hold. */
const ANCHORS: Partial<Record<Operator, { readonly start: boolean; readonly end: boolean }>> = {
  eq: { start: true, end: true },
  starts_with: { start: true, end: false },
  ends_with: { start: false, end: true },
  contains: { start: false, end: false },
  term: { start: false, end: false },
};

/** What may be implied. */
const PARTS: ReadonlySet<Operator | undefined> = new Set<Operator>(['contains', 'starts_with', 'ends_with']);

interface Text {
  readonly op: Operator;
  readonly value: string;
}

export function linkFinder(texts: () => IndicatorTexts): LinkFinder {
  return ({ op, value: written, encoding, field, broader }) => {
    const asked = { op, value: written.toLowerCase() };
    if (ANCHORS[op] === undefined || encoding !== '' || asked.value.length < SHORTEST) return [];
    const range = texts().places.get(field);
    if (range === undefined) return [];
    const found = [
      ...narrowerOf(asked, texts(), range),
      ...(broader === null ? broaderOf(asked, texts(), range) : []),
    ];
    const closest = found.toSorted((a, b) => a.apart - b.apart).slice(0, MOST_LINKED);
    return [
      ...(broader ?? []).map((id) => ({ id, relation: 'narrower' as const })),
      ...closest.map(({ id, relation }) => ({ id, relation })),
    ];
  };
}

interface Found extends LinkedIndicator {
  /** By how many characters the values differ. */
  readonly apart: number;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function* narrowerOf(asked: Text, texts: IndicatorTexts, range: Range): Iterable<Found> {
  let seen = 0;
  for (const place of placesOf(texts, asked.value, range)) {
    seen += 1;
    if (seen > MOST_SEEN) return;
    const other = textAt(texts, place);
    if (other !== null && implies(other, asked)) {
      yield {
        id: texts.ids[place] ?? 0,
        relation: 'broader',
        apart: other.value.length - asked.value.length,
      };
    }
  }
}

function* broaderOf(asked: Text, texts: IndicatorTexts, { from, to }: Range): Iterable<Found> {
  for (let place = from; place < to; place += 1) {
    const length = texts.values[place]?.length ?? 0;
    if (length < SHORTEST || length > asked.value.length || !PARTS.has(texts.ops[place])) continue;
    const other = textAt(texts, place);
    if (other !== null && implies(asked, other)) {
      yield { id: texts.ids[place] ?? 0, relation: 'narrower', apart: asked.value.length - length };
    }
  }
}

function textAt({ values, ops, encoded }: IndicatorTexts, place: number): Text | null {
  const [value, op] = [values[place], ops[place]];
  return value === undefined || op === undefined || encoded[place] === 1 ? null : { op, value };
}

/** Whether whatever has the one has the other, too, which is another one. */
function implies(one: Text, other: Text): boolean {
  const ends = ANCHORS[one.op];
  if (ends === undefined || (one.op === other.op && one.value === other.value)) return false;
  switch (other.op) {
    case 'contains':
      return one.value.includes(other.value);
    case 'starts_with':
      return ends.start && one.value.startsWith(other.value);
    case 'ends_with':
      return ends.end && one.value.endsWith(other.value);
    default:
      return false;
  }
}
