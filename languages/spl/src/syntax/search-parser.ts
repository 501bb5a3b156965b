import { LIMITS, SHARED_CODES, type Span } from '@rulescope/logic';
import { CODES } from '../diagnostic-codes.ts';
import { isSpace } from '../text/scan.ts';
import type {
  BadNode,
  ComparisonOperator,
  DirectiveNode,
  SearchNode,
  SearchValue,
  Word,
  WordNode,
} from './ast.ts';
import { type Cursor, misread } from './context.ts';
import { isAtWord, peek, readMacro, readString, readSubsearch, skipSpace } from './words.ts';

const [, NESTING_TOO_DEEP] = SHARED_CODES;

/** Where a search expression ends before its command does. */
export interface SearchEnd {
  /** Words that end it where no parenthesis is open, in capital letters: `BY` in tstats. */
  readonly words: readonly string[];
}

const NO_END: SearchEnd = { words: [] };

/**
 * Parses an expression of the `search` command (Search Reference, "search"; Search Manual, "Boolean expressions
 * with logical operators"): terms are joined by an implied AND, and OR binds tighter than AND. Reads up to the
 * end of the cursor's part or one of the words that end it. Null where there is nothing.
 */
export function parseSearch(cursor: Cursor, ends: SearchEnd = NO_END): SearchNode | null {
  const items: SearchNode[] = [];
  for (;;) {
    const node = parseAnd(cursor, ends);
    if (node !== null) items.push(node);
    skipSeparators(cursor);
    if (cursor.pos >= cursor.end || isEnd(cursor, ends)) break;
    // Only a closing parenthesis too many stops parseAnd before the end.
    const span: Span = [cursor.pos, cursor.pos + 1];
    misread(cursor, CODES.unexpected, 'This parenthesis closes nothing.', span);
    cursor.pos += 1;
  }
  return joined('and', items);
}

function joined(kind: 'and' | 'or', items: readonly SearchNode[]): SearchNode | null {
  const [first] = items;
  const last = items.at(-1);
  if (first === undefined || last === undefined) return null;
  return items.length === 1 ? first : { kind, items, span: [first.span[0], last.span[1]] };
}

function isEnd(cursor: Cursor, ends: SearchEnd): boolean {
  return cursor.depth === 0 && ends.words.some((word) => isAtWord(cursor, word) && !isCompared(cursor, word));
}

/** `by=x` is a comparison. */
function isCompared(cursor: Cursor, word: string): boolean {
  return /^\s*(?:=|!=|<|>)/.test(cursor.text.slice(cursor.pos + word.length, cursor.pos + word.length + 20));
}

/** White space, comments, and commas, which separate terms as white space does. */
function skipSeparators(cursor: Cursor): void {
  skipSpace(cursor);
  while (peek(cursor) === ',') {
    cursor.pos += 1;
    skipSpace(cursor);
  }
}

function parseAnd(cursor: Cursor, ends: SearchEnd): SearchNode | null {
  const items: SearchNode[] = [];
  for (;;) {
    skipSeparators(cursor);
    if (cursor.pos >= cursor.end || peek(cursor) === ')' || isEnd(cursor, ends)) break;
    const and = operatorAt(cursor, 'AND');
    if (and !== null) {
      cursor.pos = and[1];
      if (items.length === 0) misread(cursor, CODES.unexpected, 'Nothing stands before this AND.', and);
      else if (isAtOperandEnd(cursor, ends))
        misread(cursor, CODES.unexpected, 'Nothing stands behind this AND.', and);
      continue;
    }
    const node = parseOr(cursor, ends);
    if (node !== null) items.push(node);
  }
  return joined('and', items);
}

function parseOr(cursor: Cursor, ends: SearchEnd): SearchNode | null {
  const items: SearchNode[] = [];
  const first = operatorAt(cursor, 'OR');
  if (first !== null) {
    misread(cursor, CODES.unexpected, 'Nothing stands before this OR.', first);
    cursor.pos = first[1];
  }
  for (;;) {
    const node = parseNot(cursor, ends);
    if (node !== null) items.push(node);
    skipSeparators(cursor);
    let or = operatorAt(cursor, 'OR');
    if (or === null) break;
    let last = or;
    while (or !== null) {
      last = or;
      cursor.pos = or[1];
      skipSeparators(cursor);
      or = operatorAt(cursor, 'OR');
      if (or !== null) misread(cursor, CODES.unexpected, 'An OR follows an OR.', or);
    }
    if (isAtOperandEnd(cursor, ends)) {
      misread(cursor, CODES.unexpected, 'Nothing stands behind this OR.', last);
      break;
    }
  }
  return joined('or', items);
}

function isAtOperandEnd(cursor: Cursor, ends: SearchEnd): boolean {
  skipSeparators(cursor);
  return (
    cursor.pos >= cursor.end ||
    peek(cursor) === ')' ||
    isEnd(cursor, ends) ||
    operatorAt(cursor, 'AND') !== null
  );
}

/** The operator at the cursor: in capital letters, and not the name of a field that is compared. */
function operatorAt(cursor: Cursor, word: 'AND' | 'OR' | 'NOT'): Span | null {
  const behind = cursor.pos + word.length;
  if (!cursor.text.startsWith(word, cursor.pos) || behind > cursor.end) return null;
  const next = behind < cursor.end ? cursor.text.charCodeAt(behind) : 32;
  if (isSpace(next) || '()"[`'.includes(String.fromCharCode(next))) {
    return isCompared(cursor, word) ? null : [cursor.pos, behind];
  }
  return null;
}

function parseNot(cursor: Cursor, ends: SearchEnd): SearchNode | null {
  const nots: Span[] = [];
  for (;;) {
    skipSeparators(cursor);
    const not = operatorAt(cursor, 'NOT');
    if (not === null) break;
    nots.push(not);
    cursor.pos = not[1];
  }
  const last = nots.at(-1);
  if (last !== undefined && isAtOperandEnd(cursor, ends)) {
    misread(cursor, CODES.unexpected, 'Nothing stands behind this NOT.', last);
    return null;
  }
  const item = parsePrimary(cursor, ends);
  const first = nots[0];
  if (item === null || first === undefined || nots.length % 2 === 0) return item;
  return { kind: 'not', item, span: [first[0], item.span[1]] };
}

function parsePrimary(cursor: Cursor, ends: SearchEnd): SearchNode | null {
  const char = peek(cursor);
  if (char === '(') return parseGroup(cursor);
  if (char === '[') return readSubsearch(cursor) ?? ordinary(cursor);
  if (char === '`') return readMacro(cursor) ?? ordinary(cursor);
  if (char === '"') {
    const string = readString(cursor);
    return string === null ? ordinary(cursor) : (parseComparison(cursor, string, ends) ?? string);
  }
  if (char === '' || char === ')') return null;
  const directive = parseDirective(cursor);
  if (directive !== null) return directive;
  const word = readBare(cursor, WORD_STOPS);
  if (word === null) return unexpectedOperator(cursor);
  return parseComparison(cursor, word, ends) ?? word;
}

function parseGroup(cursor: Cursor): SearchNode | null {
  const start = cursor.pos;
  if (cursor.depth >= LIMITS.depth) return tooDeep(cursor);
  cursor.pos += 1;
  cursor.depth += 1;
  const inner = parseAnd(cursor, NO_END);
  cursor.depth -= 1;
  if (peek(cursor) === ')') cursor.pos += 1;
  else misread(cursor, CODES.unclosedParenthesis, 'Nothing closes this parenthesis.', [start, start + 1]);
  return inner === null ? null : { ...inner, span: [start, cursor.pos] };
}

function tooDeep(cursor: Cursor): BadNode {
  const span: Span = [cursor.pos, cursor.end];
  misread(cursor, NESTING_TOO_DEEP, `Nested more than ${LIMITS.depth} levels deep.`, [span[0], span[0] + 1]);
  cursor.pos = cursor.end;
  return { kind: 'bad', span };
}

/** A quote, back-tick or bracket that nothing closes is an ordinary character: splitting the pipeline told of it. */
function ordinary(cursor: Cursor): WordNode | BadNode {
  const start = cursor.pos;
  cursor.pos += 1;
  const rest = readBare(cursor, WORD_STOPS);
  cursor.understood = false;
  return { kind: 'bad', span: [start, rest === null ? start + 1 : rest.span[1]] };
}

function unexpectedOperator(cursor: Cursor): BadNode {
  const start = cursor.pos;
  const operator = readOperator(cursor);
  if (operator === null) cursor.pos += 1;
  else readValue(cursor);
  const span: Span = [start, cursor.pos];
  misread(
    cursor,
    CODES.unexpected,
    `No field stands before "${cursor.text.slice(...span).slice(0, 40)}".`,
    span,
  );
  return { kind: 'bad', span };
}

/** What ends a bare word: white space, and what has a meaning of its own. */
const WORD_STOPS = new Set(['(', ')', '"', '[', ']', '`', ',', '=', '<', '>', '|']);
/** What ends a bare value: an equals sign or an angle bracket may be a part of it. */
const VALUE_STOPS = new Set(['(', ')', '"', '[', ']', '`', ',', '|']);

/** A quoted string or a bare word; null where neither is at the cursor. */
function readWord(cursor: Cursor, stops: ReadonlySet<string>): WordNode | null {
  if (peek(cursor) !== '"') return readBare(cursor, stops);
  return readString(cursor);
}

function readBare(cursor: Cursor, stops: ReadonlySet<string>): WordNode | null {
  const { text, end } = cursor;
  const start = cursor.pos;
  let i = start;
  while (i < end) {
    const char = text.charAt(i);
    if (char === '\\') i += 2;
    else if (stops.has(char) || isSpace(text.charCodeAt(i))) break;
    else if (char === '!' && text.charAt(i + 1) === '=' && stops.has('=')) break;
    else i += 1;
  }
  i = Math.min(i, end);
  if (i === start) return null;
  cursor.pos = i;
  return { kind: 'word', text: text.slice(start, i), quoted: false, span: [start, i] };
}

function readOperator(cursor: Cursor): ComparisonOperator | null {
  const { text, pos } = cursor;
  const two = text.slice(pos, Math.min(pos + 2, cursor.end));
  const operator = OPERATORS.get(two) ?? OPERATORS.get(two.charAt(0));
  if (operator === undefined) return null;
  cursor.pos += OPERATORS.has(two) ? two.length : 1;
  return operator;
}

const OPERATORS: ReadonlyMap<string, ComparisonOperator> = new Map([
  ['==', '='],
  ['!=', '!='],
  ['<=', '<='],
  ['>=', '>='],
  ['=', '='],
  ['<', '<'],
  ['>', '>'],
]);

function parseComparison(cursor: Cursor, field: Word, ends: SearchEnd): SearchNode | null {
  const before = cursor.pos;
  skipSpace(cursor);
  const operator = readOperator(cursor);
  if (operator !== null) {
    skipSpace(cursor);
    const value = isEnd(cursor, ends) ? null : readValue(cursor);
    const span: Span = [field.span[0], value?.span[1] ?? cursor.pos];
    if (value !== null) return { kind: 'compare', field, operator, value, span };
    misread(cursor, CODES.unexpected, `"${field.text}" is compared with nothing.`, span);
    return { kind: 'bad', span };
  }
  const list = parseIn(cursor, field);
  if (list === null) cursor.pos = before;
  return list;
}

/** `field IN (…)` and `field NOT IN (…)`. */
function parseIn(cursor: Cursor, field: Word): SearchNode | null {
  const negated = operatorAt(cursor, 'NOT');
  if (negated !== null) {
    cursor.pos = negated[1];
    skipSpace(cursor);
  }
  if (!isAtWord(cursor, 'IN')) return null;
  const word: Span = [cursor.pos, cursor.pos + 2];
  cursor.pos += 2;
  skipSpace(cursor);
  if (peek(cursor) !== '(') return null;
  if (cursor.text.slice(...word) !== 'IN') {
    misreadAsOperator(cursor, word);
  }
  const values = readList(cursor);
  const span: Span = [field.span[0], cursor.pos];
  const list: SearchNode = { kind: 'in', field, values, span };
  return negated === null ? list : { kind: 'not', item: list, span };
}

function misreadAsOperator(cursor: Cursor, span: Span): void {
  const understood = cursor.understood;
  misread(cursor, CODES.lowercaseOperator, 'Splunk wants IN in capital letters.', span);
  cursor.understood = understood;
}

function readList(cursor: Cursor): readonly SearchValue[] {
  const start = cursor.pos;
  const values: SearchValue[] = [];
  cursor.pos += 1;
  for (;;) {
    skipSeparators(cursor);
    if (cursor.pos >= cursor.end) {
      misread(cursor, CODES.unclosedParenthesis, 'Nothing closes this list.', [start, start + 1]);
      return values;
    }
    if (peek(cursor) === ')') {
      cursor.pos += 1;
      return values;
    }
    const at = cursor.pos;
    const value = readValue(cursor);
    if (value !== null) values.push(value);
    else {
      misread(cursor, CODES.unexpected, 'This is no value of a list.', [at, at + 1]);
      cursor.pos = at + 1;
    }
  }
}

function readValue(cursor: Cursor): SearchValue | null {
  const char = peek(cursor);
  if (char === '[') return readSubsearch(cursor);
  if (char === '`') return readMacro(cursor);
  return parseDirective(cursor) ?? readWord(cursor, VALUE_STOPS);
}

/** What TERM and CASE enclose is taken as it stands, up to the closing parenthesis. */
function parseDirective(cursor: Cursor): DirectiveNode | null {
  const { text, pos } = cursor;
  if (text.charCodeAt(pos) !== 84 && text.charCodeAt(pos) !== 67) return null;
  const name = text.startsWith('TERM(', pos) ? 'TERM' : text.startsWith('CASE(', pos) ? 'CASE' : null;
  if (name === null) return null;
  const close = closingParenthesis(text, pos + 5, cursor.end);
  if (close < 0) return null;
  cursor.pos = close + 1;
  const inner = text.slice(pos + 5, close).trim();
  const quoted = inner.length > 1 && inner.startsWith('"') && inner.endsWith('"');
  return { kind: 'directive', name, text: quoted ? inner.slice(1, -1) : inner, span: [pos, close + 1] };
}

/** No term is longer; unclosed ones would be looked through again and again. */
const LONGEST_TERM = 2_000;

function closingParenthesis(text: string, start: number, end: number): number {
  let depth = 0;
  for (let i = start; i < Math.min(end, start + LONGEST_TERM); i += 1) {
    const char = text.charAt(i);
    if (char === '|' && depth === 0 && isSpace(text.charCodeAt(i + 1))) return -1;
    if (char === '(') depth += 1;
    else if (char === ')') {
      if (depth === 0) return i;
      depth -= 1;
    }
  }
  return -1;
}
