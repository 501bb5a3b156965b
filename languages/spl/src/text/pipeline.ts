import type { Span } from '@rulescope/logic';
import { isClosedComment, isComment, skipQuoted } from './scan.ts';

/** One command of a pipeline: from its pipe (the first may have none) up to the next. */
export interface CommandText {
  /** With the pipe before it, and white space. */
  readonly span: Span;
  /** Behind the pipe. */
  readonly start: number;
  readonly piped: boolean;
}

/** What a pipeline was split into. */
export interface PipelineText {
  readonly commands: readonly CommandText[];
  /** Offsets of quotes, back-ticks and brackets that nothing closes; each is then an ordinary character. */
  readonly unclosed: readonly number[];
}

const PIPE = 124;
const QUOTE = 34;
const BACKTICK = 96;
const OPEN = 91;
const CLOSE = 93;
const OPEN_PARENTHESIS = 40;
const CLOSE_PARENTHESIS = 41;
const BACKSLASH = 92;

/** For each bracket that is closed, the offset behind the one that closes it. */
export type Brackets = ReadonlyMap<number, number>;

/** Pairs the square brackets of a text, in one pass; those in strings, comments and macro calls do not count. */
export function pairBrackets(text: string): Brackets {
  return text.includes('[') ? pair(text, OPEN, CLOSE) : new Map();
}

/** Pairs the parentheses of a text in the same way. */
export function pairParentheses(text: string): Brackets {
  return pair(text, OPEN_PARENTHESIS, CLOSE_PARENTHESIS);
}

function pair(text: string, opening: number, closing: number): Brackets {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === BACKSLASH) i += 1;
    else if (unit === QUOTE || unit === BACKTICK) i = Math.max(i, skipQuoted(text, i, text.length) - 1);
    else if (unit === opening) open.push(i);
    else if (unit === closing) {
      const start = open.pop();
      if (start !== undefined) pairs.set(start, i + 1);
    }
  }
  return pairs;
}

const APOSTROPHE = 39;
/** No name of a field is longer. */
const LONGEST_NAME = 300;
/** Where a field's name may start in an expression of eval and where; elsewhere an apostrophe is no quote. */
const QUOTED_NAME = /^\s*(?:eval|where)\b.*[\s(,=<>!+*/%.-]$/is;

/** What stands before a place in its command: its name, and the character before the place. */
function before(text: string, at: number, start: number): string {
  return `${text.slice(start, Math.min(at, start + 20))} ${text.charAt(at - 1)}`;
}

/** Splits a part of a text at its pipes: those in strings, comments, macro calls and subsearches do not count. */
export function splitPipeline(text: string, [start, end]: Span, brackets: Brackets): PipelineText {
  const commands: CommandText[] = [];
  const unclosed: number[] = [];
  let command = { from: start, start, piped: false };
  for (let i = start; i < end; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === BACKSLASH) i += 1;
    else if (unit === QUOTE || unit === BACKTICK) {
      const behind = skipQuoted(text, i, end);
      if (behind === i) unclosed.push(i);
      else if (isComment(text, i) && !isClosedComment(text, i, end)) unclosed.push(i);
      i = Math.max(i, behind - 1);
    } else if (unit === APOSTROPHE && QUOTED_NAME.test(before(text, i, command.start))) {
      const close = text.indexOf("'", i + 1);
      if (close > 0 && close < Math.min(end, i + LONGEST_NAME)) i = close;
    } else if (unit === OPEN) {
      const behind = brackets.get(i);
      if (behind === undefined || behind > end) unclosed.push(i);
      else i = behind - 1;
    } else if (unit === PIPE) {
      if (command.piped || text.slice(command.from, i).trim() !== '') {
        commands.push({ span: [command.from, i], start: command.start, piped: command.piped });
      }
      command = { from: i, start: i + 1, piped: true };
    }
  }
  if (command.piped || text.slice(command.from, end).trim() !== '') {
    commands.push({ span: [command.from, end], start: command.start, piped: command.piped });
  }
  return { commands, unclosed };
}
