import { addToken, classTable, type Lexing, type TokenLists } from '@rulescope/logic/parsing';
import type { TokenKind } from './tokens.ts';

const WORD = 0;
const SPACE = 1;
const SINGLE = 2;
const COMPARISON = 3;
const QUOTE = 4;
const BACKSLASH = 5;

const CLASSES = classTable(WORD, [
  [' \t\r\n', SPACE],
  ['(){}:', SINGLE],
  ['<>', COMPARISON],
  ['"', QUOTE],
  ['\\', BACKSLASH],
]);
const SINGLES: ReadonlyMap<number, TokenKind> = new Map(
  (['(', ')', '{', '}', ':'] as const).map((kind) => [kind.charCodeAt(0), kind]),
);

interface KueryLexing extends Lexing<TokenKind> {
  /** Once a quotation mark was never closed, none behind it is: the text is searched for its end once. */
  unclosed: boolean;
}

/**
 * Splits a text into tokens, white space left out (`grammar.peggy` of Kibana's package kbn-es-query; the no-break space
 * is white space too). Linear in the text; never throws.
 */
export function lex(text: string): TokenLists<TokenKind> {
  const lexing: KueryLexing = { text, kinds: [], starts: [], ends: [], unclosed: false };
  let at = 0;
  while (at < text.length) at = lexOne(lexing, at);
  addToken(lexing, 'end', text.length, text.length);
  return lexing;
}

function lexOne(lexing: KueryLexing, at: number): number {
  const { text } = lexing;
  const code = text.charCodeAt(at);
  switch (classOf(code)) {
    case SPACE:
      return at + 1;
    case SINGLE:
      return addToken(lexing, SINGLES.get(code) ?? 'word', at, at + 1);
    case COMPARISON: {
      const less = code === 60;
      return text.charCodeAt(at + 1) === 61
        ? addToken(lexing, less ? '<=' : '>=', at, at + 2)
        : addToken(lexing, less ? '<' : '>', at, at + 1);
    }
    case QUOTE:
      return lexString(lexing, at);
    default:
      return lexWord(lexing, at);
  }
}

/** A phrase may go over several lines; one that is never closed is kept up to the end of its line. */
function lexString(lexing: KueryLexing, start: number): number {
  const { text } = lexing;
  if (!lexing.unclosed) {
    for (let at = start + 1; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 34) return addToken(lexing, 'string', start, at + 1);
      if (code === 92) at += 1;
    }
    lexing.unclosed = true;
  }
  let end = start + 1;
  while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end += 1;
  return addToken(lexing, 'unclosed-string', start, end);
}

function lexWord(lexing: KueryLexing, start: number): number {
  const { text } = lexing;
  let end = start;
  for (;;) {
    const found = end < text.length ? classOf(text.charCodeAt(end)) : SPACE;
    if (found === WORD) end += 1;
    // A backslash takes any character into the word but the end of a line.
    else if (found === BACKSLASH) end += isLineEnd(text.charCodeAt(end + 1)) ? 1 : 2;
    else break;
  }
  end = Math.min(end, text.length);
  return addToken(lexing, keywordAt(text, start, end), start, end);
}

function keywordAt(text: string, start: number, end: number): TokenKind {
  if (end - start > 3 || end - start < 2) return 'word';
  const word = text.slice(start, end).toLowerCase();
  return word === 'and' || word === 'or' || word === 'not' ? word : 'word';
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}

function classOf(code: number): number {
  if (code < 128) return CLASSES[code] ?? WORD;
  return code === 0xa0 || code === 0x3000 ? SPACE : WORD;
}
