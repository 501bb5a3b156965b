import type { Span } from '@rulescope/logic';
import type { YamlScalar } from './yaml.ts';

/** Turns an offset of a scalar's value into an offset of the text that holds it. */
export type OffsetMap = (offset: number) => number;

/**
 * Where each character of a scalar's value stands in the text. YAML folds lines, doubles quotes and escapes
 * characters, so the two are walked side by side; white space in the value may be any white space in the text.
 */
export function offsetMap(node: YamlScalar, text: string): OffsetMap {
  const [start, end] = node.span;
  const value = node.written;
  const from = text.startsWith(value, start) ? start : start + 1;
  if (text.startsWith(value, from)) return (offset) => Math.min(from + offset, end);
  const map: number[] = [];
  let at = afterHeader(text, start);
  for (const char of value) {
    const white = /\s/.test(char);
    while (at < end && text.charAt(at) !== char.charAt(0) && !(white && /\s/.test(text.charAt(at)))) at += 1;
    for (let unit = 0; unit < char.length; unit += 1) map.push(Math.min(at + unit, end));
    at += char.length;
    // A folded line break is one blank of the value and any amount of white space in the text.
    if (white) while (at < end && /\s/.test(text.charAt(at)) && /\s/.test(text.charAt(at - 1))) at += 1;
  }
  return (offset) => map[offset] ?? end;
}

/** Behind the opening quote, or behind the header line of a block scalar. */
function afterHeader(text: string, start: number): number {
  const first = text.charAt(start);
  if (first === "'" || first === '"') return start + 1;
  if (first !== '|' && first !== '>') return start;
  const lineEnd = text.indexOf('\n', start);
  return lineEnd < 0 ? start : lineEnd + 1;
}

/** A part of a text with the indentation of its first line taken from the lines below it. */
export function dedented(text: string, [start, end]: Span): string {
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  const column = start - lineStart;
  const part = text.slice(start, end);
  if (column === 0 || column > 200) return part;
  return part.replaceAll(new RegExp(`(\\r?\\n)[ \\t]{1,${column}}`, 'g'), '$1');
}
