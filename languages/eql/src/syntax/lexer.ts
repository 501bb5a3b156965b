import {
  endOfBackticks,
  endOfDigits,
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
const SINGLE_QUOTE = 7;
const SLASH = 8;
const DOT = 9;
const QUESTION = 10;
/** `=`, `!`, `<`, `>`: an equals sign may follow. */
const COMPARISON = 11;

const CLASSES = classTable(STRAY, [
  [' \t\r\n\f\v', SPACE],
  ['abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_@$', LETTER],
  ['0123456789', DIGIT],
  ['`', BACKTICK],
  ['"', QUOTE],
  ["'", SINGLE_QUOTE],
  ['/', SLASH],
  ['.', DOT],
  ['?', QUESTION],
  ['=!<>', COMPARISON],
  ['()[],|:+-*%', SINGLE],
]);
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

interface EqlLexing extends Lexing<TokenKind> {
  /** Where the line ends that was last asked for, so that a line is searched once. */
  lineEnd: number;
}

/**
 * Splits a text into tokens, white space and comments left out (EQL syntax reference; `EqlBase.g4` of Elasticsearch
 * and the Endgame dialect's grammar for the rest). Linear in the text; never throws: what is no token is a token too
 * (`stray`, `unclosed-string`, `unclosed-comment`), for the parser to name.
 */
export function lex(text: string): TokenLists<TokenKind> {
  const lexing: EqlLexing = { text, kinds: [], starts: [], ends: [], lineEnd: -1 };
  let at = 0;
  while (at < text.length) at = lexOne(lexing, at);
  addToken(lexing, 'end', text.length, text.length);
  return lexing;
}

/** Reads what starts at an offset; gives where it ends. */
function lexOne(lexing: EqlLexing, at: number): number {
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
      return lexQuoted(lexing, at);
    case SINGLE_QUOTE:
      return lexString(lexing, at, at, 'single-string');
    case QUESTION:
      return lexQuestion(lexing, at);
    case SLASH:
      return lexSlash(lexing, at);
    case SINGLE:
      return addToken(lexing, SINGLES.get(code) ?? 'stray', at, at + 1);
    case COMPARISON: {
      const [alone, withEquals] = COMPARISONS.get(code) ?? ['stray', 'stray'];
      return text.charCodeAt(at + 1) === 61
        ? addToken(lexing, withEquals, at, at + 2)
        : addToken(lexing, alone, at, at + 1);
    }
    default:
      return addToken(lexing, 'stray', at, at + 1);
  }
}

/**
 * A name with all its parts: `process.parent.name`, `a[0].b`, `` x.`0`.y ``. An index belongs to it only where it
 * touches it, since `by pid [process where …]` starts a step.
 */
function lexName(lexing: EqlLexing, start: number): number {
  const { text } = lexing;
  let end = endOfPart(text, start);
  if (end < 0) return addToken(lexing, 'unclosed-string', start, lineEndAt(lexing, start));
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
  if (parts > 1) return addToken(lexing, 'name', start, end);
  if (text.charCodeAt(end) === 126) {
    return addToken(lexing, KEYWORD_KINDS.get(text.slice(start, end + 1)) ?? 'tilde-name', start, end + 1);
  }
  const keyword = end - start <= LONGEST_KEYWORD ? KEYWORD_KINDS.get(text.slice(start, end)) : undefined;
  return addToken(lexing, keyword ?? 'name', start, end);
}

/** Where one part of a name ends; -1 where its backtick is never closed on its line. */
function endOfPart(text: string, start: number): number {
  if (text.charCodeAt(start) === 96) return endOfBackticks(text, start);
  let at = start + 1;
  while (isNameUnit(text.charCodeAt(at))) at += 1;
  return at;
}

function endOfIndex(text: string, start: number): number {
  const at = endOfDigits(text, start);
  return text.charCodeAt(at) === 93 ? at + 1 : -1;
}

function lexQuoted(lexing: EqlLexing, start: number): number {
  const { text } = lexing;
  if (!startsRawString(text, start)) return lexString(lexing, start, start, 'string');
  const end = endOfRawString(text, start);
  return end < 0
    ? addToken(lexing, 'unclosed-string', start, lineEndAt(lexing, start))
    : addToken(lexing, 'raw-string', start, end);
}

/** A string on one line; `open` is where its quote is. In every kind a backslash keeps the quote after it inside. */
function lexString(lexing: EqlLexing, start: number, open: number, kind: TokenKind): number {
  const { text } = lexing;
  const quote = text.charAt(open);
  const lineEnd = lineEndAt(lexing, start);
  let close = text.indexOf(quote, open + 1);
  while (close >= 0 && close < lineEnd && isEscaped(text, close, open, kind)) {
    close = text.indexOf(quote, close + 1);
  }
  return close < 0 || close > lineEnd
    ? addToken(lexing, 'unclosed-string', start, lineEnd)
    : addToken(lexing, kind, start, close + 1);
}

/** Whether a backslash keeps a quote inside: one that is not itself escaped; in raw strings any. */
function isEscaped(text: string, close: number, open: number, kind: TokenKind): boolean {
  if (kind === 'question-string') return text.charCodeAt(close - 1) === 92;
  let slashes = 0;
  for (let at = close - 1; at > open && text.charCodeAt(at) === 92; at -= 1) slashes += 1;
  return slashes % 2 === 1;
}

function lexQuestion(lexing: EqlLexing, at: number): number {
  const code = lexing.text.charCodeAt(at + 1);
  return code === 34 || code === 39
    ? lexString(lexing, at, at + 1, 'question-string')
    : addToken(lexing, '?', at, at + 1);
}

function lexSlash(lexing: EqlLexing, at: number): number {
  const { text } = lexing;
  const code = text.charCodeAt(at + 1);
  if (code === 47) return lineEndAt(lexing, at);
  if (code !== 42) return addToken(lexing, '/', at, at + 1);
  const close = text.indexOf('*/', at + 2);
  return close < 0 ? addToken(lexing, 'unclosed-comment', at, text.length) : close + 2;
}

function lineEndAt(lexing: EqlLexing, start: number): number {
  if (start > lexing.lineEnd) lexing.lineEnd = endOfLine(lexing.text, start);
  return lexing.lineEnd;
}

function isNameUnit(code: number): boolean {
  const found = code < 128 ? CLASSES[code] : STRAY;
  return found === LETTER || found === DIGIT;
}

function isPartStart(code: number): boolean {
  return isNameUnit(code) || code === 96;
}
