import { LIMITS } from '@rulescope/logic';
import { decodeName } from '@rulescope/logic/elastic';
import { endAt, endBefore, kindAt, startAt, take, wordAt } from '@rulescope/logic/parsing';
import type { CommandForm } from '../data/commands.ts';
import type { Command, Expr, Item, Pipeline, Sort } from './ast.ts';
import {
  breakOff,
  type Cursor,
  fault,
  isWord,
  listOf,
  QUERY_DEPTH,
  takeName,
  takeTarget,
  takeWord,
  tooDeep,
  unexpected,
} from './cursor.ts';
import { parsePrimary, parseSum } from './operands.ts';
import { parsePatterns, readColumn, readIndex } from './patterns.ts';

/** What a command is besides its name and place. */
type Arguments<C = Command> = C extends Command ? Omit<C, 'name' | 'span' | 'sound'> : never;

/** Reads what stands behind the name of a command, by its form. */
export function parseArguments(cursor: Cursor, depth: number, form: CommandForm): Arguments {
  switch (form) {
    case 'source':
      return { kind: 'source', ...parsePatterns(cursor, depth) };
    case 'where':
      return { kind: 'where', condition: cursor.grammar.condition(cursor, depth) };
    case 'assign':
      return { kind: 'assign', items: parseItems(cursor, depth) };
    case 'stats':
      return parseStats(cursor, depth);
    case 'columns':
      return { kind: 'columns', names: listOf(cursor, () => readColumn(cursor)) };
    case 'rename':
      return { kind: 'rename', pairs: listOf(cursor, () => parseRenaming(cursor)) };
    case 'sort':
      return { kind: 'sort', keys: listOf(cursor, () => parseSortKey(cursor, depth)) };
    case 'limit':
      return parseLimit(cursor, depth);
    case 'extract':
      return parseExtract(cursor, depth);
    case 'enrich':
      return parseEnrich(cursor);
    case 'join':
      return parseJoin(cursor, depth);
    case 'fork':
      return { kind: 'fork', legs: parseLegs(cursor, depth) };
    case 'completion':
      return parseCompletion(cursor, depth);
    case 'parts':
      return parseParts(cursor, depth);
    case 'set':
      return parseSetting(cursor, depth);
    case 'plain':
      return parsePlain(cursor);
  }
}

function parseItems(cursor: Cursor, depth: number, counted = false): readonly Item[] {
  return listOf(cursor, () => parseItem(cursor, depth, counted));
}

/** Only an aggregate may have a condition behind it. */
function parseItem(cursor: Cursor, depth: number, counted: boolean): Item {
  const name = takeTarget(cursor);
  const expr = cursor.grammar.condition(cursor, depth);
  const where = counted && takeWord(cursor, 'where') ? cursor.grammar.condition(cursor, depth) : null;
  return { name, expr, where };
}

/** `stats`: functions, `by`, or both (ES|QL reference, "STATS"). */
function parseStats(cursor: Cursor, depth: number): Arguments {
  const aggregates = isWord(cursor, 'by') ? [] : parseItems(cursor, depth, true);
  const by = takeWord(cursor, 'by') ? parseItems(cursor, depth) : [];
  return { kind: 'stats', aggregates, by };
}

/** `old as new`, or `new = old` (ES|QL reference, "RENAME"). */
function parseRenaming(cursor: Cursor): { readonly from: string; readonly to: string } {
  const first = readColumn(cursor);
  if (take(cursor, '=')) return { from: readColumn(cursor), to: first };
  if (takeWord(cursor, 'as')) return { from: first, to: readColumn(cursor) };
  fault(cursor, unexpected(cursor, '"as" and a new name'), [startAt(cursor), endAt(cursor)]);
  return { from: first, to: first };
}

function parseSortKey(cursor: Cursor, depth: number): Sort['keys'][number] {
  const expr = cursor.grammar.condition(cursor, depth);
  const order = takeWord(cursor, 'asc') ? 'asc' : takeWord(cursor, 'desc') ? 'desc' : null;
  if (!takeWord(cursor, 'nulls')) return { expr, order, nulls: null };
  const nulls = takeWord(cursor, 'first') ? 'first' : takeWord(cursor, 'last') ? 'last' : null;
  if (nulls === null) {
    fault(cursor, unexpected(cursor, '"first" or "last"'), [startAt(cursor), endAt(cursor)]);
  }
  return { expr, order, nulls };
}

function parseLimit(cursor: Cursor, depth: number): Arguments {
  const count = parseSum(cursor, depth);
  const by = takeWord(cursor, 'by') ? listOf(cursor, () => parseSum(cursor, depth)) : [];
  return { kind: 'limit', count, by };
}

/** grok and dissect: a value, patterns, and options of dissect. */
function parseExtract(cursor: Cursor, depth: number): Arguments {
  const input = parseSum(cursor, depth);
  const patterns = listOf(cursor, () => parsePrimary(cursor, depth));
  const options: Item[] = [];
  for (let name = takeTarget(cursor); name !== null; name = takeTarget(cursor)) {
    options.push({ name, expr: parsePrimary(cursor, depth), where: null });
    take(cursor, ',');
  }
  return { kind: 'extract', input, patterns, options };
}

function parseEnrich(cursor: Cursor): Arguments {
  const policy = readIndex(cursor, 'the name of an enrich policy');
  const on = takeWord(cursor, 'on') ? readColumn(cursor) : null;
  const columns = takeWord(cursor, 'with') ? listOf(cursor, () => parseEnrichColumn(cursor)) : [];
  return { kind: 'enrich', policy, on, columns };
}

function parseEnrichColumn(cursor: Cursor): { readonly name: string | null; readonly column: string } {
  const first = readColumn(cursor);
  return take(cursor, '=') ? { name: first, column: readColumn(cursor) } : { name: null, column: first };
}

/** `lookup join index on a, b == c` (ES|QL reference, "LOOKUP JOIN"). */
function parseJoin(cursor: Cursor, depth: number): Arguments {
  const index = readIndex(cursor, 'the name of a lookup index');
  if (takeWord(cursor, 'as')) readColumn(cursor);
  if (!takeWord(cursor, 'on')) {
    fault(cursor, unexpected(cursor, '"on" and a column'), [startAt(cursor), endAt(cursor)]);
    return { kind: 'join', index, on: [] };
  }
  return { kind: 'join', index, on: listOf(cursor, () => cursor.grammar.condition(cursor, depth)) };
}

function parseLegs(cursor: Cursor, depth: number): readonly Pipeline[] {
  const legs: Pipeline[] = [];
  if (kindAt(cursor) !== '(') breakOff(cursor, 'a branch in parentheses', true);
  while (kindAt(cursor) === '(') {
    if (depth + QUERY_DEPTH > LIMITS.depth) {
      tooDeep(cursor);
      break;
    }
    const open = startAt(cursor);
    cursor.at += 1;
    legs.push(cursor.grammar.pipeline(cursor, depth + QUERY_DEPTH, 'leg'));
    if (!take(cursor, ')')) fault(cursor, 'A parenthesis is never closed.', [open, open + 1]);
  }
  return legs;
}

/** `completion answer = prompt with { … }`; older versions have a bare name behind `with`. */
function parseCompletion(cursor: Cursor, depth: number): Arguments {
  const target = takeTarget(cursor);
  const prompt = parsePrimary(cursor, depth);
  const options: Expr | null = takeWord(cursor, 'with') ? parsePrimary(cursor, depth) : null;
  return { kind: 'completion', target, prompt, options };
}

/** `uri_parts prefix = input` (ES|QL reference, "URI_PARTS", "USER_AGENT", "REGISTERED_DOMAIN", "IP_LOCATION"). */
function parseParts(cursor: Cursor, depth: number): Arguments {
  const prefix = takeTarget(cursor);
  if (prefix === null)
    fault(cursor, unexpected(cursor, 'a prefix and "="'), [startAt(cursor), endAt(cursor)]);
  const input = parseSum(cursor, depth);
  const options = takeWord(cursor, 'with') ? parsePrimary(cursor, depth) : null;
  return { kind: 'parts', prefix: prefix ?? '', input, options };
}

function parseSetting(cursor: Cursor, depth: number): Arguments {
  const setting = takeTarget(cursor);
  if (setting === null) {
    fault(cursor, unexpected(cursor, 'a setting and its value'), [startAt(cursor), endAt(cursor)]);
  }
  return { kind: 'set', setting: setting ?? '', value: parseSum(cursor, depth) };
}

/** Keeps the text up to the next pipe, or the bracket that closes the query; notes the names that it sets. */
export function parsePlain(cursor: Cursor): Arguments {
  const start = startAt(cursor);
  const target = kindAt(cursor) === 'name' && kindAt(cursor, 1) === '=' ? decodeName(wordAt(cursor)) : null;
  const as: string[] = [];
  let open = 0;
  for (; kindAt(cursor) !== 'end'; cursor.at += 1) {
    const kind = kindAt(cursor);
    if (kind === 'unclosed-string' || kind === 'unclosed-comment') {
      breakOff(cursor, 'the end of the command', true);
      cursor.at -= 1;
      continue;
    }
    if (kind === '(' || kind === '[' || kind === '{') open += 1;
    if (kind === ')' && open === 0) break;
    if ((kind === ')' || kind === ']' || kind === '}') && open > 0) open -= 1;
    if (kind === '|' && open === 0) break;
    if (open === 0 && isWord(cursor, 'as') && kindAt(cursor, 1) === 'name') {
      cursor.at += 1;
      as.push(...listOf(cursor, () => (kindAt(cursor) === 'name' ? takeName(cursor) : '')));
      cursor.at -= 1;
    }
  }
  const end = Math.max(start, endBefore(cursor));
  return { kind: 'plain', target, as, text: cursor.text.slice(start, end) };
}
