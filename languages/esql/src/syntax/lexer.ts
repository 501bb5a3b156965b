import { KEYWORDS, type TokenKind, type Tokens } from './tokens.ts';

/** What a character may be the start of, by its code; a code above 127 is a stray character. */
const STRAY = 0;
const SPACE = 1;
const LETTER = 2;
const DIGIT = 3;
const BACKTICK = 4;
const QUOTE = 5;
const SINGLE = 6;
const SLASH = 7;
const DOT = 8;
const QUESTION = 9;
/** `=`, `!`, `<`, `>`, `:`: a second character may belong to it. */
const COMPARISON = 10;

const CLASSES = classTable();
const SINGLES = new Map<number, TokenKind>(
  (['(', ')', '[', ']', '{', '}', ',', ';', '|', '+', '-', '*', '%'] as const).map((kind) => [
    kind.charCodeAt(0),
    kind,
  ]),
);
const PAIRS: ReadonlySet<string> = new Set(['==', '=~', '!=', '<=', '>=', '::']);
const ALONE: ReadonlySet<string> = new Set(['=', '<', '>', ':']);
const KEYWORD_KINDS: ReadonlyMap<string, TokenKind> = new Map(KEYWORDS.map((word) => [word, word]));
const LONGEST_KEYWORD = Math.max(...KEYWORDS.map((word) => word.length));

/** What of a text was read. */
interface Lexing {
  readonly text: string;
  readonly kinds: TokenKind[];
  readonly starts: number[];
  readonly ends: number[];
  /** Where the line ends that was last asked for, so that a line is searched once. */
  lineEnd: number;
  /** True once the text was searched to its end for one of these in vain. */
  noTripleQuote: boolean;
  noCommentEnd: boolean;
}

/**
 * Splits a text into tokens, white space and comments left out (ES|QL reference, "Basic syntax"; the lexer grammar of
 * Elasticsearch, `Expression.g4`). Linear in the text; never throws: what is no token is a token too (`stray`,
 * `unclosed-string`, `unclosed-comment`), for the parser to name. Index patterns and patterns of columns are put
 * together from tokens by the parser.
 */
export function lex(text: string): Tokens {
  const lexing: Lexing = {
    text,
    kinds: [],
    starts: [],
    ends: [],
    lineEnd: -1,
    noTripleQuote: false,
    noCommentEnd: false,
  };
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
      return lexString(lexing, at);
    case QUESTION:
      return lexParameter(lexing, at);
    case SLASH:
      return lexSlash(lexing, at);
    case SINGLE:
      return add(lexing, SINGLES.get(code) ?? 'stray', at, at + 1);
    case COMPARISON: {
      const pair = text.slice(at, at + 2);
      if (isKind(pair, PAIRS)) return add(lexing, pair, at, at + 2);
      const alone = text.charAt(at);
      return add(lexing, isKind(alone, ALONE) ? alone : 'stray', at, at + 1);
    }
    default:
      return add(lexing, 'stray', at, at + 1);
  }
}

function isKind(text: string, kinds: ReadonlySet<string>): text is TokenKind {
  return kinds.has(text);
}

function add(lexing: Lexing, kind: TokenKind, start: number, end: number): number {
  lexing.kinds.push(kind);
  lexing.starts.push(start);
  lexing.ends.push(end);
  return end;
}

/** A name with all its parts: `process.parent.name`, `` x.`0`.y ``. */
function lexName(lexing: Lexing, start: number): number {
  const { text } = lexing;
  let end = endOfPart(text, start);
  if (end < 0) return add(lexing, 'unclosed-string', start, endOfLine(lexing, start));
  let parts = 1;
  while (text.charCodeAt(end) === 46 && isPartStart(text.charCodeAt(end + 1))) {
    const next = endOfPart(text, end + 1);
    if (next < 0) break;
    end = next;
    parts += 1;
  }
  if (parts > 1 || end - start > LONGEST_KEYWORD) return add(lexing, 'name', start, end);
  return add(lexing, KEYWORD_KINDS.get(text.slice(start, end).toLowerCase()) ?? 'name', start, end);
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

function lexString(lexing: Lexing, start: number): number {
  const { text } = lexing;
  if (text.charCodeAt(start + 1) === 34 && text.charCodeAt(start + 2) === 34) return lexRaw(lexing, start);
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) return add(lexing, 'string', start, at + 1);
    if (code === 92) at += 1;
    else if (code === 10 || code === 13) break;
  }
  return add(lexing, 'unclosed-string', start, endOfLine(lexing, start));
}

/** Up to two more quotes belong to the string: it may end with quotes of its own. */
function lexRaw(lexing: Lexing, start: number): number {
  const { text } = lexing;
  const close = lexing.noTripleQuote ? -1 : text.indexOf('"""', start + 3);
  if (close < 0) {
    lexing.noTripleQuote = true;
    return add(lexing, 'unclosed-string', start, endOfLine(lexing, start));
  }
  let end = close + 3;
  while (end < close + 5 && text.charCodeAt(end) === 34) end += 1;
  return add(lexing, 'raw-string', start, end);
}

function lexParameter(lexing: Lexing, start: number): number {
  const { text } = lexing;
  let at = text.charCodeAt(start + 1) === 63 ? start + 2 : start + 1;
  while (isNameUnit(text.charCodeAt(at))) at += 1;
  return add(lexing, 'param', start, at);
}

function lexSlash(lexing: Lexing, at: number): number {
  const { text } = lexing;
  const code = text.charCodeAt(at + 1);
  if (code === 47) return endOfLine(lexing, at);
  if (code !== 42) return add(lexing, '/', at, at + 1);
  const close = lexing.noCommentEnd ? -1 : text.indexOf('*/', at + 2);
  if (close >= 0) return close + 2;
  lexing.noCommentEnd = true;
  return add(lexing, 'unclosed-comment', at, text.length);
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
  put('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_@', LETTER);
  put('0123456789', DIGIT);
  put('`', BACKTICK);
  put('"', QUOTE);
  put('/', SLASH);
  put('.', DOT);
  put('?', QUESTION);
  put('=!<>:', COMPARISON);
  put('()[]{},;|+-*%', SINGLE);
  return classes;
}
