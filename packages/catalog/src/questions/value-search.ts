import { unpackNumbers } from '../store/numbers.ts';
import type { Database } from '../store/sqlite.ts';
import { remember } from './remember.ts';

/** The values of all indicators as one text, in the order of their numbers, and the rules of each. */
interface ValueText {
  readonly text: string;
  /** Where the value of each indicator begins. */
  readonly starts: Uint32Array;
  /** The rules of all indicators, one list behind the other, and where the list of each begins. */
  readonly rules: Uint32Array;
  readonly lists: Uint32Array;
}

/**
 * Finds the rules that have a text without white space, in lower case, as a part of one of their values, in the order
 * of their numbers. The values are read once and gone through as one text, which takes a few milliseconds for those of
 * ten thousand rules, and no index. Line feeds between them keep a match within one value.
 */
export function valueSearch(database: Database): (part: string) => ReadonlySet<number> {
  const values = remember((_: 'values') => readValues(database));
  return (part) => {
    const { text, starts, rules, lists } = values('values');
    const found = new Set<number>();
    for (let at = text.indexOf(part); at >= 0; ) {
      const index = lastAtOrBefore(starts, at);
      for (const rule of rules.subarray(lists[index], lists[index + 1])) found.add(rule);
      const next = starts[index + 1];
      at = next === undefined ? -1 : text.indexOf(part, next);
    }
    return new Set(Uint32Array.from(found).sort());
  };
}

interface ValueRow {
  readonly value: string;
  readonly including: Uint8Array;
  readonly excluding: Uint8Array;
}

function readValues(database: Database): ValueText {
  const rows = database
    .prepare<ValueRow>('SELECT value, including, excluding FROM indicator ORDER BY id')
    .all();
  const values = rows.map(({ value }) => value.toLowerCase());
  const starts = new Uint32Array(rows.length);
  const lists = new Uint32Array(rows.length);
  const rules: number[] = [];
  let start = 0;
  for (const [i, { including, excluding }] of rows.entries()) {
    starts[i] = start;
    lists[i] = rules.length;
    start += (values[i] ?? '').length + 1;
    for (const rule of unpackNumbers(including)) rules.push(rule);
    for (const rule of unpackNumbers(excluding)) rules.push(rule);
  }
  return { text: values.join('\n'), starts, rules: Uint32Array.from(rules), lists };
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
