import type { Piece } from '@rulescope/logic/parsing';
import type { Bound, Range } from './ast.ts';

/** A text with its escapes undone: a backslash stands for the character behind it, `\u0041` for a code point. */
export function undoEscapes(written: string): string {
  if (!written.includes('\\')) return written;
  let text = '';
  for (let at = 0; at < written.length; at += 1) {
    if (written.charAt(at) !== '\\') text += written.charAt(at);
    else {
      const [unit, length] = escapedAt(written, at + 1);
      text += unit;
      at += length;
    }
  }
  return text;
}

function escapedAt(text: string, at: number): readonly [unit: string, length: number] {
  const digits = text.charAt(at) === 'u' ? text.slice(at + 1, at + 5) : '';
  return /^[0-9a-f]{4}$/i.test(digits)
    ? [String.fromCharCode(Number.parseInt(digits, 16)), 5]
    : [text.charAt(at), 1];
}

/** A word with wildcards: `*` and `?` are wildcards unless a backslash stands before them. */
export function patternOf(written: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  for (let at = 0; at < written.length; at += 1) {
    const unit = written.charAt(at);
    if (unit === '*' || unit === '?') {
      if (text !== '') pieces.push({ text });
      text = '';
      pieces.push({ wild: unit });
    } else if (unit === '\\') {
      const [escaped, length] = escapedAt(written, at + 1);
      text += escaped;
      at += length;
    } else text += unit;
  }
  if (text !== '') pieces.push({ text });
  return pieces;
}

/** The inside of a regular expression: only the slash's own escape is undone, the rest is the expression's. */
export function regexOf(inside: string): string {
  return inside.includes('\\/')
    ? inside.replace(/\\([\s\S])/g, (both, unit) => (unit === '/' ? '/' : both))
    : inside;
}

const PART = /"((?:[^"\\]|\\[\s\S])*)"(?=\s|$)|[^\s]+/g;

/** `[from TO to}` with its brackets; null where it is not made so. */
export function rangeOf(written: string): Range | null {
  const parts = [...written.slice(1, -1).matchAll(PART)];
  const [from, to, end, ...more] = parts;
  if (from === undefined || to?.[0] !== 'TO' || end === undefined || more.length > 0) return null;
  return {
    kind: 'range',
    from: boundOf(from),
    to: boundOf(end),
    fromInclusive: written.startsWith('['),
    toInclusive: written.endsWith(']'),
  };
}

function boundOf([written, phrase]: RegExpMatchArray): Bound | null {
  if (phrase !== undefined) return { text: undoEscapes(phrase), quoted: true };
  return written === '*' ? null : { text: undoEscapes(written), quoted: false };
}
