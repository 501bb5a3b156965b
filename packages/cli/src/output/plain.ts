/**
 * Characters that a terminal acts on or that change how their neighbours are shown: controls (escape
 * sequences start with one), separators, and the marks that turn the writing direction. Line feed and tab
 * are left alone.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a terminal
const ACTIVE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A text that cannot do anything to a terminal: active characters stand there as `\x1b` or `\u202e`. */
export function plain(text: string): string {
  return text.toWellFormed().replaceAll('\r\n', '\n').replace(ACTIVE, escapeUnit);
}

/** The same on one line: every run of white space is one space. */
export function plainLine(text: string): string {
  return plain(text.replace(/\s+/g, ' ').trim());
}

/**
 * A value as JSON that is also safe to print on a terminal: JSON itself leaves some active characters as they
 * are. With `indent` it takes several lines.
 */
export function plainJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(ACTIVE, escapeJsonUnit);
}

function escapeUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

function escapeJsonUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
