import { pairParentheses } from '../text/pipeline.ts';
import { isSpace } from '../text/scan.ts';
import type { Argument, CallNode, MacroNode, SubsearchNode, WordNode } from './ast.ts';
import type { Cursor } from './context.ts';
import { peek, readMacro, readString, readSubsearch, skipSpace } from './words.ts';

/**
 * Reads the arguments of a command that has no expression grammar: words, strings, `option=value`, functions with
 * what they enclose, macros, subsearches, and the marks between them. Never fails: what is none of these is `bad`.
 */
export function parseArguments(cursor: Cursor): readonly Argument[] {
  const found: Argument[] = [];
  for (;;) {
    skipSpace(cursor);
    if (cursor.pos >= cursor.end) return found;
    found.push(parseArgument(cursor));
  }
}

function parseArgument(cursor: Cursor): Argument {
  const start = cursor.pos;
  const char = peek(cursor);
  if (char === '`') return readMacro(cursor) ?? bad(cursor);
  if (char === '[') return readSubsearch(cursor) ?? bad(cursor);
  const word = readPlainWord(cursor);
  if (word === null) {
    cursor.pos += 1;
    if (',()=<>'.includes(char)) return { kind: 'mark', text: char as ',', span: [start, cursor.pos] };
    if (char === '!' && peek(cursor) === '=') {
      cursor.pos += 1;
      return { kind: 'mark', text: '!=', span: [start, cursor.pos] };
    }
    return { kind: 'bad', span: [start, cursor.pos] };
  }
  if (!word.quoted && peek(cursor) === '(') return readCall(cursor, word) ?? word;
  return readOption(cursor, word) ?? word;
}

function bad(cursor: Cursor): Argument {
  cursor.pos += 1;
  return { kind: 'bad', span: [cursor.pos - 1, cursor.pos] };
}

const STOPS = new Set(['(', ')', '"', '[', ']', '`', ',', '=', '<', '>', '|']);

function readPlainWord(cursor: Cursor): WordNode | null {
  const { text, end, pos } = cursor;
  const char = peek(cursor);
  if (char === '"') return readString(cursor);
  if (char === "'") {
    const close = text.indexOf("'", pos + 1);
    if (close > 0 && close < end) {
      cursor.pos = close + 1;
      return { kind: 'word', text: text.slice(pos + 1, close), quoted: true, span: [pos, close + 1] };
    }
  }
  let i = pos;
  while (i < end) {
    const unit = text.charAt(i);
    if (unit === '\\') i += 2;
    else if (text.startsWith('<<', i)) i = Math.max(i + 1, text.indexOf('>>', i) + 2);
    else if (STOPS.has(unit) || isSpace(text.charCodeAt(i)) || (unit === '!' && text.charAt(i + 1) === '='))
      break;
    else i += 1;
  }
  i = Math.min(i, end);
  if (i === pos) return null;
  cursor.pos = i;
  return { kind: 'word', text: text.slice(pos, i), quoted: false, span: [pos, i] };
}

/** A function up to its closing parenthesis; null where that is missing. */
function readCall(cursor: Cursor, name: WordNode): CallNode | null {
  const { context } = cursor;
  context.parentheses ??= pairParentheses(cursor.text);
  const open = cursor.pos;
  const behind = context.parentheses.get(open);
  if (behind === undefined || behind > cursor.end) return null;
  cursor.pos = behind;
  return { kind: 'call', name: name.text, inner: [open + 1, behind - 1], span: [name.span[0], behind] };
}

function readOption(cursor: Cursor, name: WordNode): Argument | null {
  const before = cursor.pos;
  skipSpace(cursor);
  if (peek(cursor) !== '=') {
    cursor.pos = before;
    return null;
  }
  cursor.pos += 1;
  skipSpace(cursor);
  const value = readOptionValue(cursor);
  if (value === null) {
    cursor.pos = before;
    return null;
  }
  return { kind: 'option', name, value, span: [name.span[0], cursor.pos] };
}

function readOptionValue(cursor: Cursor): WordNode | MacroNode | SubsearchNode | CallNode | null {
  const char = peek(cursor);
  if (char === '`') return readMacro(cursor);
  if (char === '[') return readSubsearch(cursor);
  const word = readPlainWord(cursor);
  if (word === null || word.quoted || peek(cursor) !== '(') return word;
  return readCall(cursor, word) ?? word;
}

/** Whether an argument is this word, whatever its letters' case. */
export function isKeyword(argument: Argument | undefined, word: string): boolean {
  return argument?.kind === 'word' && !argument.quoted && argument.text.toUpperCase() === word;
}

/** The words of a list of arguments, commas left out. */
export function wordsOf(found: readonly Argument[]): readonly WordNode[] {
  return found.filter((argument) => argument.kind === 'word');
}

/** The value of an option, as text; null where it is not given. */
export function optionOf(found: readonly Argument[], name: string): string | null {
  for (const argument of found) {
    if (argument.kind !== 'option' || argument.name.text.toLowerCase() !== name) continue;
    if (argument.value.kind === 'word') return argument.value.text;
  }
  return null;
}
