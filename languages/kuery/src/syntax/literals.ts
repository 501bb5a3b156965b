import type { Piece } from '@rulescope/logic/parsing';

const BACKSLASH = 92;
const STAR = 42;

/** What a literal says once its escapes are undone. */
export interface Decoded {
  readonly text: string | null;
  readonly pattern: readonly Piece[] | null;
  /** Where a backslash stands that escapes nothing, as an offset of what was decoded; -1 where there is none. */
  readonly badEscape: number;
}

/** The inside of a phrase: `\"`, `\\`, white space and code points are escapes, any other backslash is one itself. */
export function decodeQuoted(inside: string): string {
  if (!inside.includes('\\')) return inside;
  let text = '';
  for (let at = 0; at < inside.length; at += 1) {
    const undone = inside.charCodeAt(at) === BACKSLASH ? commonEscape(inside, at + 1) : null;
    const next = inside.charAt(at + 1);
    if (undone !== null) {
      text += undone.text;
      at += undone.length;
    } else if (inside.charCodeAt(at) === BACKSLASH && (next === '"' || next === '\\')) {
      text += next;
      at += 1;
    } else text += inside.charAt(at);
  }
  return text;
}

/** Words without quotes: a star is a wildcard unless a backslash stands before it. */
export function decodeBare(written: string): Decoded {
  if (!written.includes('\\') && !written.includes('*'))
    return { text: written, pattern: null, badEscape: -1 };
  const pieces: Piece[] = [];
  let text = '';
  let badEscape = -1;
  for (let at = 0; at < written.length; at += 1) {
    const code = written.charCodeAt(at);
    if (code === STAR) {
      if (text !== '') pieces.push({ text });
      text = '';
      pieces.push({ wild: '*' });
    } else if (code === BACKSLASH) {
      const undone = bareEscape(written, at + 1);
      if (undone === null && badEscape < 0) badEscape = at;
      text += undone?.text ?? '\\';
      at += undone?.length ?? 0;
    } else text += written.charAt(at);
  }
  if (pieces.length === 0) return { text, pattern: null, badEscape };
  if (text !== '') pieces.push({ text });
  return { text: null, pattern: pieces, badEscape };
}

interface Escape {
  readonly text: string;
  /** How many characters stand behind the backslash. */
  readonly length: number;
}

const WHITE_SPACE: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' };

function commonEscape(text: string, at: number): Escape | null {
  const letter = text.charAt(at);
  const space = WHITE_SPACE[letter];
  if (space !== undefined) return { text: space, length: 1 };
  if (letter !== 'u') return null;
  const digits = text.slice(at + 1, at + 5);
  return /^[0-9a-f]{4}$/i.test(digits)
    ? { text: String.fromCharCode(Number.parseInt(digits, 16)), length: 5 }
    : null;
}

/** Outside of quotes the special characters and the words of operators are escaped too. */
function bareEscape(text: string, at: number): Escape | null {
  // `\not` alone is the word, as Elasticsearch reads it, and no line end with `ot` behind it.
  const keyword = /^(?:and|or|not(?!\w))/i.exec(text.slice(at, at + 4))?.[0];
  if (keyword !== undefined) return { text: keyword, length: keyword.length };
  const next = text.charAt(at);
  if (next !== '' && '\\():<>"*{} '.includes(next)) return { text: next, length: 1 };
  return commonEscape(text, at);
}
