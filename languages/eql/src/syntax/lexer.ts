import { KEYWORDS, type TokenKind, type Tokens } from './tokens.ts';

/** What a character may be the start of, by its code; a code above 127 is a stray character. */
const STRAY = 0;
const SPACE = 1;
const LETTER = 2;
const DIGIT = 3;
const BACKTICK = 4;
const QUOTE = 5;
const SINGLE = 6;
const SINGLE_QUOTE = 7;
const SLASH = 8;
const DOT = 9;
const QUESTION = 10;
/** `=`, `!`, `<`, `>`: an equals sign may follow. */
const COMPARISON = 11;

const CLASSES = classTable();
const SINGLES = new Map<number, TokenKind>(
  (['(', ')', '[', ']', ',', '|', ':', '+', '-', '*', '%'] as const).map((kind) => [
    kind.charCodeAt(0),
    kind,
  ]),
);
const COMPARISONS: ReadonlyMap<number, readonly [alone: TokenKind, withEquals: TokenKind]> = new Map([
  [61, ['=', '==']],
  [33, ['!', '!=']],
  [60, ['<', '<=']],
  [62, ['>', '>=']],
] as const);
const KEYWORD_KINDS: ReadonlyMap<string, TokenKind> = new Map(KEYWORDS.map((word) => [word, word]));
const LONGEST_KEYWORD = Math.max(...KEYWORDS.map((word) => word.length));

/** What of a text was read, and how far. */
interface Lexing {
  readonly text: string;
  readonly kinds: TokenKind[];
  readonly starts: number[];
  readonly ends: number[];
  /** Where the line ends that was last asked for, so that a line is searched once. */
  lineEnd: number;
}

/**
 * Splits a text into tokens, white space and comments left out (EQL syntax reference; `EqlBase.g4` of Elasticsearch
 * and the Endgame dialect's grammar for the rest). Linear in the text; never throws: what is no token is a token too
 * (`stray`, `unclosed-string`, `unclosed-comment`), for the parser to name.
 */
export function lex(text: string): Tokens {
  const lexing: Lexing = { text, kinds: [], starts: [], ends: [], lineEnd: -1 };
  let at = 0;
  while (at < text.length) at = lexOne(lexing, at);
  add(lexing, 'end', text.length, text.length);
  return lexing;
}

/** Reads what starts at an offset; gives where it ends. */
function lexOne(lexing: Lexing, at: number): number {
  const { text } = lexing;
  const code = text.charCodeAt(at);
  switch (code < 128 ? CLASSES[code] : STRAY) {
    case SPACE:
      return endOfSpace(text, at + 1);
    case LETTER:
    case BACKTICK:
      return lexName(lexing, at);
    case DIGIT:
      return add(lexing, 'number', at, endOfNumber(text, at));
    case DOT:
      return isDigit(text.charCodeAt(at + 1))
        ? add(lexing, 'number', at, endOfNumber(text, at))
        : add(lexing, '.', at, at + 1);
    case QUOTE:
      return lexQuoted(lexing, at);
    case SINGLE_QUOTE:
      return lexString(lexing, at, at, 'single-string');
    case QUESTION:
      return lexQuestion(lexing, at);
    case SLASH:
      return lexSlash(lexing, at);
    case SINGLE:
      return add(lexing, SINGLES.get(code) ?? 'stray', at, at + 1);
    case COMPARISON: {
      const [alone, withEquals] = COMPARISONS.get(code) ?? ['stray', 'stray'];
      return text.charCodeAt(at + 1) === 61
        ? add(lexing, withEquals, at, at + 2)
        : add(lexing, alone, at, at + 1);
    }
    default:
      return add(lexing, 'stray', at, at + 1);
  }
}

function add(lexing: Lexing, kind: TokenKind, start: number, end: number): number {
  lexing.kinds.push(kind);
  lexing.starts.push(start);
  lexing.ends.push(end);
  return end;
}

/**
 * A name with all its parts: `process.parent.name`, `a[0].b`, `` x.`0`.y ``. An index belongs to it only where it
 * touches it, since `by pid [process where …]` starts a step.
 */
function lexName(lexing: Lexing, start: number): number {
  const { text } = lexing;
  let end = endOfPart(text, start);
  if (end < 0) return add(lexing, 'unclosed-string', start, endOfLine(lexing, start));
  let parts = 1;
  for (;;) {
    const code = text.charCodeAt(end);
    if (code === 46 && isPartStart(text.charCodeAt(end + 1))) {
      const next = endOfPart(text, end + 1);
      if (next < 0) break;
      end = next;
    } else if (code === 91 && isDigit(text.charCodeAt(end + 1))) {
      const next = endOfIndex(text, end + 1);
      if (next < 0) break;
      end = next;
    } else break;
    parts += 1;
  }
  if (parts > 1) return add(lexing, 'name', start, end);
  if (text.charCodeAt(end) === 126) {
    return add(lexing, KEYWORD_KINDS.get(text.slice(start, end + 1)) ?? 'tilde-name', start, end + 1);
  }
  const keyword = end - start <= LONGEST_KEYWORD ? KEYWORD_KINDS.get(text.slice(start, end)) : undefined;
  return add(lexing, keyword ?? 'name', start, end);
}

/** Where one part of a name ends; -1 where its backtick is never closed on its line. */
function endOfPart(text: string, start: number): number {
  if (text.charCodeAt(start) === 96) return endOfBackticks(text, start);
  let at = start + 1;
  while (isNameUnit(text.charCodeAt(at))) at += 1;
  return at;
}

/** Two backticks are one backtick of the name. */
function endOfBackticks(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return -1;
    if (code !== 96) continue;
    if (text.charCodeAt(at + 1) !== 96) return at + 1;
    at += 1;
  }
  return -1;
}

function endOfIndex(text: string, start: number): number {
  let at = start;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return text.charCodeAt(at) === 93 ? at + 1 : -1;
}

/** Digits, a fraction, an exponent; `5m` is the number 5 and a name. */
function endOfNumber(text: string, start: number): number {
  let at = start;
  while (isDigit(text.charCodeAt(at))) at += 1;
  if (text.charCodeAt(at) === 46) {
    at += 1;
    while (isDigit(text.charCodeAt(at))) at += 1;
  }
  const letter = text.charCodeAt(at);
  if (letter !== 69 && letter !== 101) return at;
  const sign = text.charCodeAt(at + 1);
  const digits = sign === 43 || sign === 45 ? at + 2 : at + 1;
  if (!isDigit(text.charCodeAt(digits))) return at;
  at = digits;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

function lexQuoted(lexing: Lexing, start: number): number {
  const { text } = lexing;
  if (text.charCodeAt(start + 1) !== 34 || text.charCodeAt(start + 2) !== 34)
    return lexString(lexing, start, start, 'string');
  const close = text.indexOf('"""', start + 3);
  if (close < 0) return add(lexing, 'unclosed-string', start, endOfLine(lexing, start));
  // Up to two more quotes belong to the string: it may end with quotes of its own.
  let end = close + 3;
  while (end < close + 5 && text.charCodeAt(end) === 34) end += 1;
  return add(lexing, 'raw-string', start, end);
}

/** A string on one line; `open` is where its quote is. In every kind a backslash keeps the quote after it inside. */
function lexString(lexing: Lexing, start: number, open: number, kind: TokenKind): number {
  const { text } = lexing;
  const quote = text.charAt(open);
  const lineEnd = endOfLine(lexing, start);
  let close = text.indexOf(quote, open + 1);
  while (close >= 0 && close < lineEnd && isEscaped(text, close, open, kind)) {
    close = text.indexOf(quote, close + 1);
  }
  return close < 0 || close > lineEnd
    ? add(lexing, 'unclosed-string', start, lineEnd)
    : add(lexing, kind, start, close + 1);
}

/** Whether a backslash keeps a quote inside: one that is not itself escaped; in raw strings any. */
function isEscaped(text: string, close: number, open: number, kind: TokenKind): boolean {
  if (kind === 'question-string') return text.charCodeAt(close - 1) === 92;
  let slashes = 0;
  for (let at = close - 1; at > open && text.charCodeAt(at) === 92; at -= 1) slashes += 1;
  return slashes % 2 === 1;
}

function lexQuestion(lexing: Lexing, at: number): number {
  const code = lexing.text.charCodeAt(at + 1);
  return code === 34 || code === 39
    ? lexString(lexing, at, at + 1, 'question-string')
    : add(lexing, '?', at, at + 1);
}

function lexSlash(lexing: Lexing, at: number): number {
  const { text } = lexing;
  const code = text.charCodeAt(at + 1);
  if (code === 47) return endOfLine(lexing, at);
  if (code !== 42) return add(lexing, '/', at, at + 1);
  const close = text.indexOf('*/', at + 2);
  return close < 0 ? add(lexing, 'unclosed-comment', at, text.length) : close + 2;
}

function endOfLine(lexing: Lexing, start: number): number {
  if (start <= lexing.lineEnd) return lexing.lineEnd;
  const { text } = lexing;
  let at = start;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) break;
  }
  lexing.lineEnd = at;
  return at;
}

function endOfSpace(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 10) at += 1;
  return at;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isNameUnit(code: number): boolean {
  const found = code < 128 ? CLASSES[code] : STRAY;
  return found === LETTER || found === DIGIT;
}

function isPartStart(code: number): boolean {
  return isNameUnit(code) || code === 96;
}

function classTable(): Uint8Array {
  const classes = new Uint8Array(128).fill(STRAY);
  const put = (characters: string, found: number): void => {
    for (const character of characters) classes[character.charCodeAt(0)] = found;
  };
  put(' \t\r\n\f\v', SPACE);
  put('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_@$', LETTER);
  put('0123456789', DIGIT);
  put('`', BACKTICK);
  put('"', QUOTE);
  put("'", SINGLE_QUOTE);
  put('/', SLASH);
  put('.', DOT);
  put('?', QUESTION);
  put('=!<>', COMPARISON);
  put('()[],|:+-*%', SINGLE);
  return classes;
}
