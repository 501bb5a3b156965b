import type { Span } from '@rulescope/logic';
import { type EmbeddedText, type Escape, embeddedEscaped } from './offsets.ts';

/** TOML 1.0.0, "String": the escapes of one character; `\e` is of TOML 1.1. */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  ['"', '"'],
  ['\\', '\\'],
]);

/** The case of the letter says how many digits follow it, so that case matters. */
const CODE_ESCAPE = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/;

/** A backslash at the end of a line takes with it all white space up to the next character. */
const LINE_END = /\\[ \t]*\r?\n[ \t\r\n]*/y;

/** The escape at a place of a basic string; null where there is none. */
export function escapeAt(text: string, at: number): Escape | null {
  if (text.charAt(at) !== '\\') return null;
  const [code, ...digits] = CODE_ESCAPE.exec(text.slice(at, at + 10)) ?? [];
  if (code !== undefined) return { written: code.length, meant: characterOf(digits.join('')) };
  LINE_END.lastIndex = at;
  const [lineEnd] = LINE_END.exec(text) ?? [];
  if (lineEnd !== undefined) return { written: lineEnd.length, meant: '' };
  const escaped = text.charAt(at + 1);
  return { written: 2, meant: ESCAPES.get(escaped) ?? escaped };
}

function characterOf(digits: string): string {
  const code = Number.parseInt(digits, 16);
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\ufffd';
}

/** The value of a string of a TOML text that stands in `span`, quotes included, and where its characters stand. */
export function embeddedString(text: string, [start, end]: Span, value: string): EmbeddedText {
  const quote = text.charAt(start);
  const isMultiLine = end - start >= 6 && text.startsWith(quote.repeat(3), start);
  const width = isMultiLine ? 3 : 1;
  // A line break right behind the opening quotes is no part of the value.
  const trimmed = isMultiLine ? (/^\r?\n/.exec(text.slice(start + 3, start + 5))?.[0].length ?? 0) : 0;
  const body: Span = [start + width + trimmed, Math.max(end - width, start + width + trimmed)];
  return embeddedEscaped(text, body, value, quote === '"' ? escapeAt : () => null);
}
