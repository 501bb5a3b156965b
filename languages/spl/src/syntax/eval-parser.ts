import { LIMITS, SHARED_CODES, type Span } from '@rulescope/logic';
import { FUNCTIONS } from '../data/functions.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { BadNode, EvalNode, EvalOperator } from './ast.ts';
import { type Cursor, misread, problem } from './context.ts';
import { readNumber, readQuotedField, readString } from './eval-literals.ts';
import { isAtWord, peek, readMacro, readSubsearch, skipSpace } from './words.ts';

const [, NESTING_TOO_DEEP] = SHARED_CODES;

/**
 * Parses an expression of `eval` and `where` (Search Reference, "eval", "Usage", "Operators"). From the loosest to
 * the tightest: XOR, OR, AND, NOT, comparisons, `.` and `+ -`, `* / %`. Stops where the expression ends, at a comma
 * or a closing parenthesis that it has not opened; null where there is none.
 */
export function parseEval(cursor: Cursor): EvalNode | null {
  return parseLogic(cursor, 0);
}

/** The logical operators, from the loosest on (Search Manual, "Boolean expressions with logical operators"). */
const LOGIC = [
  { word: 'XOR', kind: 'xor' },
  { word: 'OR', kind: 'or' },
  { word: 'AND', kind: 'and' },
] as const;

function parseLogic(cursor: Cursor, level: number): EvalNode | null {
  const row = LOGIC[level];
  if (row === undefined) return parseNot(cursor);
  const items: EvalNode[] = [];
  for (;;) {
    const item = parseLogic(cursor, level + 1);
    if (item !== null) items.push(item);
    const at = readLogicWord(cursor, row.word);
    if (at === null) break;
    if (item === null) misread(cursor, CODES.unexpected, `Nothing stands before this ${row.word}.`, at);
    skipSpace(cursor);
    if (isAtEnd(cursor)) {
      misread(cursor, CODES.unexpected, `Nothing stands behind this ${row.word}.`, at);
      break;
    }
  }
  const [first] = items;
  const last = items.at(-1);
  if (first === undefined || last === undefined) return null;
  return items.length === 1 ? first : { kind: row.kind, items, span: [first.span[0], last.span[1]] };
}

function isAtEnd(cursor: Cursor): boolean {
  const char = peek(cursor);
  return char === '' || char === ')' || char === ',';
}

/** Takes a logical operator, whatever its letters' case, even where a function is glued to it. */
function readLogicWord(cursor: Cursor, word: string): Span | null {
  skipSpace(cursor);
  const span: Span = [cursor.pos, cursor.pos + word.length];
  if (span[1] > cursor.end || cursor.text.slice(...span).toUpperCase() !== word) return null;
  if (!isAtWord(cursor, word)) {
    if (!isGluedFunction(cursor, span[1])) return null;
    problem(cursor.context, CODES.gluedOperator, `There is no space behind this ${word}.`, span);
  } else if (cursor.text.slice(...span) !== word) {
    problem(cursor.context, CODES.lowercaseOperator, `Splunk wants ${word} in capital letters.`, span);
  }
  cursor.pos = span[1];
  return span;
}

function isGluedFunction(cursor: Cursor, at: number): boolean {
  const name = /^(?:not\s*)?([a-z]\w*)\s*\(/i.exec(cursor.text.slice(at, at + 40))?.[1]?.toLowerCase();
  return name !== undefined && (FUNCTIONS.has(name) || name === 'not');
}

function parseNot(cursor: Cursor): EvalNode | null {
  const nots: Span[] = [];
  for (;;) {
    const not = readLogicWord(cursor, 'NOT') ?? readExclamationMark(cursor);
    if (not === null) break;
    nots.push(not);
  }
  const [first] = nots;
  const item = parseComparison(cursor);
  if (first === undefined) return item;
  if (item === null) {
    misread(cursor, CODES.unexpected, 'Nothing stands behind this NOT.', first);
    return null;
  }
  return nots.length % 2 === 0 ? item : { kind: 'not', item, span: [first[0], item.span[1]] };
}

/** `!f(x)`, which many rules write for NOT. */
function readExclamationMark(cursor: Cursor): Span | null {
  if (peek(cursor) !== '!' || cursor.text.charAt(cursor.pos + 1) === '=') return null;
  const span: Span = [cursor.pos, cursor.pos + 1];
  cursor.pos += 1;
  problem(cursor.context, CODES.exclamationMark, 'The documented operator is NOT.', span);
  return span;
}

function parseComparison(cursor: Cursor): EvalNode | null {
  let left = parseSum(cursor);
  for (let length = 1; ; length += 1) {
    if (left === null) return null;
    if (length > LONGEST_CHAIN) return tooDeep(cursor);
    skipSpace(cursor);
    const list = parseIn(cursor, left);
    const operator = list === null ? readComparison(cursor) : null;
    if (list !== null) left = list;
    else if (operator !== null) left = withRight(cursor, left, operator, parseSum(cursor));
    else return left;
  }
}

/** Operators of one level in a row: each nests what stands before it one level deeper. */
const LONGEST_CHAIN = 500;

function withRight(cursor: Cursor, left: EvalNode, operator: EvalOperator, right: EvalNode | null): EvalNode {
  if (right !== null) {
    return { kind: 'binary', operator, left, right, span: [left.span[0], right.span[1]] };
  }
  const span: Span = [left.span[0], cursor.pos];
  const at = Math.min(left.span[1], cursor.pos);
  misread(cursor, CODES.unexpected, `Nothing stands behind this ${operator}.`, [at, cursor.pos]);
  return { kind: 'bad', span };
}

/** `x IN (a, b)` and `x NOT IN (a, b)`. */
function parseIn(cursor: Cursor, left: EvalNode): EvalNode | null {
  const before = cursor.pos;
  const negated = isAtWord(cursor, 'NOT');
  if (negated) {
    cursor.pos += 3;
    skipSpace(cursor);
  }
  if (isAtWord(cursor, 'IN')) {
    cursor.pos += 2;
    skipSpace(cursor);
    if (peek(cursor) === '(') {
      const values = parseArguments(cursor);
      const span: Span = [left.span[0], cursor.pos];
      const list: EvalNode = { kind: 'in', left, values, span };
      return negated ? { kind: 'not', item: list, span } : list;
    }
  }
  cursor.pos = before;
  return null;
}

function readComparison(cursor: Cursor): EvalOperator | null {
  const two = cursor.text.slice(cursor.pos, Math.min(cursor.pos + 2, cursor.end));
  const symbol = COMPARISONS.get(two) ?? COMPARISONS.get(two.charAt(0));
  if (symbol !== undefined) {
    cursor.pos += COMPARISONS.has(two) ? two.length : 1;
    return symbol;
  }
  if (!isAtWord(cursor, 'LIKE')) return null;
  cursor.pos += 4;
  return 'LIKE';
}

const COMPARISONS: ReadonlyMap<string, EvalOperator> = new Map([
  ['==', '='],
  ['!=', '!='],
  ['<=', '<='],
  ['>=', '>='],
  ['<>', '!='],
  ['=', '='],
  ['<', '<'],
  ['>', '>'],
]);

function parseSum(cursor: Cursor): EvalNode | null {
  return parseChain(cursor, '+-.', parseProduct);
}

function parseProduct(cursor: Cursor): EvalNode | null {
  return parseChain(cursor, '*/%', parseUnary);
}

function parseChain(
  cursor: Cursor,
  operators: string,
  parseItem: (cursor: Cursor) => EvalNode | null,
): EvalNode | null {
  let left = parseItem(cursor);
  for (let length = 1; ; length += 1) {
    if (left === null) return null;
    if (length > LONGEST_CHAIN) return tooDeep(cursor);
    skipSpace(cursor);
    const char = peek(cursor);
    if (char === '' || !operators.includes(char)) return left;
    cursor.pos += 1;
    left = withRight(cursor, left, char as EvalOperator, parseItem(cursor));
  }
}

function parseUnary(cursor: Cursor): EvalNode | null {
  const signs: number[] = [];
  for (;;) {
    skipSpace(cursor);
    const char = peek(cursor);
    if (char !== '-' && char !== '+') break;
    if (char === '-') signs.push(cursor.pos);
    cursor.pos += 1;
  }
  const item = parsePrimary(cursor);
  const [first] = signs;
  if (item === null || first === undefined || signs.length % 2 === 0) return item;
  const span: Span = [first, item.span[1]];
  return item.kind === 'number'
    ? { kind: 'number', value: -item.value, text: `-${item.text}`, span }
    : { kind: 'negative', item, span };
}

function parsePrimary(cursor: Cursor): EvalNode | null {
  skipSpace(cursor);
  const char = peek(cursor);
  switch (char) {
    case '':
    case ')':
    case ',':
      return null;
    case '(':
      return parseGroup(cursor);
    case '"':
      return readString(cursor) ?? unreadable(cursor);
    case "'":
      return readQuotedField(cursor) ?? unreadable(cursor);
    case '`':
      return readMacro(cursor) ?? unreadable(cursor);
    case '[':
      return readSubsearch(cursor) ?? unreadable(cursor);
    default:
      if (isLogicWord(cursor)) return null;
      return readNumber(cursor) ?? parseName(cursor) ?? unreadable(cursor);
  }
}

/** An operator where an operand should stand is no name of a field. */
function isLogicWord(cursor: Cursor): boolean {
  return ['AND', 'OR', 'XOR'].some((word) => isAtWord(cursor, word));
}

function parseGroup(cursor: Cursor): EvalNode | null {
  const start = cursor.pos;
  if (cursor.depth >= LIMITS.depth) return tooDeep(cursor);
  cursor.depth += 1;
  cursor.pos += 1;
  const inner = parseEval(cursor);
  closeGroup(cursor, start);
  cursor.depth -= 1;
  if (inner === null) {
    misread(cursor, CODES.unexpected, 'Nothing stands in these parentheses.', [start, cursor.pos]);
    return { kind: 'bad', span: [start, cursor.pos] };
  }
  return { ...inner, span: [start, cursor.pos] };
}

function tooDeep(cursor: Cursor): BadNode {
  const span: Span = [cursor.pos, cursor.end];
  misread(cursor, NESTING_TOO_DEEP, `Nested more than ${LIMITS.depth} levels deep.`, [span[0], span[0] + 1]);
  cursor.pos = cursor.end;
  return { kind: 'bad', span };
}

/** Goes behind the parenthesis that closes a group; what stands before it and is no part of it is reported. */
function closeGroup(cursor: Cursor, start: number): void {
  for (;;) {
    skipSpace(cursor);
    const char = peek(cursor);
    if (char === ')') {
      cursor.pos += 1;
      return;
    }
    if (char === '') {
      misread(cursor, CODES.unclosedParenthesis, 'Nothing closes this parenthesis.', [start, start + 1]);
      return;
    }
    skipUnexpected(cursor);
  }
}

/** Reports what no expression goes on with, and goes behind it. */
export function skipUnexpected(cursor: Cursor): void {
  const start = cursor.pos;
  if (peek(cursor) === ',' || peek(cursor) === ')') cursor.pos += 1;
  else if (parseEval(cursor) === null || cursor.pos === start) cursor.pos = Math.max(cursor.pos, start + 1);
  const found = cursor.text.slice(start, Math.min(cursor.pos, start + 40));
  misread(cursor, CODES.unexpected, `"${found}" stands where an operator or the end is expected.`, [
    start,
    cursor.pos,
  ]);
}

function unreadable(cursor: Cursor): BadNode {
  const span: Span = [cursor.pos, cursor.pos + 1];
  cursor.pos += 1;
  misread(cursor, CODES.unexpected, `"${cursor.text.slice(...span)}" is no part of an expression.`, span);
  return { kind: 'bad', span };
}

/** A name, such as `user`, `a.b{}.c` (several names by the documentation), `<<FIELD>>` of foreach, `$token$`. */
const NAME =
  /(?:<<\w+>>|\$[\w.]+\$|[\p{L}_@][\p{L}\p{N}_:@]*|\d+\w+)(?:<<\w+>>|\{\d*\}|[\p{L}\p{N}_:@]+|\.(?=[\p{L}_<]))*/uy;

function parseName(cursor: Cursor): EvalNode | null {
  NAME.lastIndex = cursor.pos;
  const found = NAME.exec(cursor.text);
  if (found === null || NAME.lastIndex > cursor.end) return null;
  const name = found[0];
  const span: Span = [cursor.pos, NAME.lastIndex];
  cursor.pos = NAME.lastIndex;
  const open = cursor.pos;
  skipSpace(cursor);
  if (peek(cursor) === '(' && /^\w+$/.test(name)) return parseCall(cursor, name, span[0]);
  cursor.pos = open;
  if (name.includes('.')) {
    problem(cursor.context, CODES.dottedField, `The field ${name} has to stand in single quotes.`, span);
  }
  return { kind: 'field', name, span };
}

function parseCall(cursor: Cursor, written: string, start: number): EvalNode {
  const name = written.toLowerCase();
  if (!FUNCTIONS.has(name)) {
    const span: Span = [start, start + written.length];
    problem(cursor.context, CODES.unknownFunction, `Splunk has no evaluation function ${written}.`, span);
  }
  const values = separated(name, parseArguments(cursor), cursor);
  const [least, most] = FUNCTIONS.get(name)?.arguments ?? [0, null];
  if (values.length < least || values.length > (most ?? values.length)) {
    const message = `${name} takes ${least === most ? '' : 'at least '}${least} arguments, not ${values.length}.`;
    misread(cursor, CODES.badArguments, message, [start, cursor.pos]);
  }
  return { kind: 'call', name, arguments: values, span: [start, cursor.pos] };
}

/** `match(field="pattern")`, which real rules write for `match(field, "pattern")`. */
function separated(name: string, values: readonly EvalNode[], cursor: Cursor): readonly EvalNode[] {
  const [only, ...others] = values;
  if (name !== 'match' || others.length > 0 || only?.kind !== 'binary' || only.operator !== '=')
    return values;
  problem(
    cursor.context,
    CODES.commaMissing,
    'match takes a field and a pattern, with a comma between.',
    only.span,
  );
  return [only.left, only.right];
}

function parseArguments(cursor: Cursor): readonly EvalNode[] {
  const start = cursor.pos;
  const values: EvalNode[] = [];
  if (cursor.depth >= LIMITS.depth) return [tooDeep(cursor)];
  cursor.depth += 1;
  cursor.pos += 1;
  for (;;) {
    const value = parseEval(cursor);
    if (value !== null) values.push(value);
    skipSpace(cursor);
    const char = peek(cursor);
    if (char === ',') cursor.pos += 1;
    else {
      if (char !== ')') closeGroup(cursor, start);
      else cursor.pos += 1;
      break;
    }
  }
  cursor.depth -= 1;
  return values;
}
