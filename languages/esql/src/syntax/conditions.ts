import { LIMITS } from '@rulescope/logic';
import { endAt, endBefore, kindAt, report, startAt, take, wordAt } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { Broken, ComparisonOperator, Expr } from './ast.ts';
import { breakOff, breakOffWith, type Cursor, fault, QUERY_DEPTH, tooDeep, unexpected } from './cursor.ts';
import { parseList, parsePrimary, parseSum } from './operands.ts';
import type { TokenKind } from './tokens.ts';

const COMPARISONS: ReadonlyMap<TokenKind, ComparisonOperator> = new Map([
  ['==', '=='],
  ['=~', '=~'],
  ['=', '=='],
  ['!=', '!='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);

/** What may stand behind a complete condition. */
const FOLLOWERS: ReadonlySet<TokenKind> = new Set([')', ']', '}', ',', ';', '|', 'end', 'and', 'or']);

/** Words that end the condition that they stand behind. */
const FOLLOWING_WORDS: ReadonlySet<string> = new Set([
  'by',
  'where',
  'with',
  'asc',
  'desc',
  'nulls',
  'as',
  'on',
]);

/**
 * A condition: `or` binds least, then `and`, `not`, comparisons, arithmetic (ES|QL reference, "Operators"; the parser
 * grammar of Elasticsearch, `Expression.g4`). Never throws: what breaks the grammar becomes a broken node and one
 * diagnostic.
 */
export function parseCondition(cursor: Cursor, depth: number): Expr {
  const start = startAt(cursor);
  const first = parseAnd(cursor, depth);
  if (!take(cursor, 'or')) return first;
  const items = [first];
  do items.push(parseAnd(cursor, depth));
  while (take(cursor, 'or'));
  return { kind: 'or', items, span: [start, endBefore(cursor)] };
}

function parseAnd(cursor: Cursor, depth: number): Expr {
  const start = startAt(cursor);
  const first = parseNot(cursor, depth);
  let items: Expr[] | null = null;
  for (;;) {
    if (take(cursor, 'and')) {
      items ??= [first];
      items.push(parseNot(cursor, depth));
    } else if (isJunk(cursor)) {
      items ??= [first];
      items.push(parseJunk(cursor));
    } else break;
  }
  return items === null ? first : { kind: 'and', items, span: [start, endBefore(cursor)] };
}

function isJunk(cursor: Cursor): boolean {
  const kind = kindAt(cursor);
  if (FOLLOWERS.has(kind)) return false;
  return kind !== 'name' || !FOLLOWING_WORDS.has(wordAt(cursor).toLowerCase());
}

function parseJunk(cursor: Cursor): Broken {
  return COMPARISONS.has(kindAt(cursor)) || kindAt(cursor) === ':'
    ? breakOffWith(cursor, 'Comparisons cannot be chained: join them with "and".')
    : breakOff(cursor, '"and", "or" or the end of the condition');
}

function parseNot(cursor: Cursor, depth: number): Expr {
  if (kindAt(cursor) !== 'not') return parseComparison(cursor, depth);
  if (depth >= LIMITS.depth) return tooDeep(cursor);
  const start = startAt(cursor);
  cursor.at += 1;
  const operand = parseNot(cursor, depth + 1);
  return { kind: 'not', operand, span: [start, endBefore(cursor)] };
}

function parseComparison(cursor: Cursor, depth: number): Expr {
  const start = startAt(cursor);
  const left = parseSum(cursor, depth);
  const kind = kindAt(cursor);
  const operator = COMPARISONS.get(kind);
  if (operator !== undefined) {
    if (kind === '=') {
      report(cursor.to, CODES.singleEquals, 'ES|QL compares with ==, not with =.', [
        startAt(cursor),
        endAt(cursor),
      ]);
    }
    cursor.at += 1;
    const right = parseSum(cursor, depth);
    return { kind: 'comparison', operator, left, right, span: [start, endBefore(cursor)] };
  }
  if (kind === ':') {
    cursor.at += 1;
    const query = parsePrimary(cursor, depth);
    return { kind: 'match', subject: left, query, span: [start, endBefore(cursor)] };
  }
  return parseKeyword(cursor, depth, left, start);
}

/** `is null`, `in`, `like`, `rlike` behind a value, `not` before the last three. */
function parseKeyword(cursor: Cursor, depth: number, subject: Expr, start: number): Expr {
  if (kindAt(cursor) === 'is') {
    cursor.at += 1;
    const negated = take(cursor, 'not');
    if (!take(cursor, 'null')) fault(cursor, unexpected(cursor, '"null"'), [startAt(cursor), endAt(cursor)]);
    return { kind: 'is-null', negated, subject, span: [start, endBefore(cursor)] };
  }
  const negated = kindAt(cursor) === 'not';
  const operator = kindAt(cursor, negated ? 1 : 0);
  if (operator !== 'in' && operator !== 'like' && operator !== 'rlike') return subject;
  cursor.at += negated ? 2 : 1;
  const values = parseValues(cursor, depth, operator);
  const span = [start, endBefore(cursor)] as const;
  return operator === 'in'
    ? { kind: 'in', negated, subject, values, span }
    : { kind: 'like', operator, negated, subject, patterns: values, span };
}

/** One pattern, or several values in parentheses; a query in their place is one. */
function parseValues(cursor: Cursor, depth: number, operator: 'in' | 'like' | 'rlike'): readonly Expr[] {
  if (kindAt(cursor) !== '(') {
    if (operator === 'in') {
      fault(cursor, unexpected(cursor, 'a list in parentheses'), [startAt(cursor), endAt(cursor)]);
    }
    return [parseSum(cursor, depth)];
  }
  const open = startAt(cursor);
  if (operator === 'in' && isSourceWord(cursor, 1)) {
    if (depth + QUERY_DEPTH > LIMITS.depth) return [tooDeep(cursor)];
    cursor.at += 1;
    const query = cursor.grammar.pipeline(cursor, depth + QUERY_DEPTH, 'source');
    if (!take(cursor, ')')) fault(cursor, 'A parenthesis is never closed.', [open, open + 1]);
    return [{ kind: 'subquery', query, span: [open, endBefore(cursor)] }];
  }
  if (depth >= LIMITS.depth) return [tooDeep(cursor)];
  cursor.at += 1;
  if (kindAt(cursor) !== ')') return parseList(cursor, depth + 1, open);
  const broken = breakOff(cursor, 'a value');
  cursor.at += 1;
  return [broken];
}

/** Whether a query starts here: `from` and what it reads, which no value can be. */
function isSourceWord(cursor: Cursor, ahead: number): boolean {
  if (kindAt(cursor, ahead) !== 'name' || wordAt(cursor, ahead).toLowerCase() !== 'from') return false;
  const next = kindAt(cursor, ahead + 1);
  return next === 'name' || next === 'string' || next === 'raw-string' || next === '*';
}
