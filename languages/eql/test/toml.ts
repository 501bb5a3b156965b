/**
 * The strings that a TOML text gives to a key of a table, alone or in a list: as much of TOML as files of EQL
 * queries need. The table before the first heading is `''`.
 * All four kinds of strings are read; of the escapes those of quotes, backslashes, tabs and line ends.
 */
export function stringsOf(toml: string, table: string, key: string): readonly string[] {
  const strings: string[] = [];
  let at = 0;
  let inside = '';
  while (at < toml.length) {
    const heading = /^\[+([\w.-]+)\]+/.exec(toml.slice(at, at + 200));
    if (heading !== null) inside = heading[1] ?? '';
    const found = /^[ \t]*([\w.-]+)[ \t]*=[ \t]*(\[\s*)?/.exec(toml.slice(at, at + 200));
    if (found === null) at = endOfLine(toml, at);
    else {
      const values = readStrings(toml, at + found[0].length, found[2] !== undefined);
      if (found[1] === key && inside === table) strings.push(...values.strings);
      at = endOfLine(toml, values.end);
    }
  }
  return strings;
}

function endOfLine(toml: string, at: number): number {
  const end = toml.indexOf('\n', at);
  return end < 0 ? toml.length : end + 1;
}

/** One string, or those of a list. */
function readStrings(
  toml: string,
  start: number,
  list: boolean,
): { readonly strings: readonly string[]; readonly end: number } {
  const strings: string[] = [];
  let at = start;
  for (let string = readString(toml, at); string !== null; string = readString(toml, at)) {
    strings.push(string.value);
    at = string.end;
    if (!list) break;
    at += /^[\s,]*/.exec(toml.slice(at))?.[0].length ?? 0;
  }
  return { strings, end: at };
}

const QUOTES = ["'''", '"""', "'", '"'];
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function readString(toml: string, at: number): { readonly value: string; readonly end: number } | null {
  const quote = QUOTES.find((mark) => toml.startsWith(mark, at));
  if (quote === undefined) return null;
  let end = at + quote.length;
  while (end < toml.length && !toml.startsWith(quote, end))
    end += quote.includes('"') && toml[end] === '\\' ? 2 : 1;
  const inside = toml.slice(at + quote.length, end);
  const value = quote.length === 3 ? inside.replace(/^\r?\n/, '') : inside;
  return {
    value: quote.includes('"')
      ? value.replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter)
      : value,
    end: end + quote.length,
  };
}
