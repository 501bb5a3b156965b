/** The units of time, each with its other spellings (ES|QL reference, "Timespan literals"). */
const UNITS: Readonly<Record<string, readonly string[]>> = {
  millisecond: ['millisecond', 'milliseconds', 'ms'],
  second: ['second', 'seconds', 'sec', 's'],
  minute: ['minute', 'minutes', 'min', 'm'],
  hour: ['hour', 'hours', 'h'],
  day: ['day', 'days', 'd'],
  week: ['week', 'weeks', 'w'],
  month: ['month', 'months', 'mo'],
  quarter: ['quarter', 'quarters', 'q'],
  year: ['year', 'years', 'yr', 'y'],
};

const SPELLINGS: ReadonlySet<string> = new Set(Object.values(UNITS).flat());

/** Whether a word behind a number makes it a span of time; capitals do not matter. */
export function isTimeUnit(word: string): boolean {
  return word.length <= 12 && SPELLINGS.has(word.toLowerCase());
}
