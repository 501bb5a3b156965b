import type { Operator } from '@rulescope/logic';
import { unpackNumbers } from '../store/numbers.ts';
import type { Database } from '../store/sqlite.ts';
import { remember } from './remember.ts';

/**
 * The values of all indicators as one text, field by field, one value a line. An indicator is called by its place: the
 * first is 0. What is looked for in it must hold no white space that stands between two values.
 */
export interface IndicatorTexts {
  readonly text: string;
  /** In lower case. */
  readonly values: readonly string[];
  /** Where each value begins in the text. */
  readonly starts: Uint32Array;
  /** The numbers of the indicators in the catalog. */
  readonly ids: Uint32Array;
  readonly ops: readonly Operator[];
  /** 1 where an encoding changes what is looked for. */
  readonly encoded: Uint8Array;
  /** The places of each field's indicators, by its number. */
  readonly places: ReadonlyMap<number, { readonly from: number; readonly to: number }>;
  /** The rules that include or exclude the indicator at a place; some stand in it twice. */
  readonly rulesAt: (place: number) => Uint32Array;
}

/** Reads the values of a catalog once, with the first question about them. */
export function indicatorTexts(database: Database): () => IndicatorTexts {
  const texts = remember((_: 'texts') => readTexts(database));
  return () => texts('texts');
}

/** The places whose values hold a text, in their order. */
export function* placesOf(
  { text, starts, values }: IndicatorTexts,
  part: string,
  { from, to } = { from: 0, to: values.length },
): Iterable<number> {
  const start = starts[from] ?? text.length;
  // A search must not go on behind the range: what is not found would be looked for in all values.
  const range = text.slice(start, starts[to]);
  for (let at = range.indexOf(part); at >= 0; ) {
    const place = lastAtOrBefore(starts, start + at);
    yield place;
    const next = starts[place + 1];
    at = next === undefined ? -1 : range.indexOf(part, next - start);
  }
}

interface IndicatorRow {
  readonly id: number;
  readonly field: number;
  readonly op: Operator;
  readonly value: string;
  readonly encoding: string;
  readonly including: Uint8Array;
  readonly excluding: Uint8Array;
}

function readTexts(database: Database): IndicatorTexts {
  const rows = database
    .prepare<IndicatorRow>(
      'SELECT id, field, op, value, encoding, including, excluding FROM indicator ORDER BY field, id',
    )
    .all();
  const values = rows.map(({ value }) => value.toLowerCase());
  const starts = new Uint32Array(rows.length);
  const lists = new Uint32Array(rows.length);
  const places = new Map<number, { readonly from: number; readonly to: number }>();
  const rules: number[] = [];
  let start = 0;
  for (const [place, { field, including, excluding }] of rows.entries()) {
    starts[place] = start;
    lists[place] = rules.length;
    start += (values[place] ?? '').length + 1;
    places.set(field, { from: places.get(field)?.from ?? place, to: place + 1 });
    for (const rule of unpackNumbers(including)) rules.push(rule);
    for (const rule of unpackNumbers(excluding)) rules.push(rule);
  }
  const numbers = Uint32Array.from(rules);
  return {
    text: values.join('\n'),
    values,
    starts,
    ids: Uint32Array.from(rows, ({ id }) => id),
    ops: rows.map(({ op }) => op),
    encoded: Uint8Array.from(rows, ({ encoding }) => (encoding === '' ? 0 : 1)),
    places,
    rulesAt: (place) => numbers.subarray(lists[place], lists[place + 1]),
  };
}

/** The index of the last of some ascending numbers that is not above `value`; the first is never above it. */
function lastAtOrBefore(numbers: Uint32Array, value: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
