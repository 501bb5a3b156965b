import type { Value } from './model.ts';

/**
 * Characters that are not seen, or that change how their neighbours are shown: controls, format characters
 * (zero-width and bidirectional ones among them), lone surrogates, private and unassigned code points, line
 * and paragraph separators, and every space but the plain one.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/**
 * A value as a person reads it. Numbers and booleans stand bare; texts stand in double quotes, or in single
 * ones where that spares doubling a quote inside. Backslashes are themselves. What cannot be seen stands
 * outside of the quotes by its code point: `"one" U+000A "two"`.
 */
export function printValue(value: Value): string {
  if (typeof value !== 'string') return String(value);
  return quote(value, value.includes('"') && !value.includes("'") ? "'" : '"');
}

/** Words that a bare field name would be taken for. */
const RESERVED = new Set(['and', 'or', 'not', 'any', 'all', 'of', 'field', 'unknown', 'always', 'never']);

/** A name of a field, function or transform; in back-quotes where it is not one plain word. */
export function printName(name: string): string {
  return /^[\p{L}\p{N}_@$][\p{L}\p{M}\p{N}_@$.:/{}#-]*$/u.test(name) && !RESERVED.has(name)
    ? name
    : quote(name, '`');
}

export function printUnknown(text: string): string {
  return `unknown ${printValue(text)}`;
}

/** A text of which all can be seen: what cannot stands there by its code point, `U+000A`. */
export function printSeen(text: string): string {
  return text.replace(UNSEEN, codePoint);
}

function quote(text: string, mark: string): string {
  const doubled = text.replaceAll(mark, mark + mark);
  const visible = doubled.replace(UNSEEN, (unseen) => `${mark} ${codePoint(unseen)} ${mark}`);
  return `${mark}${visible}${mark}`;
}

function codePoint(unseen: string): string {
  return `U+${(unseen.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
