import { type Diagnostic, diagnostic, LIMITS, type LineStarts, type Span } from '@rulescope/logic';
import { catalogCode } from '../diagnostic-codes.ts';
import { type EmbeddedText, embeddedIn, type Notation } from './offsets.ts';

/** Where the objects and some of the texts of a JSON text stand, by their JSON Pointers (RFC 6901). */
export type JsonPlaces = ReadonlyMap<string, Span>;

/** Where a value stands that is being walked through: in an object under a key, in a list at a number. */
interface Level {
  /** Null where it is deeper than anything that is asked for. */
  readonly path: string | null;
  readonly start: number;
  readonly isList: boolean;
  /** What the next value is called. */
  key: string;
  count: number;
}

/**
 * The places of all objects of a JSON text and of its texts under some keys, quotation marks left out. The text is
 * one that `JSON.parse` takes.
 */
export function jsonPlaces(text: string, keys: ReadonlySet<string>): JsonPlaces {
  const places = new Map<string, Span>();
  const open: Level[] = [];
  let at = 0;
  while (at < text.length) {
    const sign = text.charAt(at);
    const level = open.at(-1);
    if (sign === '{' || sign === '[') {
      open.push({
        path: open.length > DEEPEST ? null : pathOf(level),
        start: at,
        isList: sign === '[',
        key: '',
        count: 0,
      });
    } else if (sign === '}' || sign === ']') {
      const closed = open.pop();
      if (closed !== undefined && !closed.isList) setPlace(places, closed.path, [closed.start, at + 1]);
    } else if (sign === ',' && level !== undefined) {
      level.count += 1;
    } else if (sign === '"') {
      const end = closingQuote(text, at + 1);
      if (level !== undefined && !level.isList && isKey(text, end + 1)) {
        level.key = keyOf(text.slice(at, end + 1));
      } else if (level !== undefined && keys.has(level.key)) {
        setPlace(places, pathOf(level), [at + 1, end]);
      }
      at = end;
    }
    at += 1;
  }
  return places;
}

/** The pointer of the value under a key of a value with a pointer. */
export function jsonPointer(parent: string, key: string | number): string {
  return `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Pointers grow with the depth: without a bound a small text would have very long ones. */
const DEEPEST = LIMITS.depth + 2;

function setPlace(places: Map<string, Span>, path: string | null, span: Span): void {
  if (path !== null) places.set(path, span);
}

function pathOf(level: Level | undefined): string | null {
  if (level === undefined) return '';
  if (level.path === null) return null;
  return jsonPointer(level.path, level.isList ? level.count : level.key);
}

function closingQuote(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at;
}

/** Whether a colon stands behind a string, past white space: the string is a key then. */
export function isKey(text: string, behind: number): boolean {
  let at = behind;
  while (/\s/.test(text.charAt(at))) at += 1;
  return text.charAt(at) === ':';
}

/** The key that a JSON string is. */
export function keyOf(quoted: string): string {
  const key: unknown = JSON.parse(quoted);
  return typeof key === 'string' ? key : '';
}

/** A text of a JSON text, with where each of its characters stands there. */
export function embeddedJson(text: string, span: Span, value: string): EmbeddedText {
  return embeddedIn(text, span, value, JSON_STRING);
}

/** RFC 8259, 7, "Strings": the escapes that do not stand for the character behind the backslash. */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

const JSON_STRING: Notation = {
  lineStart: (_, [from]) => from,
  lineEnd: (_, [, to]) => to,
  escape: (text, at) => {
    if (text.charAt(at) !== '\\') return null;
    const escaped = text.charAt(at + 1);
    if (escaped !== 'u') return { written: 2, meant: ESCAPES.get(escaped) ?? escaped };
    const code = Number.parseInt(text.slice(at + 2, at + 6), 16);
    return { written: 6, meant: String.fromCharCode(code) };
  },
};

/**
 * Why `JSON.parse` has not taken a text that stands at an offset of a file, and where. V8 says so in words:
 * `Unexpected token '}', … at position 12 (line 1 column 13)`.
 */
export function brokenJson(error: unknown, text: string, offset: number, lines: LineStarts): Diagnostic {
  const reason = error instanceof Error ? error.message : String(error);
  const position = /at position (\d+)/.exec(reason)?.[1];
  const at = offset + Math.min(position === undefined ? text.length : Number(position), text.length);
  const message = `${reason.split(/ in JSON at|, "|, \.\.\./, 1)[0] ?? reason}.`;
  return diagnostic(catalogCode('json-invalid'), message, [at, at], lines);
}
