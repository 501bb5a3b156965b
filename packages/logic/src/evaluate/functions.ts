import type { Value } from '../model.ts';

/** A function around a field: what it makes of one value; null where it has no answer for it. */
export type FieldFunction = (value: Value) => Value | null;

const FUNCTIONS: ReadonlyMap<string, FieldFunction> = new Map<string, FieldFunction>([
  ['lower', (value) => String(value).toLowerCase()],
  ['upper', (value) => String(value).toUpperCase()],
  ['trim', (value) => String(value).trim()],
  ['len', (value) => [...String(value)].length],
  ['minute', (value) => timeOf(value)?.minute ?? null],
  ['hour', (value) => timeOf(value)?.hour ?? null],
  ['day', (value) => timeOf(value)?.day ?? null],
  ['week', (value) => weekOf(value)],
  ['month', (value) => timeOf(value)?.month ?? null],
  ['year', (value) => timeOf(value)?.year ?? null],
]);

/** The functions of these names, innermost first; null where one of them is not known here. */
export function functionsOf(names: readonly string[]): readonly FieldFunction[] | null {
  const functions: FieldFunction[] = [];
  for (const name of names) {
    const found = FUNCTIONS.get(name);
    if (found === undefined) return null;
    functions.push(found);
  }
  return functions;
}

interface Time {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number | null;
  readonly minute: number | null;
}

/** Reads a timestamp as ISO 8601 writes it. The clock is the text's own: time zones are not looked at. */
function timeOf(value: Value): Time | null {
  const found = /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ](\d{2}):(\d{2})(?!\d))?/.exec(String(value));
  if (found === null) return null;
  const [year = 0, month = 0, day = 0] = found.slice(1, 4).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const [hour, minute] = [found[4], found[5]].map((part) => (part === undefined ? null : Number(part)));
  return { year, month, day, hour: hour ?? null, minute: minute ?? null };
}

const DAY = 86_400_000;

/** The week of ISO 8601: weeks start on Monday, the first one holds the year's first Thursday. */
function weekOf(value: Value): number | null {
  const time = timeOf(value);
  if (time === null) return null;
  const date = new Date(Date.UTC(time.year, time.month - 1, time.day));
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * DAY);
  const newYear = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.floor((thursday.getTime() - newYear) / (7 * DAY)) + 1;
}
