/** A table of texts: the names of its columns, and its rows. */
export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads comma-separated values with a header line (RFC 4180): fields in double quotes may hold commas, line breaks
 * and doubled quotes. A byte order mark and empty lines are passed over. Null where there are more than `mostRows`
 * rows: a part of a table would say something else than the whole.
 */
export function readCsv(text: string, mostRows: number): CsvTable | null {
  const rows: (readonly string[])[] = [];
  let row: string[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    const field = fieldAt(text, at);
    row.push(field.value);
    at = field.end;
    if (text.charAt(at) === ',') {
      at += 1;
      if (at < text.length) continue;
      row.push('');
    }
    if (row.length > 1 || row[0] !== '') rows.push(row);
    if (rows.length > mostRows + 1) return null;
    row = [];
    at += text.startsWith('\r\n', at) ? 2 : 1;
  }
  const [columns = [], ...rest] = rows;
  return { columns, rows: rest };
}

function fieldAt(text: string, start: number): { readonly value: string; readonly end: number } {
  const parts: string[] = [];
  let at = start;
  while (text.charAt(at) === '"') {
    const close = text.indexOf('"', at + 1);
    if (close < 0) return { value: parts.join('"') + text.slice(at + 1), end: text.length };
    parts.push(text.slice(at + 1, close));
    at = close + 1;
  }
  const end = unquotedEnd(text, at);
  return { value: parts.join('"') + text.slice(at, end), end };
}

const FIELD_END = /[,\r\n]/g;

function unquotedEnd(text: string, from: number): number {
  FIELD_END.lastIndex = from;
  return FIELD_END.exec(text)?.index ?? text.length;
}
