import type { Span } from '@rulescope/logic';
import { decodeName } from '@rulescope/logic/elastic';
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
import { CODES } from '../diagnostic-codes.ts';
import type { Broken, EqlQuery, EventQuery, Expr, Pipe, Sequence, Step, StepOption } from './ast.ts';
import { parseCondition } from './conditions.ts';
import { breakOff, type Cursor, fault, isWord, tellEndgame, unexpected } from './cursor.ts';
import { lex } from './lexer.ts';
import { decodeString } from './literals.ts';
import { parseSum, type Surroundings } from './operands.ts';

const CONDITION: Surroundings = { condition: parseCondition, subquery: parseSubquery, loose: false };
const PIPE_ARGUMENT: Surroundings = { condition: parseCondition, subquery: parseSubquery, loose: true };
const STRINGS: ReadonlySet<string> = new Set(['string', 'raw-string', 'single-string', 'question-string']);

/**
 * Parses an EQL text: an event query, a sequence, a sample or a join, and pipes (Elasticsearch's EQL syntax
 * reference, with what the dialects of Endgame and Elastic Endpoint add). Hand-written recursive descent, linear in
 * the text and bounded in depth. Never throws: what breaks the grammar is a broken node with one diagnostic, and
 * the rest is parsed. Spans are offsets of the text.
 */
export function parseEql(text: string, to: Reporter): EqlQuery {
  const cursor: Cursor = { text, tokens: lex(text), to, at: 0, faults: 0, methods: 0 };
  const main = parseMain(cursor);
  const pipes: Pipe[] = [];
  const rest: Broken[] = [];
  while (kindAt(cursor) !== 'end') {
    if (kindAt(cursor) === '|') pipes.push(parsePipe(cursor));
    else rest.push(parseRest(cursor, 'a pipe or the end of the query', stopsAtPipe));
  }
  return { main, pipes, rest };
}

function parseMain(cursor: Cursor): EventQuery | Sequence {
  const kind = kindAt(cursor) === 'name' && kindAt(cursor, 1) !== 'where' ? wordAt(cursor) : '';
  if (kind === 'sequence' || kind === 'sample' || kind === 'join') return parseSequence(cursor, kind);
  return parseEvent(cursor, 0);
}

/** `category where condition`. Without category or `where` the condition is read all the same. */
function parseEvent(cursor: Cursor, depth: number): EventQuery {
  const start = startAt(cursor);
  const before = cursor.faults;
  const category = parseCategory(cursor);
  const condition = parseCondition(cursor, depth, CONDITION);
  return {
    kind: 'event',
    category,
    condition,
    span: spanFrom(cursor, start),
    sound: cursor.faults === before,
  };
}

/** The category before `where`, which is taken too; null for `any`, and where there is none. */
function parseCategory(cursor: Cursor): string | null {
  const kind = kindAt(cursor);
  const span: Span = [startAt(cursor), endAt(cursor)];
  if (kindAt(cursor, 1) === 'where' && (kind === 'name' || STRINGS.has(kind))) {
    const word = wordAt(cursor);
    if (kind === 'single-string' || kind === 'question-string') {
      tellEndgame(cursor, 'Elasticsearch has only double quotes around an event category.');
    }
    cursor.at += 2;
    if (kind !== 'name') return decodeString(word, kind).value;
    return word === 'any' ? null : decodeName(word);
  }
  if (take(cursor, 'where'))
    fault(cursor, 'An event category is expected before "where".', span, CODES.missingWhere);
  else fault(cursor, unexpected(cursor, 'an event category with "where"'), span, CODES.missingWhere);
  return null;
}

/** `[ event query ]`; the cursor is at the opening bracket. */
function parseSubquery(cursor: Cursor, depth: number): EventQuery {
  const open = startAt(cursor);
  cursor.at += 1;
  const query = parseEvent(cursor, depth);
  if (take(cursor, ']')) return query;
  fault(cursor, 'A square bracket is never closed.', [open, open + 1]);
  if (kindAt(cursor) !== 'end' && kindAt(cursor) !== '|') {
    skipWhile(cursor, (kind) => kind !== ']' && kind !== '|');
    take(cursor, ']');
  }
  return { ...query, sound: false };
}

function parseSequence(cursor: Cursor, kind: Sequence['kind']): Sequence {
  const start = startAt(cursor);
  const before = cursor.faults;
  if (kind === 'join')
    tellEndgame(cursor, 'Elasticsearch has no joins: a sample is the nearest that it has.');
  cursor.at += 1;
  const { by, maxspan } = parseHead(cursor);
  const steps: Step[] = [];
  const rest: Broken[] = [];
  while (!stopsSequence(cursor)) {
    if (startsStep(cursor)) steps.push(parseStep(cursor));
    else rest.push(parseRest(cursor, 'a step in square brackets', stopsSequenceOrStep));
  }
  const endOfSteps = endBefore(cursor);
  const until = kindAt(cursor) === 'until' ? parseUntil(cursor) : null;
  const end = until === null ? endBefore(cursor) : endOfSteps;
  if (steps.length === 0) fault(cursor, 'There is no step in square brackets.', [start, start + kind.length]);
  const sequence: Sequence = {
    kind,
    by,
    maxspan,
    steps,
    until,
    rest,
    span: [start, end],
    sound: cursor.faults === before,
  };
  checkSequence(sequence, cursor.to);
  return sequence;
}

/** `by` and `with maxspan=`, in either order. */
function parseHead(cursor: Cursor): { readonly by: readonly Expr[]; readonly maxspan: string | null } {
  let by: readonly Expr[] = [];
  let maxspan: string | null = null;
  for (;;) {
    if (take(cursor, 'by')) by = [...by, ...parseKeys(cursor)];
    else if (kindAt(cursor) === 'with' && isWord(cursor, 'maxspan', 1)) {
      cursor.at += 2;
      maxspan = parseSpan(cursor);
    } else return { by, maxspan };
  }
}

/** Elasticsearch, EQL syntax reference, "with maxspan", and API conventions, "Time units". */
const TIME_SPAN = /^\d+\s*(?:d|h|m|s|ms|micros|nanos)$/;

/** A number and its unit behind the equals sign. */
function parseSpan(cursor: Cursor): string | null {
  if (!take(cursor, '=') && !take(cursor, '==')) {
    fault(cursor, unexpected(cursor, '"=" and a time'), [startAt(cursor), endAt(cursor)]);
    return null;
  }
  const start = startAt(cursor);
  if (!take(cursor, 'number')) {
    fault(cursor, unexpected(cursor, 'a time such as 5m'), [startAt(cursor), endAt(cursor)]);
    return null;
  }
  take(cursor, 'name');
  const span: Span = [start, endBefore(cursor)];
  const written = cursor.text.slice(...span);
  if (!TIME_SPAN.test(written)) {
    report(
      cursor.to,
      CODES.sequenceRule,
      `maxspan is a whole number with a unit, such as 5m, not ${written}.`,
      span,
    );
  }
  return written;
}

function parseKeys(cursor: Cursor): readonly Expr[] {
  const keys = [parseSum(cursor, 0, CONDITION)];
  while (take(cursor, ',')) keys.push(parseSum(cursor, 0, CONDITION));
  return keys;
}

function startsStep(cursor: Cursor): boolean {
  const kind = kindAt(cursor);
  return kind === '[' || (kind === '!' && kindAt(cursor, 1) === '[');
}

function parseUntil(cursor: Cursor): Step | null {
  const start = startAt(cursor);
  cursor.at += 1;
  if (startsStep(cursor)) return parseStep(cursor, start);
  fault(cursor, unexpected(cursor, 'an event in square brackets'), [startAt(cursor), endAt(cursor)]);
  return null;
}

function parseStep(cursor: Cursor, start = startAt(cursor)): Step {
  const before = cursor.faults;
  const missing = take(cursor, '!');
  const query = parseSubquery(cursor, 1);
  let by: readonly Expr[] = [];
  let runs: number | null = null;
  let alias: string | null = null;
  let fork: boolean | null = null;
  const options: StepOption[] = [];
  for (;;) {
    const from = startAt(cursor);
    let name: StepOption['name'];
    if (take(cursor, 'by')) {
      name = 'by';
      by = [...by, ...parseKeys(cursor)];
    } else if (kindAt(cursor) === 'with') {
      name = 'runs';
      runs = parseRuns(cursor);
    } else if (isWord(cursor, 'as')) {
      name = 'as';
      alias = parseAlias(cursor);
    } else if (isWord(cursor, 'fork')) {
      name = 'fork';
      fork = parseFork(cursor);
    } else break;
    options.push({ name, span: [from, endBefore(cursor)] });
  }
  const span: Span = [start, endBefore(cursor)];
  return { query, missing, by, runs, alias, fork, options, span, sound: cursor.faults === before };
}

function parseRuns(cursor: Cursor): number | null {
  cursor.at += 1;
  if (isWord(cursor, 'runs')) {
    cursor.at += 1;
    if ((take(cursor, '=') || take(cursor, '==')) && kindAt(cursor) === 'number') {
      const runs = Number(wordAt(cursor));
      cursor.at += 1;
      return runs;
    }
  }
  fault(cursor, unexpected(cursor, '"runs=" and a number'), [startAt(cursor), endAt(cursor)]);
  return null;
}

function parseAlias(cursor: Cursor): string | null {
  cursor.at += 1;
  const alias = kindAt(cursor) === 'name' ? decodeName(wordAt(cursor)) : null;
  if (alias === null) fault(cursor, unexpected(cursor, 'a name'), [startAt(cursor), endAt(cursor)]);
  else {
    const message = 'Elasticsearch has no names for the events of a sequence.';
    report(cursor.to, CODES.endpointSyntax, message, [startAt(cursor), endAt(cursor)]);
    cursor.at += 1;
  }
  return alias;
}

function parseFork(cursor: Cursor): boolean {
  tellEndgame(cursor, 'Elasticsearch has no fork.');
  cursor.at += 1;
  if (!take(cursor, '=') && !take(cursor, '==')) return true;
  if (take(cursor, 'true')) return true;
  if (!take(cursor, 'false')) {
    fault(cursor, unexpected(cursor, 'true or false'), [startAt(cursor), endAt(cursor)]);
  }
  return false;
}

/** `| name arguments`; in the Endgame dialect commas between them may be left out. */
function parsePipe(cursor: Cursor): Pipe {
  const start = startAt(cursor);
  const before = cursor.faults;
  cursor.at += 1;
  let name = '';
  const args: Expr[] = [];
  if (kindAt(cursor) === 'name') {
    name = wordAt(cursor);
    cursor.at += 1;
    while (kindAt(cursor) !== 'end' && kindAt(cursor) !== '|') {
      const at = cursor.at;
      args.push(parseCondition(cursor, 0, PIPE_ARGUMENT));
      take(cursor, ',');
      if (cursor.at === at) args.push(parseRest(cursor, 'an argument or another pipe', stopsAtPipe));
    }
  } else args.push(breakOff(cursor, 'the name of a pipe', true));
  return { name, args, span: [start, endBefore(cursor)], sound: cursor.faults === before };
}

/** Reports text that nothing can be made of, at least one token of it, and steps over it. */
function parseRest(cursor: Cursor, expected: string, stops: (cursor: Cursor) => boolean): Broken {
  const span: Span = [startAt(cursor), endAt(cursor)];
  const message = unexpected(cursor, expected);
  cursor.at += 1;
  while (kindAt(cursor) !== 'end' && !stops(cursor)) cursor.at += 1;
  fault(cursor, message, span);
  const whole: Span = [span[0], endBefore(cursor)];
  return { kind: 'broken', text: cursor.text.slice(...whole), span: whole };
}

function skipWhile(cursor: Cursor, goesOn: (kind: string) => boolean): void {
  while (kindAt(cursor) !== 'end' && goesOn(kindAt(cursor))) cursor.at += 1;
}

function stopsAtPipe(cursor: Cursor): boolean {
  return kindAt(cursor) === '|';
}

function stopsSequence(cursor: Cursor): boolean {
  const kind = kindAt(cursor);
  return kind === 'end' || kind === '|' || kind === 'until';
}

function stopsSequenceOrStep(cursor: Cursor): boolean {
  return stopsSequence(cursor) || startsStep(cursor);
}

/** What the EQL syntax reference asks of sequences and samples beyond their grammar. */
function checkSequence(sequence: Sequence, to: Reporter): void {
  const { kind, steps, maxspan, until, by, span } = sequence;
  const head: Span = [span[0], span[0] + kind.length];
  const tell = (message: string, where: Span): void => report(to, CODES.sequenceRule, message, where);
  const missing = steps.filter((step) => step.missing);
  const [firstMissing] = missing;
  if (kind === 'sequence') {
    if (firstMissing !== undefined && maxspan === null)
      tell('A missing event needs "with maxspan=".', firstMissing.span);
    if (firstMissing !== undefined && missing.length === steps.length)
      tell('At least one step must be an event that comes.', firstMissing.span);
  } else if (kind === 'sample') {
    if (by.length === 0 && steps.some((step) => step.by.length === 0))
      tell('A sample needs join keys.', head);
    if (maxspan !== null) tell('A sample has no maxspan.', head);
    if (until !== null) tell('A sample has no until.', until.span);
    if (firstMissing !== undefined) tell('A sample has no missing events.', firstMissing.span);
  }
  if (new Set(steps.map((step) => step.by.length)).size > 1) {
    tell('Each step must have as many join keys as the others.', head);
  }
  for (const step of steps) {
    if (step.runs === null) continue;
    if (kind === 'sample') tell('A sample has no runs.', step.span);
    else if (step.runs < 1 || step.runs > MOST_RUNS || !Number.isInteger(step.runs))
      tell(`runs is a whole number from 1 to ${MOST_RUNS}.`, step.span);
  }
}

const MOST_RUNS = 100;
