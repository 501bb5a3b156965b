import { LIMITS, type Span } from '@rulescope/logic';
import { endAt, endBefore, kindAt, report, startAt, take, wordAt } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { Broken, ComparisonOperator, Expr, MatchOperator } from './ast.ts';
import { breakOff, breakOffWith, type Cursor, fault, tellEndgame, tooDeep, unexpected } from './cursor.ts';
import { parseList, parseSum, type Surroundings } from './operands.ts';
import type { TokenKind } from './tokens.ts';

const COMPARISONS: ReadonlyMap<TokenKind, ComparisonOperator> = new Map([
  ['==', '=='],
  ['=', '=='],
  ['!=', '!='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);

const MATCHES: ReadonlySet<TokenKind> = new Set<MatchOperator>([
  ':',
  'in',
  'in~',
  'like',
  'like~',
  'regex',
  'regex~',
]);

/** What may stand behind a complete condition. */
const FOLLOWERS: ReadonlySet<TokenKind> = new Set([
  ')',
  ']',
  ',',
  '|',
  'end',
  'and',
  'or',
  'until',
  'by',
  'with',
]);

/**
 * A condition: `or` binds least, then `and`, `not`, comparisons, arithmetic (EQL syntax reference, "Logical
 * operators"; `EqlBase.g4`). Never throws: what breaks the grammar becomes a broken node and one diagnostic.
 */
export function parseCondition(cursor: Cursor, depth: number, around: Surroundings): Expr {
  const start = startAt(cursor);
  const first = parseAnd(cursor, depth, around);
  if (!takeWord(cursor, 'or', around)) return first;
  const items = [first];
  do items.push(parseAnd(cursor, depth, around));
  while (takeWord(cursor, 'or', around));
  return { kind: 'or', items, span: [start, endBefore(cursor)] };
}

function parseAnd(cursor: Cursor, depth: number, around: Surroundings): Expr {
  const start = startAt(cursor);
  const first = parseNot(cursor, depth, around);
  let items: Expr[] | null = null;
  for (;;) {
    if (takeWord(cursor, 'and', around)) {
      items ??= [first];
      items.push(parseNot(cursor, depth, around));
    } else if (isJunk(cursor, around)) {
      items ??= [first];
      items.push(parseJunk(cursor));
    } else break;
  }
  return items === null ? first : { kind: 'and', items, span: [start, endBefore(cursor)] };
}

/** Takes `and` or `or`, in capitals too, which is told. */
function takeWord(cursor: Cursor, word: 'and' | 'or', around: Surroundings): boolean {
  if (take(cursor, word)) return true;
  if (around.loose || !isCapitalised(cursor, word)) return false;
  tellKeywordCase(cursor, word);
  cursor.at += 1;
  return true;
}

function isCapitalised(cursor: Cursor, word: string): boolean {
  return (
    kindAt(cursor) === 'name' &&
    endAt(cursor) - startAt(cursor) === word.length &&
    wordAt(cursor).toLowerCase() === word
  );
}

function tellKeywordCase(cursor: Cursor, word: string): void {
  report(cursor.to, CODES.keywordCase, `Write "${word}" in lower case.`, [startAt(cursor), endAt(cursor)]);
}

function isJunk(cursor: Cursor, around: Surroundings): boolean {
  return !around.loose && !FOLLOWERS.has(kindAt(cursor)) && !isCapitalised(cursor, 'or');
}

function parseJunk(cursor: Cursor): Broken {
  return COMPARISONS.has(kindAt(cursor)) || MATCHES.has(kindAt(cursor))
    ? breakOffWith(cursor, 'Comparisons cannot be chained: join them with "and".')
    : breakOff(cursor, '"and", "or" or the end of the condition');
}

function parseNot(cursor: Cursor, depth: number, around: Surroundings): Expr {
  const capitals =
    kindAt(cursor) === 'name' && isCapitalised(cursor, 'not') && startsOperand(kindAt(cursor, 1));
  if (kindAt(cursor) !== 'not' && !capitals) return parseComparison(cursor, depth, around);
  if (depth >= LIMITS.depth) return tooDeep(cursor);
  if (capitals) tellKeywordCase(cursor, 'not');
  const start = startAt(cursor);
  cursor.at += 1;
  const operand = parseNot(cursor, depth + 1, around);
  return { kind: 'not', operand, span: [start, endBefore(cursor)] };
}

function startsOperand(kind: TokenKind): boolean {
  return kind === 'name' || kind === '(' || kind === '?' || kind === 'not' || kind === 'tilde-name';
}

function parseComparison(cursor: Cursor, depth: number, around: Surroundings): Expr {
  const start = startAt(cursor);
  const left = parseSum(cursor, depth, around);
  const kind = kindAt(cursor);
  const operator = COMPARISONS.get(kind);
  if (operator !== undefined) {
    if (kind === '=') tellEndgame(cursor, 'Elasticsearch has no = operator: write ==.');
    cursor.at += 1;
    const right = parseSum(cursor, depth, around);
    return { kind: 'comparison', operator, left, right, span: [start, endBefore(cursor)] };
  }
  const negated = kind === 'not' && MATCHES.has(kindAt(cursor, 1));
  const match = kindAt(cursor, negated ? 1 : 0);
  if (!isMatch(match)) return left;
  if (negated) cursor.at += 1;
  if (negated && match !== 'in' && match !== 'in~') {
    fault(cursor, `Only "in" may follow "not" here: write "not" before the field.`, [
      startAt(cursor),
      endAt(cursor),
    ]);
  }
  cursor.at += 1;
  const values = parseValues(cursor, depth, around, match);
  return { kind: 'match', operator: match, negated, subject: left, values, span: [start, endBefore(cursor)] };
}

function isMatch(kind: TokenKind): kind is MatchOperator {
  return MATCHES.has(kind);
}

/** One value, or several in parentheses. */
function parseValues(
  cursor: Cursor,
  depth: number,
  around: Surroundings,
  operator: MatchOperator,
): readonly Expr[] {
  if (kindAt(cursor) !== '(') {
    if (operator === 'in' || operator === 'in~') {
      fault(cursor, unexpected(cursor, 'a list in parentheses'), [startAt(cursor), endAt(cursor)]);
    }
    return [parseSum(cursor, depth, around)];
  }
  if (depth >= LIMITS.depth) return [tooDeep(cursor)];
  const open = startAt(cursor);
  cursor.at += 1;
  const values = parseList(cursor, depth + 1, around, open);
  const span: Span = [open, endBefore(cursor)];
  if (/[(,]\s*\)$/.test(cursor.text.slice(...span))) fault(cursor, 'A value is missing in this list.', span);
  return values.length > 0 ? values : [{ kind: 'broken', text: cursor.text.slice(...span), span }];
}
