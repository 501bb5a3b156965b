/** What EQL and ES|QL write alike: numbers, names in backticks, strings in three quotes. */

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Where the spaces and line feeds from an offset end; other white space is left to the caller. */
export function endOfSpace(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 10) at += 1;
  return at;
}

/** Where digits, a fraction and an exponent end; `5m` is the number 5 and a name. */
export function endOfNumber(text: string, start: number): number {
  let at = endOfDigits(text, start);
  if (text.charCodeAt(at) === 46) at = endOfDigits(text, at + 1);
  const letter = text.charCodeAt(at);
  if (letter !== 69 && letter !== 101) return at;
  const sign = text.charCodeAt(at + 1);
  const digits = sign === 43 || sign === 45 ? at + 2 : at + 1;
  return isDigit(text.charCodeAt(digits)) ? endOfDigits(text, digits) : at;
}

export function endOfDigits(text: string, start: number): number {
  let at = start;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

/** Where the line of an offset ends. */
export function endOfLine(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) break;
  }
  return at;
}

/** Where a name in backticks ends, two of which are one of its own; -1 where it is never closed on its line. */
export function endOfBackticks(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return -1;
    if (code !== 96) continue;
    if (text.charCodeAt(at + 1) !== 96) return at + 1;
    at += 1;
  }
  return -1;
}

export function startsRawString(text: string, start: number): boolean {
  return text.charCodeAt(start + 1) === 34 && text.charCodeAt(start + 2) === 34;
}

/** Where a string in three quotes ends, up to two more of which belong to it; -1 where it is never closed. */
export function endOfRawString(text: string, start: number): number {
  const close = text.indexOf('"""', start + 3);
  if (close < 0) return -1;
  let end = close + 3;
  while (end < close + 5 && text.charCodeAt(end) === 34) end += 1;
  return end;
}

/** A name without its backticks; two backticks within them are one. */
export function decodeName(token: string): string {
  if (!token.includes('`')) return token;
  let name = '';
  let quoted = false;
  for (let at = 0; at < token.length; at += 1) {
    const unit = token.charAt(at);
    if (unit !== '`') name += unit;
    else if (quoted && token.charAt(at + 1) === '`') {
      name += unit;
      at += 1;
    } else quoted = !quoted;
  }
  return name;
}

/**
 * The number that a text writes; the text itself where JavaScript's numbers do not hold it: more digits than an integer
 * keeps (those of a long or unsigned long), a fraction or power beyond what a double holds.
 */
export function numberOrText(written: string, float: boolean): number | string {
  const number = Number(written);
  return (float ? Number.isFinite(number) : Number.isSafeInteger(number)) ? number : written;
}
