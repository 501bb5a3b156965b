import { LIMITS, nearest } from '@rulescope/logic';
import {
  endAt,
  endBefore,
  kindAt,
  type Reporter,
  report,
  spanFrom,
  startAt,
  take,
  wordAt,
} from '@rulescope/logic/parsing';
import { COMMANDS, commandNamed, type EsqlCommand, OTHER_NAMES } from '../data/commands.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { Command, Pipeline } from './ast.ts';
import { parseArguments, parsePlain } from './commands.ts';
import { parseCondition } from './conditions.ts';
import { breakOff, type Cursor, fault, isWord, unexpected } from './cursor.ts';
import { lex } from './lexer.ts';

/**
 * Parses an ES|QL text to its commands (ES|QL reference; the grammar of Elasticsearch, `EsqlBaseParser.g4`).
 * Hand-written recursive descent, linear in the text and bounded in depth. Never throws: what breaks the grammar is a
 * broken node with one diagnostic, and the rest is parsed. Spans are offsets of the text.
 */
export function parsePipeline(text: string, to: Reporter): Pipeline {
  const grammar = { condition: parseCondition, pipeline: parseCommands };
  const cursor: Cursor = { text, tokens: lex(text), to, grammar, at: 0, faults: 0 };
  const settings: Command[] = [];
  while (isWord(cursor, 'set') && kindAt(cursor, 2) === '=') settings.push(parseSetting(cursor));
  const { commands } = parseCommands(cursor, 0, 'source', true);
  return { commands: [...settings, ...commands], span: [0, text.length] };
}

/** `set name = value;` (ES|QL reference, "SET"). */
function parseSetting(cursor: Cursor): Command {
  const start = startAt(cursor);
  const before = cursor.faults;
  cursor.at += 1;
  const args = parseArguments(cursor, 0, 'set');
  if (!take(cursor, ';')) {
    fault(cursor, unexpected(cursor, 'a semicolon'), [startAt(cursor), endAt(cursor)]);
  }
  return { name: 'set', ...args, span: [start, endBefore(cursor)], sound: cursor.faults === before };
}

/** Commands with pipes between: to the end of the text, or to the parenthesis that closes them. */
function parseCommands(cursor: Cursor, depth: number, starts: 'source' | 'leg', outermost = false): Pipeline {
  const start = startAt(cursor);
  const commands: Command[] = [];
  while (kindAt(cursor) !== 'end') {
    if (kindAt(cursor) === ')' && !outermost) break;
    const first = commands.length === 0;
    const { at } = cursor;
    commands.push(parseCommand(cursor, depth, first ? starts : null, first && outermost));
    if (cursor.at === at) cursor.at += 1;
  }
  if (commands.length === 0 && !outermost) {
    fault(cursor, unexpected(cursor, 'a command'), [startAt(cursor), endAt(cursor)]);
  }
  return { commands, span: spanFrom(cursor, start) };
}

/** One command from the pipe before it on; `starts` says what it must be where it is the first of a query. */
function parseCommand(
  cursor: Cursor,
  depth: number,
  starts: 'source' | 'leg' | null,
  outermost: boolean,
): Command {
  const start = startAt(cursor);
  const before = cursor.faults;
  const piped = take(cursor, '|');
  if (outermost) skipStrayWord(cursor);
  const known = takeCommand(cursor);
  if (known === null) return parseUnknown(cursor, start, before, starts);
  if (starts === 'source' && known.kind !== 'source') {
    const message = 'The query does not start with from, row, show or ts.';
    fault(cursor, message, [start, endBefore(cursor)], CODES.missingSource);
  } else if (starts !== 'source' && known.kind === 'source') {
    fault(cursor, `${known.name} can only start a query.`, [start, endBefore(cursor)], CODES.misplacedSource);
  } else if (starts === null && !piped) {
    fault(cursor, 'A pipe is missing before this command.', [start, endBefore(cursor)]);
  }
  const args = parseArguments(cursor, depth, known.form);
  if (!isEnd(cursor)) breakOffCommand(cursor, known);
  const sound = cursor.faults === before;
  return { name: known.name, ...args, span: spanFrom(cursor, start), sound };
}

function isEnd(cursor: Cursor): boolean {
  const kind = kindAt(cursor);
  return kind === '|' || kind === 'end' || kind === ')';
}

/** What is left of a command that was read: a closing parenthesis that opens nothing ends it too. */
function breakOffCommand(cursor: Cursor, { name }: EsqlCommand): void {
  breakOff(cursor, `a pipe or the end of ${name}`, true);
  while (!isEnd(cursor)) cursor.at += 1;
}

/** A word that is no command, before one that starts a query. */
function skipStrayWord(cursor: Cursor): void {
  if (kindAt(cursor) !== 'name' || kindAt(cursor, 1) !== 'name') return;
  if (commandNamed(wordAt(cursor).toLowerCase()) !== null) return;
  if (commandNamed(wordAt(cursor, 1).toLowerCase())?.kind !== 'source') return;
  const message = `"${wordAt(cursor).slice(0, 40)}" is no part of the query.`;
  report(cursor.to, CODES.strayWord, message, [startAt(cursor), endAt(cursor)]);
  cursor.at += 1;
}

/** The command whose name stands at the cursor, its one or two words taken; null for anything else. */
function takeCommand(cursor: Cursor): EsqlCommand | null {
  if (kindAt(cursor) !== 'name') return null;
  const word = wordAt(cursor).slice(0, 40).toLowerCase();
  if (kindAt(cursor, 1) === 'name') {
    const both = commandNamed(`${word} ${wordAt(cursor, 1).slice(0, 40).toLowerCase()}`);
    if (both !== null) {
      cursor.at += 2;
      return both;
    }
  }
  const known = commandNamed(word);
  if (known !== null) cursor.at += 1;
  return known;
}

const NAMES = [...COMMANDS.map(({ name }) => name), ...OTHER_NAMES.keys()];

/** The name of the one command of a text in another language. */
export const OTHER_LANGUAGE = 'select';

/** A command that is not known, kept as text. */
function parseUnknown(
  cursor: Cursor,
  start: number,
  before: number,
  starts: 'source' | 'leg' | null,
): Command {
  const word = kindAt(cursor) === 'name' ? wordAt(cursor).slice(0, 60).toLowerCase() : '';
  const span = [startAt(cursor), endAt(cursor)] as const;
  if (word === '') {
    fault(cursor, unexpected(cursor, 'a command'), span);
    // A parenthesis that closes nothing would end each command anew.
    if (kindAt(cursor) === ')') cursor.at += 1;
  } else {
    cursor.faults += 1;
    const other = tellUnknown(cursor, word, span, starts);
    cursor.at += 1;
    if (other) return parseOtherLanguage(cursor, start);
  }
  const args = parsePlain(cursor);
  return {
    name: word === '' ? 'unknown' : word,
    ...args,
    span: spanFrom(cursor, start),
    sound: cursor.faults === before,
  };
}

function tellUnknown(
  cursor: Cursor,
  word: string,
  span: readonly [number, number],
  starts: 'source' | 'leg' | null,
): boolean {
  const sql = word === 'select' || (word === 'sql' && isWord(cursor, 'select', 1));
  if (sql && starts === 'source') {
    report(cursor.to, CODES.otherLanguage, 'This is SQL and no ES|QL.', span);
    return true;
  }
  // What is not listed any more needs no advice, which costs time.
  const listed = (cursor.to.counts.get(CODES.unknownCommand.code) ?? 0) < LIMITS.diagnostics;
  const meant = listed ? nearest(word, NAMES) : null;
  const advice = meant === null ? '' : ` Is ${meant} meant?`;
  report(cursor.to, CODES.unknownCommand, `ES|QL has no command ${word}.${advice}`, span);
  return false;
}

/** A query in another language is kept as a whole. */
function parseOtherLanguage(cursor: Cursor, start: number): Command {
  const from = startAt(cursor);
  cursor.at = cursor.tokens.kinds.length - 1;
  const span = spanFrom(cursor, start);
  const text = cursor.text.slice(from, span[1]);
  return {
    name: OTHER_LANGUAGE,
    kind: 'plain',
    target: null,
    as: [],
    text,
    span,
    sound: false,
  };
}
