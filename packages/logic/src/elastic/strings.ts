/** What a string token of EQL or ES|QL stands for, and where an escape in it is none of the language's. */
export interface DecodedString {
  readonly value: string;
  /** The offset in the token of the first escape that the language has not; null where all are known. */
  readonly badEscape: number | null;
}

/** What an escape that is longer than one letter stands for, and where it ends; null where it is none. */
type LongEscape = (token: string, at: number) => { readonly text: string; readonly end: number } | null;

/**
 * The text of a string between quotes. An escape that the language has not (which Elasticsearch refuses) is kept as it
 * is written. `long` is asked for what follows a backslash where `escapes` has not the letter.
 */
export function decodeEscapes(
  token: string,
  escapes: ReadonlyMap<string, string>,
  long: LongEscape = () => null,
): DecodedString {
  const end = token.length - 1;
  let value = '';
  let badEscape: number | null = null;
  let from = 1;
  for (let at = token.indexOf('\\', from); at >= 0 && at < end; at = token.indexOf('\\', from)) {
    const letter = token.charAt(at + 1);
    const plain = escapes.get(letter);
    const found = plain === undefined ? long(token, at + 1) : { text: plain, end: at + 2 };
    if (found === null) badEscape ??= at;
    value += token.slice(from, at) + (found?.text ?? `\\${letter}`);
    from = found?.end ?? at + 2;
  }
  return { value: value + token.slice(from, end), badEscape };
}

const PRINTED: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\\': '\\\\',
  '"': '\\"',
};

/** A text between double quotes, as EQL and ES|QL write it. */
export function printString(value: string): string {
  return `"${value.replace(/[\n\r\t\\"]/g, (unit) => PRINTED[unit] ?? unit)}"`;
}

/** A number, a truth value or null as EQL and ES|QL write it; a number with a fraction keeps one. */
export function printPlain(value: number | boolean | null, float: boolean): string {
  const text = String(value);
  return float && typeof value === 'number' && Number.isInteger(value) && !text.includes('e')
    ? `${text}.0`
    : text;
}

/** A name between backticks. */
export function printQuotedName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
