import {
  endOfBackticks,
  endOfLine,
  endOfNumber,
  endOfRawString,
  endOfSpace,
  isDigit,
  startsRawString,
} from '@rulescope/logic/elastic';
import { addToken, classTable, type Lexing, type TokenLists } from '@rulescope/logic/parsing';
import { KEYWORDS, type TokenKind } from './tokens.ts';

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

const CLASSES = classTable(STRAY, [
  [' \t\r\n\f\v', SPACE],
  ['abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_@', LETTER],
  ['0123456789', DIGIT],
  ['`', BACKTICK],
  ['"', QUOTE],
  ['/', SLASH],
  ['.', DOT],
  ['?', QUESTION],
  ['=!<>:', COMPARISON],
  ['()[]{},;|+-*%', SINGLE],
]);
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

/**
 * Splits a text into tokens, white space and comments left out (ES|QL reference, "Basic syntax"; the lexer grammar of
 * Elasticsearch, `Expression.g4`). Linear in the text; never throws: what is no token is a token too (`stray`,
 * `unclosed-string`, `unclosed-comment`), for the parser to name. Index patterns and patterns of columns are put
 * together from tokens by the parser.
 */
export function lex(text: string): TokenLists<TokenKind> {
  const lexing: Lexing<TokenKind> = { text, kinds: [], starts: [], ends: [] };
  let at = 0;
  while (at < text.length) at = lexOne(lexing, at);
  addToken(lexing, 'end', text.length, text.length);
  return lexing;
}

/** Reads what starts at an offset; gives where it ends. */
function lexOne(lexing: Lexing<TokenKind>, at: number): number {
  const { text } = lexing;
  const code = text.charCodeAt(at);
  switch (code < 128 ? CLASSES[code] : STRAY) {
    case SPACE:
      return endOfSpace(text, at + 1);
    case LETTER:
    case BACKTICK:
      return lexName(lexing, at);
    case DIGIT:
      return addToken(lexing, 'number', at, endOfNumber(text, at));
    case DOT:
      return isDigit(text.charCodeAt(at + 1))
        ? addToken(lexing, 'number', at, endOfNumber(text, at))
        : addToken(lexing, '.', at, at + 1);
    case QUOTE:
      return lexString(lexing, at);
    case QUESTION:
      return lexParameter(lexing, at);
    case SLASH:
      return lexSlash(lexing, at);
    case SINGLE:
      return addToken(lexing, SINGLES.get(code) ?? 'stray', at, at + 1);
    case COMPARISON: {
      const pair = text.slice(at, at + 2);
      if (isKind(pair, PAIRS)) return addToken(lexing, pair, at, at + 2);
      const alone = text.charAt(at);
      return addToken(lexing, isKind(alone, ALONE) ? alone : 'stray', at, at + 1);
    }
    default:
      return addToken(lexing, 'stray', at, at + 1);
  }
}

function isKind(text: string, kinds: ReadonlySet<string>): text is TokenKind {
  return kinds.has(text);
}

/** A name with all its parts: `process.parent.name`, `` x.`0`.y ``. */
function lexName(lexing: Lexing<TokenKind>, start: number): number {
  const { text } = lexing;
  let end = endOfPart(text, start);
  if (end < 0) return addToken(lexing, 'unclosed-string', start, endOfLine(text, start));
  let parts = 1;
  while (text.charCodeAt(end) === 46 && isPartStart(text.charCodeAt(end + 1))) {
    const next = endOfPart(text, end + 1);
    if (next < 0) break;
    end = next;
    parts += 1;
  }
  if (parts > 1 || end - start > LONGEST_KEYWORD) return addToken(lexing, 'name', start, end);
  return addToken(lexing, KEYWORD_KINDS.get(text.slice(start, end).toLowerCase()) ?? 'name', start, end);
}

/** Where one part of a name ends; -1 where its backtick is never closed on its line. */
function endOfPart(text: string, start: number): number {
  if (text.charCodeAt(start) === 96) return endOfBackticks(text, start);
  let at = start + 1;
  while (isNameUnit(text.charCodeAt(at))) at += 1;
  return at;
}

function lexString(lexing: Lexing<TokenKind>, start: number): number {
  const { text } = lexing;
  if (startsRawString(text, start)) return lexRaw(lexing, start);
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) return addToken(lexing, 'string', start, at + 1);
    if (code === 92) at += 1;
    else if (code === 10 || code === 13) break;
  }
  return addToken(lexing, 'unclosed-string', start, endOfLine(text, start));
}

function lexRaw(lexing: Lexing<TokenKind>, start: number): number {
  const { text } = lexing;
  const end = endOfRawString(text, start);
  return end < 0
    ? addToken(lexing, 'unclosed-string', start, endOfLine(text, start))
    : addToken(lexing, 'raw-string', start, end);
}

function lexParameter(lexing: Lexing<TokenKind>, start: number): number {
  const { text } = lexing;
  let at = text.charCodeAt(start + 1) === 63 ? start + 2 : start + 1;
  while (isNameUnit(text.charCodeAt(at))) at += 1;
  return addToken(lexing, 'param', start, at);
}

function lexSlash(lexing: Lexing<TokenKind>, at: number): number {
  const { text } = lexing;
  const code = text.charCodeAt(at + 1);
  if (code === 47) return endOfLine(text, at);
  if (code !== 42) return addToken(lexing, '/', at, at + 1);
  const close = text.indexOf('*/', at + 2);
  return close < 0 ? addToken(lexing, 'unclosed-comment', at, text.length) : close + 2;
}

function isNameUnit(code: number): boolean {
  const found = code < 128 ? CLASSES[code] : STRAY;
  return found === LETTER || found === DIGIT;
}

function isPartStart(code: number): boolean {
  return isNameUnit(code) || code === 96;
}
