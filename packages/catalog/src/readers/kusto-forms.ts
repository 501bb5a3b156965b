/** Texts and comments: what stands between is free of both. Of `@"…"` only a doubled quotation mark is none. */
const PIECES =
  /@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*|[^"'@/]+|[\s\S]/g;

/** The same column by the name that it has in Sentinel and by that of Defender's advanced hunting. */
const TIME_COLUMN = /\b(?:TimeGenerated|Timestamp)\b/g;

/**
 * What two queries have in common that differ only in comments, white space and the name of the column that holds the
 * time of an event: `Timestamp` in Defender's advanced hunting, `TimeGenerated` in Sentinel (Microsoft Learn, "Connect
 * Microsoft Defender XDR data to Microsoft Sentinel").
 */
export function formKey(query: string): string {
  const parts: string[] = [];
  for (const [piece] of query.matchAll(PIECES)) {
    if (piece.startsWith('//')) continue;
    const isText = /^@?["']/.test(piece) && piece.length > 1;
    parts.push(isText ? piece : piece.replace(TIME_COLUMN, 'Timestamp').replaceAll(/[\s\u200b]+/g, ' '));
  }
  return parts
    .join('')
    .replaceAll(/ ?([|,;(){}]) ?/g, '$1')
    .replaceAll(/ {2,}/g, ' ')
    .replace(/[\s;]+$/, '')
    .trim();
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
