import { addToken, classTable, type Lexing, type TokenLists } from '@rulescope/logic/parsing';
import type { TokenKind } from './tokens.ts';

/** What a character may be, by its code. */
const TERM = 0;
const SPACE = 1;
/** Ends a term and is a token of its own. */
const SINGLE = 2;
/** `+` and `-`: part of a term, but not its start. */
const SIGN = 3;
const WILD = 4;
const BACKSLASH = 5;
const QUOTE = 6;
const SLASH = 7;
const OPEN_RANGE = 8;
const TILDE = 9;
const CARET = 10;
const BANG = 11;
const STRAY = 12;

const CLASSES = classTable(TERM, [
  [' \t\r\n', SPACE],
  ['():', SINGLE],
  ['+-', SIGN],
  ['*?', WILD],
  ['\\', BACKSLASH],
  ['"', QUOTE],
  ['/', SLASH],
  ['[{', OPEN_RANGE],
  [']}', STRAY],
  ['~', TILDE],
  ['^', CARET],
  ['!', BANG],
]);
const WORD_OPERATORS: ReadonlyMap<string, TokenKind> = new Map([
  ['AND', 'AND'],
  ['&&', 'AND'],
  ['OR', 'OR'],
  ['||', 'OR'],
  ['NOT', 'NOT'],
]);

/**
 * Splits a text into tokens, white space left out (`QueryParser.jj` of Lucene's classic query parser, "Token
 * Definitions"). Linear in the text; never throws: what is no token is `stray` or `unclosed`, for the parser to name.
 */
export function lex(text: string): TokenLists<TokenKind> {
  const lexing: Lexing<TokenKind> = { text, kinds: [], starts: [], ends: [] };
  let at = 0;
  while (at < text.length) at = lexOne(lexing, at);
  addToken(lexing, 'end', text.length, text.length);
  return lexing;
}

function lexOne(lexing: Lexing<TokenKind>, at: number): number {
  const { text } = lexing;
  switch (classAt(text, at)) {
    case SPACE:
      return at + 1;
    case SINGLE:
      return addToken(lexing, singleAt(text, at), at, at + 1);
    case SIGN:
      return classAt(text, at + 1) === SPACE && at + 1 < text.length
        ? addToken(lexing, 'lone-operator', at, at + 1)
        : addToken(lexing, text.charCodeAt(at) === 43 ? '+' : '-', at, at + 1);
    case BANG:
      return classAt(text, at + 1) === SPACE && at + 1 < text.length
        ? addToken(lexing, 'lone-operator', at, at + 1)
        : addToken(lexing, 'NOT', at, at + 1);
    case QUOTE:
      return lexPhrase(lexing, at);
    case SLASH:
      return lexRegex(lexing, at);
    case OPEN_RANGE:
      return lexRange(lexing, at);
    case TILDE:
      return addToken(lexing, 'tilde', at, endOfTerm(text, at + 1, false));
    case CARET:
      return lexBoost(lexing, at);
    case STRAY:
      return addToken(lexing, 'stray', at, at + 1);
    default:
      return lexTerm(lexing, at);
  }
}

function singleAt(text: string, at: number): TokenKind {
  const unit = text.charAt(at);
  return unit === '(' || unit === ')' ? unit : ':';
}

function lexTerm(lexing: Lexing<TokenKind>, start: number): number {
  const { text } = lexing;
  const plain = endOfTerm(text, start, false);
  if (classAt(text, plain) === WILD && plain < text.length) {
    const end = endOfTerm(text, plain, true);
    const star = end - start === 1 && text.charCodeAt(start) === 42;
    return addToken(lexing, star ? '*' : 'wildcard', start, end);
  }
  // A backslash at the end of the text escapes nothing.
  if (plain === start) return addToken(lexing, 'stray', start, start + 1);
  const operator = plain - start <= 3 ? WORD_OPERATORS.get(text.slice(start, plain)) : undefined;
  return addToken(lexing, operator ?? 'term', start, plain);
}

function endOfTerm(text: string, start: number, wild: boolean): number {
  let at = start;
  while (at < text.length) {
    const found = classAt(text, at);
    if (found === TERM || found === SIGN || (wild && found === WILD)) at += 1;
    else if (found === BACKSLASH && at + 1 < text.length) at += 2;
    else break;
  }
  return at;
}

function lexPhrase(lexing: Lexing<TokenKind>, start: number): number {
  const { text } = lexing;
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) return addToken(lexing, 'phrase', start, at + 1);
    if (code === 92) at += 1;
  }
  return addToken(lexing, 'unclosed', start, text.length);
}

/**
 * A slash with a backslash before it goes on with the expression as long as another slash follows: the longest token
 * that the grammar allows.
 */
function lexRegex(lexing: Lexing<TokenKind>, start: number): number {
  const { text } = lexing;
  let escaped = -1;
  for (let at = text.indexOf('/', start + 1); at >= 0; at = text.indexOf('/', at + 1)) {
    if (at === start + 1 || text.charCodeAt(at - 1) !== 92) return addToken(lexing, 'regex', start, at + 1);
    escaped = at;
  }
  return escaped < 0
    ? addToken(lexing, 'unclosed', start, text.length)
    : addToken(lexing, 'regex', start, escaped + 1);
}

/** A range as one token, up to the bracket that closes it; a phrase in it may hold a bracket. */
function lexRange(lexing: Lexing<TokenKind>, start: number): number {
  const { text } = lexing;
  let quoted = false;
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92 && quoted) at += 1;
    else if (code === 34 && (quoted || classAt(text, at - 1) === SPACE || at === start + 1)) quoted = !quoted;
    else if (!quoted && (code === 93 || code === 125)) return addToken(lexing, 'range', start, at + 1);
  }
  return addToken(lexing, 'unclosed', start, text.length);
}

function lexBoost(lexing: Lexing<TokenKind>, start: number): number {
  const { text } = lexing;
  let at = endOfDigits(text, start + 1);
  if (at === start + 1) return addToken(lexing, 'stray', start, at);
  if (text.charCodeAt(at) === 46 && endOfDigits(text, at + 1) > at + 1) at = endOfDigits(text, at + 1);
  return addToken(lexing, 'boost', start, at);
}

function endOfDigits(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at += 1;
  return at;
}

/** Behind the end of the text is white space. */
function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 128) return CLASSES[code] ?? TERM;
  return Number.isNaN(code) || code === 0x3000 ? SPACE : TERM;
}
