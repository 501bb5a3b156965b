import { LIMITS, type Span } from '@rulescope/logic';
import { type ArithmeticOperator, decodeName, numberOrText } from '@rulescope/logic/elastic';
import { endAt, endBefore, kindAt, report, startAt, take, wordAt } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { EventQuery, Expr, Field, Literal } from './ast.ts';
import { breakOff, breakOffWith, type Cursor, fault, tellEndgame, tooDeep } from './cursor.ts';
import { decodeString } from './literals.ts';
import type { TokenKind } from './tokens.ts';

/** What stands around an expression, and how what lies inside it is read. */
export interface Surroundings {
  /** Reads a condition: what is in parentheses, an argument, a value of a list. */
  readonly condition: (cursor: Cursor, depth: number, around: Surroundings) => Expr;
  /** Reads the query between the brackets of `descendant of […]`. */
  readonly subquery: (cursor: Cursor, depth: number) => EventQuery;
  /** In the arguments of a pipe one expression may follow another without a comma. */
  readonly loose: boolean;
}

/** What stands between parentheses, with commas between; the opening one was taken. */
export function parseList(
  cursor: Cursor,
  depth: number,
  around: Surroundings,
  open: number,
): readonly Expr[] {
  const items: Expr[] = [];
  const strict = around.loose ? { ...around, loose: false } : around;
  while (kindAt(cursor) !== ')') {
    const before = cursor.at;
    items.push(
      isLoneString(cursor) ? parseString(cursor, 'string') : around.condition(cursor, depth, strict),
    );
    if (take(cursor, ',')) continue;
    if (kindAt(cursor) === ')') break;
    if (cursor.at === before || !isInside(cursor)) {
      fault(cursor, 'A parenthesis is never closed.', [open, open + 1]);
      return items;
    }
    items.push(breakOff(cursor, 'a comma or a closing parenthesis'));
    if (!take(cursor, ',')) break;
  }
  closeParenthesis(cursor, open);
  return items;
}

/** Most of what rules write is long lists of strings: they need no climb through all that could stand there. */
function isLoneString(cursor: Cursor): boolean {
  if (kindAt(cursor) !== 'string') return false;
  const next = kindAt(cursor, 1);
  return next === ',' || next === ')';
}

/** Whether what stands at the cursor may still belong to what the parentheses hold. */
function isInside(cursor: Cursor): boolean {
  const kind = kindAt(cursor);
  return kind !== 'end' && kind !== ']' && kind !== '|' && kind !== 'until';
}

function closeParenthesis(cursor: Cursor, open: number): void {
  if (!take(cursor, ')')) fault(cursor, 'A parenthesis is never closed.', [open, open + 1]);
}

/** A value: what join keys and the sides of a comparison are made of. */
export function parseSum(cursor: Cursor, depth: number, around: Surroundings): Expr {
  return parseChain(cursor, depth, around, sumOperator, parseProduct);
}

function parseProduct(cursor: Cursor, depth: number, around: Surroundings): Expr {
  return parseChain(cursor, depth, around, productOperator, parseSigned);
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
  around: Surroundings,
  operatorOf: (kind: TokenKind) => ArithmeticOperator | null,
  parseOperand: (cursor: Cursor, depth: number, around: Surroundings) => Expr,
): Expr {
  const start = startAt(cursor);
  const first = parseOperand(cursor, depth, around);
  let operator = operatorOf(kindAt(cursor));
  if (operator === null) return first;
  const rest: { operator: ArithmeticOperator; operand: Expr }[] = [];
  while (operator !== null) {
    cursor.at += 1;
    rest.push({ operator, operand: parseOperand(cursor, depth, around) });
    operator = operatorOf(kindAt(cursor));
  }
  return { kind: 'arithmetic', first, rest, span: [start, endBefore(cursor)] };
}

function parseSigned(cursor: Cursor, depth: number, around: Surroundings): Expr {
  const kind = kindAt(cursor);
  if (kind !== '-' && kind !== '+') return parseMethods(cursor, depth, around);
  if (depth >= LIMITS.depth) return tooDeep(cursor);
  const start = startAt(cursor);
  cursor.at += 1;
  const operand = parseSigned(cursor, depth + 1, around);
  return { kind: 'sign', sign: kind, operand, span: [start, endBefore(cursor)] };
}

/** `a:length()` is `length(a)` (Endgame EQL, "Methods"). */
function parseMethods(cursor: Cursor, depth: number, around: Surroundings): Expr {
  const start = startAt(cursor);
  let receiver = parsePrimary(cursor, depth, around);
  while (kindAt(cursor) === ':' && isCallAt(cursor, 1)) {
    if (cursor.methods >= LIMITS.depth) return tooDeep(cursor);
    cursor.methods += 1;
    tellEndgame(cursor, 'Elasticsearch has no method calls: write the function before its arguments.');
    cursor.at += 1;
    const { name, caseless, args } = parseCall(cursor, depth, around);
    receiver = { kind: 'call', name, caseless, args: [receiver, ...args], span: [start, endBefore(cursor)] };
  }
  return receiver;
}

function isCallAt(cursor: Cursor, ahead: number): boolean {
  const kind = kindAt(cursor, ahead);
  return (kind === 'name' || kind === 'tilde-name') && kindAt(cursor, ahead + 1) === '(';
}

function parsePrimary(cursor: Cursor, depth: number, around: Surroundings): Expr {
  const kind = kindAt(cursor);
  switch (kind) {
    case 'name':
      if (kindAt(cursor, 1) === '(') return parseFunction(cursor, depth, around);
      if (kindAt(cursor, 1) === 'of') return parseRelation(cursor, depth, around);
      return parseField(cursor, startAt(cursor), false);
    case 'tilde-name':
      return kindAt(cursor, 1) === '('
        ? parseFunction(cursor, depth, around)
        : breakOff(cursor, 'a field or value');
    case '?': {
      const start = startAt(cursor);
      if (kindAt(cursor, 1) !== 'name') return breakOff(cursor, 'a field or value');
      cursor.at += 1;
      return parseField(cursor, start, true);
    }
    case '(':
      return parseParentheses(cursor, depth, around);
    case 'string':
    case 'raw-string':
    case 'single-string':
    case 'question-string':
    case 'unclosed-string':
      return parseString(cursor, kind);
    case 'number': {
      const written = wordAt(cursor);
      const float = /[.eE]/.test(written);
      return literal(cursor, numberOrText(written, float), float);
    }
    case 'true':
    case 'false':
      return literal(cursor, kind === 'true');
    case 'null':
      return literal(cursor, null);
    default:
      return breakOff(cursor, 'a field or value');
  }
}

function parseParentheses(cursor: Cursor, depth: number, around: Surroundings): Expr {
  if (depth >= LIMITS.depth) return tooDeep(cursor);
  const open = startAt(cursor);
  cursor.at += 1;
  const items = parseList(cursor, depth + 1, around, open);
  const [first] = items;
  if (items.length === 1 && first !== undefined) return first;
  const span: Span = [open, endBefore(cursor)];
  fault(cursor, 'A list may only follow :, in, like or regex.', span);
  return { kind: 'broken', text: cursor.text.slice(...span), span };
}

/** A field; parts that white space parts from their dots are joined. */
function parseField(cursor: Cursor, start: number, optional: boolean): Field {
  let name = decodeName(wordAt(cursor));
  cursor.at += 1;
  while (kindAt(cursor) === '.' && kindAt(cursor, 1) === 'name') {
    cursor.at += 1;
    name += `.${decodeName(wordAt(cursor))}`;
    cursor.at += 1;
  }
  return { kind: 'field', name, optional, span: [start, endBefore(cursor)] };
}

function parseFunction(cursor: Cursor, depth: number, around: Surroundings): Expr {
  const start = startAt(cursor);
  if (depth >= LIMITS.depth) return tooDeep(cursor);
  const { name, caseless, args } = parseCall(cursor, depth, around);
  return { kind: 'call', name, caseless, args, span: [start, endBefore(cursor)] };
}

function parseCall(
  cursor: Cursor,
  depth: number,
  around: Surroundings,
): { readonly name: string; readonly caseless: boolean; readonly args: readonly Expr[] } {
  const caseless = kindAt(cursor) === 'tilde-name';
  const word = wordAt(cursor);
  cursor.at += 1;
  const open = startAt(cursor);
  cursor.at += 1;
  const args = parseList(cursor, depth + 1, around, open);
  return { name: caseless ? word.slice(0, -1) : word, caseless, args };
}

/** A query within a query repeats its text in each one around it: ten of them are as deep as anything may be. */
const RELATION_DEPTH = LIMITS.depth / 10;

function parseRelation(cursor: Cursor, depth: number, around: Surroundings): Expr {
  const start = startAt(cursor);
  const name = wordAt(cursor);
  cursor.at += 2;
  if (kindAt(cursor) !== '[') {
    cursor.at -= 2;
    return breakOffWith(cursor, `A query in square brackets is expected behind "${name} of".`);
  }
  if (depth + RELATION_DEPTH > LIMITS.depth) return tooDeep(cursor);
  const query = around.subquery(cursor, depth + RELATION_DEPTH);
  return { kind: 'relation', name, query, span: [start, endBefore(cursor)] };
}

/** A literal of the token at the cursor, which is taken. */
function literal(cursor: Cursor, value: Literal['value'], float = false): Literal {
  const span: Span = [startAt(cursor), endAt(cursor)];
  cursor.at += 1;
  return { kind: 'literal', value, float, span };
}

function parseString(cursor: Cursor, kind: TokenKind): Literal {
  const span: Span = [startAt(cursor), endAt(cursor)];
  if (kind === 'unclosed-string') {
    fault(cursor, 'A quote is never closed on its line.', span, CODES.unclosedString);
  } else if (kind === 'single-string') {
    tellEndgame(cursor, 'Elasticsearch has no strings in single quotes: use double quotes.');
  } else if (kind === 'question-string') {
    tellEndgame(cursor, 'Elasticsearch has no strings with ? before the quote: use three double quotes.');
  }
  const { value, badEscape } = decodeString(wordAt(cursor), kind);
  if (badEscape !== null) {
    const at = span[0] + badEscape;
    const written = cursor.text.slice(at, at + 2);
    report(cursor.to, CODES.badEscape, `EQL has no escape ${written}`, [at, Math.min(at + 2, span[1])]);
  }
  return literal(cursor, value);
}
