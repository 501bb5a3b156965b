import { LIMITS, type Span } from '@rulescope/logic';
import { type ArithmeticOperator, decodeName, numberOrText } from '@rulescope/logic/elastic';
import { endAt, endBefore, kindAt, report, startAt, take, wordAt } from '@rulescope/logic/parsing';
import { isTimeUnit } from '../data/units.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { Expr, Literal } from './ast.ts';
import { breakOff, type Cursor, fault, isWord, takeName, takeWord, tooDeep, unexpected } from './cursor.ts';
import { decodeString } from './literals.ts';
import type { TokenKind } from './tokens.ts';

/** What stands between parentheses, with commas between; the opening one was taken. */
export function parseList(cursor: Cursor, depth: number, open: number): readonly Expr[] {
  const items: Expr[] = [];
  while (kindAt(cursor) !== ')') {
    const before = cursor.at;
    items.push(parseItem(cursor, depth));
    // `first(a by b)` parts its arguments by a word.
    if (take(cursor, ',') || takeWord(cursor, 'by')) {
      if (kindAt(cursor) === ')') missingItem(cursor);
      continue;
    }
    if (kindAt(cursor) === ')') break;
    if (cursor.at === before || kindAt(cursor) === 'end' || kindAt(cursor) === '|') {
      fault(cursor, 'A parenthesis is never closed.', [open, open + 1]);
      return items;
    }
    items.push(breakOff(cursor, 'a comma or a closing parenthesis'));
    if (!take(cursor, ',')) break;
  }
  if (!take(cursor, ')')) fault(cursor, 'A parenthesis is never closed.', [open, open + 1]);
  return items;
}

/** A comma before the bracket that closes the list, or nothing in one that must hold something. */
function missingItem(cursor: Cursor): void {
  fault(cursor, unexpected(cursor, 'a value'), [startAt(cursor), endAt(cursor)]);
}

/** Most of what rules write is long lists of strings: they need no climb through all that could stand there. */
function parseItem(cursor: Cursor, depth: number): Expr {
  const next = kindAt(cursor, 1);
  if (next === ',' || next === ')') {
    if (kindAt(cursor) === 'string') return parseString(cursor, 'string');
    if (kindAt(cursor) === '*') {
      const span: Span = [startAt(cursor), endAt(cursor)];
      cursor.at += 1;
      return { kind: 'star', span };
    }
  }
  return cursor.grammar.condition(cursor, depth);
}

/** A value: what the sides of a comparison are made of. */
export function parseSum(cursor: Cursor, depth: number): Expr {
  return parseChain(cursor, depth, sumOperator, parseProduct);
}

function parseProduct(cursor: Cursor, depth: number): Expr {
  return parseChain(cursor, depth, productOperator, parseSigned);
}

function sumOperator(kind: TokenKind): ArithmeticOperator | null {
  return kind === '+' || kind === '-' ? kind : null;
}

function productOperator(kind: TokenKind): ArithmeticOperator | null {
  return kind === '*' || kind === '/' || kind === '%' ? kind : null;
}

function parseChain(
  cursor: Cursor,
  depth: number,
  operatorOf: (kind: TokenKind) => ArithmeticOperator | null,
  parseOperand: (cursor: Cursor, depth: number) => Expr,
): Expr {
  const start = startAt(cursor);
  const first = parseOperand(cursor, depth);
  let operator = operatorOf(kindAt(cursor));
  if (operator === null) return first;
  const rest: { operator: ArithmeticOperator; operand: Expr }[] = [];
  while (operator !== null) {
    cursor.at += 1;
    rest.push({ operator, operand: parseOperand(cursor, depth) });
    operator = operatorOf(kindAt(cursor));
  }
  return { kind: 'arithmetic', first, rest, span: [start, endBefore(cursor)] };
}

function parseSigned(cursor: Cursor, depth: number): Expr {
  const kind = kindAt(cursor);
  if (kind !== '-' && kind !== '+') return parseCast(cursor, depth);
  if (depth >= LIMITS.depth) return tooDeep(cursor);
  const start = startAt(cursor);
  cursor.at += 1;
  const operand = parseSigned(cursor, depth + 1);
  return { kind: 'sign', sign: kind, operand, span: [start, endBefore(cursor)] };
}

/** `a::ip` (ES|QL reference, "Cast (::)"). */
function parseCast(cursor: Cursor, depth: number): Expr {
  const start = startAt(cursor);
  const operand = parsePrimary(cursor, depth);
  if (kindAt(cursor) !== '::') return operand;
  const types: string[] = [];
  while (take(cursor, '::')) {
    if (kindAt(cursor) !== 'name') return breakOff(cursor, 'a type');
    types.push(wordAt(cursor).toLowerCase());
    cursor.at += 1;
  }
  return { kind: 'cast', operand, types, span: [start, endBefore(cursor)] };
}

/** A value without operators: a literal, a column, a call, what is in parentheses. */
export function parsePrimary(cursor: Cursor, depth: number): Expr {
  const kind = kindAt(cursor);
  switch (kind) {
    case 'name':
      return kindAt(cursor, 1) === '(' ? parseCall(cursor, depth) : parseField(cursor);
    case 'param': {
      if (kindAt(cursor, 1) === '(') return parseCall(cursor, depth);
      const span: Span = [startAt(cursor), endAt(cursor)];
      const name = wordAt(cursor);
      cursor.at += 1;
      return { kind: 'parameter', name, span };
    }
    case '(':
      return parseParentheses(cursor, depth);
    case '[':
      return parseArray(cursor, depth);
    case '{':
      return parseOptions(cursor, depth);
    case 'string':
    case 'raw-string':
    case 'unclosed-string':
      return parseString(cursor, kind);
    case 'number':
      return parseNumber(cursor);
    case 'true':
    case 'false':
      return literal(cursor, kind === 'true');
    case 'null':
      return literal(cursor, null);
    default:
      return breakOff(cursor, 'a field or value');
  }
}

function parseParentheses(cursor: Cursor, depth: number): Expr {
  if (depth >= LIMITS.depth) return tooDeep(cursor);
  const open = startAt(cursor);
  cursor.at += 1;
  const items = parseList(cursor, depth + 1, open);
  const [first] = items;
  if (items.length === 1 && first !== undefined) return first;
  const span: Span = [open, endBefore(cursor)];
  const message =
    items.length === 0
      ? 'A value is expected between the parentheses.'
      : 'A list in parentheses may only follow in, like or rlike.';
  fault(cursor, message, span);
  return { kind: 'broken', text: cursor.text.slice(...span), span };
}

function parseArray(cursor: Cursor, depth: number): Expr {
  if (depth >= LIMITS.depth) return tooDeep(cursor);
  const start = startAt(cursor);
  cursor.at += 1;
  const items: Expr[] = [];
  do {
    if (kindAt(cursor) === ']') {
      missingItem(cursor);
      break;
    }
    items.push(parseSigned(cursor, depth + 1));
  } while (take(cursor, ','));
  if (!take(cursor, ']')) {
    return breakOff(cursor, 'a comma or a closing bracket');
  }
  return { kind: 'list', items, span: [start, endBefore(cursor)] };
}

/** Named arguments, such as `{ "fuzziness": "AUTO" }` (ES|QL reference, "Function named parameters"). */
function parseOptions(cursor: Cursor, depth: number): Expr {
  if (depth >= LIMITS.depth) return tooDeep(cursor);
  const start = startAt(cursor);
  cursor.at += 1;
  const entries: { key: string; value: Expr }[] = [];
  while (kindAt(cursor) === 'string' || kindAt(cursor) === 'raw-string') {
    const { value: key } = decodeString(wordAt(cursor), kindAt(cursor));
    cursor.at += 1;
    if (!take(cursor, ':')) return breakOff(cursor, 'a colon');
    entries.push({ key, value: parseSigned(cursor, depth + 1) });
    if (!take(cursor, ',')) break;
  }
  if (!take(cursor, '}')) return breakOff(cursor, 'a name in quotes or a closing brace');
  return { kind: 'options', entries, span: [start, endBefore(cursor)] };
}

function parseField(cursor: Cursor): Expr {
  const start = startAt(cursor);
  const name = takeName(cursor);
  return { kind: 'field', name, span: [start, endBefore(cursor)] };
}

function parseCall(cursor: Cursor, depth: number): Expr {
  if (depth >= LIMITS.depth) return tooDeep(cursor);
  const start = startAt(cursor);
  const name = decodeName(wordAt(cursor)).toLowerCase();
  cursor.at += 1;
  const open = startAt(cursor);
  cursor.at += 1;
  const args = parseList(cursor, depth + 1, open);
  return { kind: 'call', name, args, span: [start, endBefore(cursor)] };
}

/** A number, or a span of time where a unit stands behind it. */
function parseNumber(cursor: Cursor): Expr {
  const start = startAt(cursor);
  const written = wordAt(cursor);
  if (kindAt(cursor, 1) === 'name' && isTimeUnit(wordAt(cursor, 1)) && !isWord(cursor, 'by', 1)) {
    const unit = wordAt(cursor, 1).toLowerCase();
    cursor.at += 2;
    return { kind: 'duration', amount: written, unit, span: [start, endBefore(cursor)] };
  }
  const float = /[.eE]/.test(written);
  const value = numberOrText(written, float);
  return literal(cursor, value, { float, inexact: typeof value === 'string' });
}

/** A literal of the token at the cursor, which is taken. */
function literal(
  cursor: Cursor,
  value: Literal['value'],
  { float = false, inexact = false, badEscape = false } = {},
): Literal {
  const span: Span = [startAt(cursor), endAt(cursor)];
  cursor.at += 1;
  return { kind: 'literal', value, float, inexact, badEscape, span };
}

function parseString(cursor: Cursor, kind: TokenKind): Literal {
  const span: Span = [startAt(cursor), endAt(cursor)];
  if (kind === 'unclosed-string') fault(cursor, 'A quote is never closed.', span, CODES.unclosedString);
  const { value, badEscape } = decodeString(wordAt(cursor), kind);
  if (badEscape !== null) {
    const at = span[0] + badEscape;
    const written = cursor.text.slice(at, at + 2);
    report(cursor.to, CODES.badEscape, `ES|QL has no escape ${written}`, [at, Math.min(at + 2, span[1])]);
  }
  return literal(cursor, value, { badEscape: badEscape !== null });
}
