/** Texts, comments, words and signs; blanks are none. Texts after `@` have no escapes but a doubled quotation mark. */
const PIECES =
  /@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*|\w+|[^\s\u200b]/g;

/** The same column by the name that it has in Sentinel and by that of Defender's advanced hunting. */
const TIME_COLUMN = /\b(?:TimeGenerated|Timestamp)\b/g;

/**
 * What two queries have in common that differ only in comments, white space and the name of the column that holds the
 * time of an event: `Timestamp` in Defender's advanced hunting, `TimeGenerated` in Sentinel (Microsoft Learn, "Connect
 * Microsoft Defender XDR data to Microsoft Sentinel").
 */
export function formKey(query: string): string {
  const pieces = (query.match(PIECES) ?? [])
    .filter((piece) => !piece.startsWith('//'))
    .map((piece) => (piece === 'TimeGenerated' ? 'Timestamp' : piece));
  while (pieces.at(-1) === ';') pieces.pop();
  return pieces.join(' ');
}

/** One query in the forms that it is written in, the first of them the one to parse. */
export interface Forms<T> {
  readonly first: T;
  readonly others: readonly T[];
}

/** Puts together what differs only in form, in the order of the first ones. */
export function groupForms<T>(items: readonly T[], textOf: (item: T) => string): readonly Forms<T>[] {
  const groups = Map.groupBy(items, (item) => formKey(textOf(item)));
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ first, others }],
  );
}

/** How another form of a query differs, in words: `Sentinel (TimeGenerated instead of Timestamp)`. */
export function describeForm(name: string, first: string, other: string): string {
  const [was, is] = [timeColumnOf(first), timeColumnOf(other)];
  const differs = was !== null && is !== null && was !== is ? `${is} instead of ${was}` : 'the same query';
  return name === '' ? differs : `${name} (${differs})`;
}

function timeColumnOf(query: string): string | null {
  return query.match(TIME_COLUMN)?.[0] ?? null;
}
