import { LIMITS } from '@rulescope/logic';
import { kindAt, type Reporter, report, spanFrom, startAt } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { Broken, Condition, KueryTree, Literal, Logic, Negation, RangeOperator, Values } from './ast.ts';
import { atClose, breakOff, type Cursor, fault, isOperator, isWordKind, tooDeep } from './cursor.ts';
import { lex } from './lexer.ts';
import { decodeBare, decodeQuoted } from './literals.ts';

/**
 * Parses a text in the Kibana Query Language (Kibana's "KQL" page and its grammar in kbn-es-query; Elasticsearch's
 * own grammar of the language where Kibana's is stricter about spaces). Hand-written recursive descent, linear in
 * the text and bounded in depth. Never throws: what breaks the grammar is a broken node with one diagnostic, and the
 * rest is parsed. Spans are offsets of the text.
 */
export function parseKueryTree(text: string, to: Reporter): KueryTree {
  const cursor: Cursor = { text, tokens: lex(text), to, at: 0, faults: 0, open: { ')': 0, '}': 0 } };
  const start = startAt(cursor);
  const condition = kindAt(cursor) === 'end' ? null : parseLogic(cursor, 0, CONDITIONS);
  const span = condition === null ? ([0, text.length] as const) : spanFrom(cursor, start);
  return { condition, span, sound: cursor.faults === 0 };
}

/** What the operators join: whole conditions, or the values of a list. */
interface Operands<Item> {
  readonly parse: (cursor: Cursor, depth: number) => Item;
  readonly expected: string;
}

const CONDITIONS: Operands<Condition> = { parse: parseCondition, expected: '"and" or "or"' };
const LISTED: Operands<Values> = { parse: parseListed, expected: '"and", "or" or a closing parenthesis' };

type Joined<Item> = Item | Logic<Joined<Item>> | Negation<Joined<Item>> | Broken;

/** `a or b and not c`: `not` binds tighter than `and`, `and` tighter than `or`. */
function parseLogic(cursor: Cursor, depth: number, operands: Operands<Condition>): Condition;
function parseLogic(cursor: Cursor, depth: number, operands: Operands<Values>): Values;
function parseLogic<Item>(cursor: Cursor, depth: number, operands: Operands<Item>): Joined<Item> {
  const start = startAt(cursor);
  const items = [parseAnd(cursor, depth, operands)];
  while (isOperator(cursor, 'or')) {
    cursor.at += 1;
    items.push(parseAnd(cursor, depth, operands));
  }
  const [only] = items;
  return items.length === 1 && only !== undefined
    ? only
    : { kind: 'or', items, span: spanFrom(cursor, start) };
}

function parseAnd<Item>(cursor: Cursor, depth: number, operands: Operands<Item>): Joined<Item> {
  const start = startAt(cursor);
  const items = [parseNot(cursor, depth, operands)];
  for (;;) {
    if (isOperator(cursor, 'and')) {
      cursor.at += 1;
      items.push(parseNot(cursor, depth, operands));
    } else if (atClose(cursor) || isOperator(cursor, 'or')) break;
    // What follows without an operator is kept beside what was read.
    else items.push(breakOff(cursor, operands.expected));
  }
  const [only] = items;
  return items.length === 1 && only !== undefined
    ? only
    : { kind: 'and', items, span: spanFrom(cursor, start) };
}

function parseNot<Item>(cursor: Cursor, depth: number, operands: Operands<Item>): Joined<Item> {
  if (!isOperator(cursor, 'not')) return operands.parse(cursor, depth);
  if (depth >= LIMITS.depth) return tooDeep(cursor);
  const start = startAt(cursor);
  cursor.at += 1;
  const operand = parseNot(cursor, depth + 1, operands);
  return { kind: 'not', operand, span: spanFrom(cursor, start) };
}

/** Something in brackets; the cursor is at the opening one. */
function inBrackets<Item>(cursor: Cursor, close: ')' | '}', parse: () => Item): Item {
  const start = startAt(cursor);
  cursor.at += 1;
  cursor.open[close] += 1;
  const inside = parse();
  cursor.open[close] -= 1;
  if (kindAt(cursor) === close) cursor.at += 1;
  else fault(cursor, 'A bracket is never closed.', [start, start + 1]);
  return inside;
}

function parseCondition(cursor: Cursor, depth: number): Condition {
  if (depth >= LIMITS.depth) return tooDeep(cursor);
  if (kindAt(cursor) === '(') return inBrackets(cursor, ')', () => parseLogic(cursor, depth + 1, CONDITIONS));
  const start = startAt(cursor);
  const literal = parseLiteral(cursor);
  if (literal === null) return breakOff(cursor, 'a field or a value');
  const kind = kindAt(cursor);
  if (kind === ':') {
    cursor.at += 1;
    return parseAfterColon(cursor, start, literal, depth);
  }
  if (kind === '<' || kind === '<=' || kind === '>' || kind === '>=')
    return parseRange(cursor, start, literal, kind);
  return { kind: 'match', field: null, values: literal, span: literal.span };
}

function parseAfterColon(cursor: Cursor, start: number, field: Literal, depth: number): Condition {
  if (kindAt(cursor) === '{') {
    const query = inBrackets(cursor, '}', () => parseLogic(cursor, depth + 1, CONDITIONS));
    return { kind: 'nested', field, query, span: spanFrom(cursor, start) };
  }
  const values = isOperator(cursor, 'not')
    ? breakOff(cursor, 'a value, or a list in parentheses')
    : parseListed(cursor, depth);
  // The field belongs to what could not be read.
  if (values.kind === 'broken') return brokenFrom(cursor, start);
  return { kind: 'match', field, values, span: spanFrom(cursor, start) };
}

function parseRange(cursor: Cursor, start: number, field: Literal, operator: RangeOperator): Condition {
  cursor.at += 1;
  const value = isOperator(cursor, 'not') ? null : parseLiteral(cursor);
  if (value !== null) return { kind: 'range', field, operator, value, span: spanFrom(cursor, start) };
  breakOff(cursor, 'a value');
  return brokenFrom(cursor, start);
}

function brokenFrom(cursor: Cursor, start: number): Broken {
  const span = spanFrom(cursor, start);
  return { kind: 'broken', text: cursor.text.slice(...span), span };
}

/** A value, or a list of values in parentheses. */
function parseListed(cursor: Cursor, depth: number): Values {
  if (kindAt(cursor) === '(') {
    if (depth >= LIMITS.depth) return tooDeep(cursor);
    return inBrackets(cursor, ')', () => parseLogic(cursor, depth + 1, LISTED));
  }
  return parseLiteral(cursor) ?? breakOff(cursor, 'a value');
}

/** A phrase, or words up to an operator; null where neither stands. */
function parseLiteral(cursor: Cursor): Literal | null {
  const start = startAt(cursor);
  if (kindAt(cursor) === 'string') {
    cursor.at += 1;
    const span = spanFrom(cursor, start);
    const text = decodeQuoted(cursor.text.slice(span[0] + 1, span[1] - 1));
    return { kind: 'literal', quoted: true, text, pattern: null, span };
  }
  if (!isWordKind(kindAt(cursor))) return null;
  do cursor.at += 1;
  while (
    isWordKind(kindAt(cursor)) &&
    !isOperator(cursor, 'and') &&
    !isOperator(cursor, 'or') &&
    !isOperator(cursor, 'not')
  );
  const span = spanFrom(cursor, start);
  const { text, pattern, badEscape } = decodeBare(cursor.text.slice(...span));
  if (badEscape >= 0) {
    const at = start + badEscape;
    const message = 'This backslash escapes nothing: it is kept as it is.';
    report(cursor.to, CODES.badEscape, message, [at, at + 1]);
  }
  return { kind: 'literal', quoted: false, text, pattern, span };
}
