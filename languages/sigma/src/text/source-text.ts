import type { Span } from '@rulescope/logic';
import type { YamlScalar } from './yaml.ts';

/** Turns an offset of a scalar's value into an offset of the text that holds it. */
export type OffsetMap = (offset: number) => number;

/**
 * Where each character of a scalar's value stands in the text. YAML folds lines, doubles quotes and escapes
 * characters, so the two are walked side by side.
 */
export function offsetMap(node: YamlScalar, text: string): OffsetMap {
  const [start, end] = node.span;
  const value = node.written;
  const quote = /["']/.test(text.charAt(start)) ? text.charAt(start) : '';
  const from = start + quote.length;
  if (text.startsWith(value, from)) return (offset) => Math.min(from + offset, end);
  const map: number[] = [];
  let at = quote === '' ? afterHeader(text, start) : from;
  for (let i = 0; i < value.length; i += 1) {
    const unit = value.charAt(i);
    while (at < end && !writtenAs(text, at, unit, quote)) at += 1;
    map.push(Math.min(at, end));
    at += widthAt(text, at, quote);
    // A folded line break is one blank of the value and any amount of white space in the text.
    if (isWhite(unit)) while (at < end && isWhite(text.charAt(at)) && isWhite(text.charAt(at - 1))) at += 1;
  }
  const behind = Math.min(at, end);
  return (offset) => map[offset] ?? behind;
}

const ESCAPE = /^\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[^\r\n])/i;

/** Whether a unit of the value may be what stands in the text at a place. */
function writtenAs(text: string, at: number, unit: string, quote: string): boolean {
  const char = text.charAt(at);
  if (quote === '"' && char === '\\') return ESCAPE.test(text.slice(at, at + 10));
  return char === unit || (isWhite(unit) && isWhite(char));
}

/** How many units of the text stand for one of the value. */
function widthAt(text: string, at: number, quote: string): number {
  if (quote === '"') return ESCAPE.exec(text.slice(at, at + 10))?.[0].length ?? 1;
  return quote === "'" && text.startsWith("''", at) ? 2 : 1;
}

function isWhite(char: string): boolean {
  return char !== '' && ' \t\r\n'.includes(char);
}

/** Behind the header line of a block scalar. */
function afterHeader(text: string, start: number): number {
  const first = text.charAt(start);
  if (first !== '|' && first !== '>') return start;
  const lineEnd = text.indexOf('\n', start);
  return lineEnd < 0 ? start : lineEnd + 1;
}

/** No indentation is wider. */
const WIDEST = 200;

/** A part of a text with the indentation of its first line taken from the lines below it. */
export function dedented(text: string, [start, end]: Span): string {
  const part = text.slice(start, end);
  let column = 0;
  while (column < start && column < WIDEST && !'\r\n'.includes(text.charAt(start - column - 1))) column += 1;
  if (column === 0 || column === WIDEST) return part;
  return part.replaceAll(new RegExp(`(\\r?\\n)[ \\t]{1,${column}}`, 'g'), '$1');
}
