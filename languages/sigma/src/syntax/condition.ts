import { LIMITS, SHARED_CODES, type Span } from '@rulescope/logic';
import { CODES } from '../diagnostic-codes.ts';

/** How many of the selections that a pattern fits must match. */
type Quantity = 'all' | number;

/** A condition as it is written (Sigma Rules Specification, "Condition"). Spans are offsets of the condition's text. */
export type Condition =
  | { readonly kind: 'or'; readonly items: readonly Condition[]; readonly span: Span }
  | { readonly kind: 'and'; readonly items: readonly Condition[]; readonly span: Span }
  | { readonly kind: 'not'; readonly item: Condition; readonly span: Span }
  | { readonly kind: 'of'; readonly quantity: Quantity; readonly pattern: string; readonly span: Span }
  | { readonly kind: 'selection'; readonly name: string; readonly span: Span }
  | { readonly kind: 'broken'; readonly text: string; readonly span: Span };

export interface ConditionProblem {
  readonly code: { readonly code: string; readonly severity: 'error' };
  readonly message: string;
  readonly span: Span;
}

export interface ParsedCondition {
  readonly condition: Condition;
  readonly problems: readonly ConditionProblem[];
}

interface Token {
  readonly text: string;
  readonly span: Span;
}

const [, NESTING_TOO_DEEP, RESULT_TOO_LARGE] = SHARED_CODES;

/** No condition that a person wrote has more. */
const MOST_PATTERNS = 200;
const TOKEN = /[()]|[^\s()]+/g;

interface Parsing {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly problems: ConditionProblem[];
  at: number;
  /** How many patterns there were: each is held against every selection. */
  patterns: number;
}

/**
 * Parses a condition without its aggregation. `or` binds least, then `and`, `not`, `x of`; keywords may be
 * in any case. Never throws: a place that breaks the grammar becomes a `broken` node and one problem.
 */
export function parseCondition(text: string): ParsedCondition {
  const tokens = [...text.matchAll(TOKEN)].map((match) => ({
    text: match[0],
    span: [match.index, match.index + match[0].length] as const,
  }));
  const parsing: Parsing = { text, tokens, problems: [], at: 0, patterns: 0 };
  const condition = parseOr(parsing, 0);
  const left = parsing.tokens[parsing.at];
  if (left === undefined) return { condition, problems: parsing.problems };
  const rest = breakOff(parsing, `"${left.text}" is not expected here.`);
  return { condition: group('and', [condition, rest]), problems: parsing.problems };
}

function parseOr(parsing: Parsing, depth: number): Condition {
  const items = [parseAnd(parsing, depth)];
  while (take(parsing, 'or')) items.push(parseAnd(parsing, depth));
  return group('or', items);
}

function parseAnd(parsing: Parsing, depth: number): Condition {
  const items = [parseNot(parsing, depth)];
  while (take(parsing, 'and')) items.push(parseNot(parsing, depth));
  return group('and', items);
}

function parseNot(parsing: Parsing, depth: number): Condition {
  const start = parsing.tokens[parsing.at]?.span[0] ?? parsing.text.length;
  if (!peek(parsing, 'not')) return parsePrimary(parsing, depth);
  if (depth >= LIMITS.depth) return tooDeep(parsing);
  parsing.at += 1;
  const item = parseNot(parsing, depth + 1);
  return { kind: 'not', item, span: [start, item.span[1]] };
}

function parsePrimary(parsing: Parsing, depth: number): Condition {
  const token = parsing.tokens[parsing.at];
  if (token === undefined) return breakOff(parsing, 'The condition ends where a selection is expected.');
  if (token.text === '(') return parseParentheses(parsing, depth);
  if (token.text === ')' || isKeyword(token.text) || INSTEAD.has(token.text)) {
    return breakOff(parsing, `A selection is expected here, not "${token.text}".`);
  }
  parsing.at += 1;
  const quantity = quantityOf(token.text);
  const pattern = parsing.tokens[parsing.at + 1];
  if (
    quantity !== null &&
    peek(parsing, 'of') &&
    pattern !== undefined &&
    pattern.text !== '(' &&
    pattern.text !== ')'
  ) {
    parsing.patterns += 1;
    if (parsing.patterns > MOST_PATTERNS) {
      return breakOff(parsing, `The condition has more than ${MOST_PATTERNS} patterns.`, RESULT_TOO_LARGE);
    }
    parsing.at += 2;
    return { kind: 'of', quantity, pattern: pattern.text, span: [token.span[0], pattern.span[1]] };
  }
  return { kind: 'selection', name: token.text, span: token.span };
}

function parseParentheses(parsing: Parsing, depth: number): Condition {
  const open = parsing.tokens[parsing.at];
  if (depth >= LIMITS.depth) return tooDeep(parsing);
  parsing.at += 1;
  const inner = parseOr(parsing, depth + 1);
  const close = parsing.tokens[parsing.at];
  if (close?.text === ')') {
    parsing.at += 1;
    return { ...inner, span: [open?.span[0] ?? 0, close.span[1]] };
  }
  const reason =
    close === undefined ? 'A parenthesis is never closed.' : `"${close.text}" is not expected here.`;
  return group('and', [inner, breakOff(parsing, reason)]);
}

/** What people write who know other languages, and what Sigma has instead. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['&&', 'and'],
  ['&', 'and'],
  ['||', 'or'],
  ['!', 'not'],
]);

function tooDeep(parsing: Parsing): Condition {
  return breakOff(
    parsing,
    `The condition is nested more than ${LIMITS.depth} levels deep.`,
    NESTING_TOO_DEEP,
  );
}

/** Gives up on the rest of the condition: it becomes one broken node. */
function breakOff(
  parsing: Parsing,
  message: string,
  code: ConditionProblem['code'] = CODES.badCondition,
): Condition {
  const start = parsing.tokens[parsing.at]?.span[0] ?? parsing.text.trimEnd().length;
  const span: Span = [start, parsing.text.trimEnd().length];
  const word = INSTEAD.get(parsing.tokens[parsing.at]?.text ?? '');
  const advice = word === undefined ? '' : ` Write "${word}".`;
  if (parsing.problems.length === 0) parsing.problems.push({ code, message: message + advice, span });
  parsing.at = parsing.tokens.length;
  return { kind: 'broken', text: parsing.text.slice(...span), span };
}

function group(kind: 'and' | 'or', items: readonly Condition[]): Condition {
  // After the first problem the rest is broken already: it need not be said twice.
  const kept = items.filter((item, i) => i === 0 || item.kind !== 'broken' || item.text !== '');
  const [first] = kept;
  if (kept.length === 1 && first !== undefined) return first;
  return { kind, items: kept, span: [first?.span[0] ?? 0, kept.at(-1)?.span[1] ?? 0] };
}

function peek(parsing: Parsing, keyword: string): boolean {
  return parsing.tokens[parsing.at]?.text.toLowerCase() === keyword;
}

function take(parsing: Parsing, keyword: string): boolean {
  if (!peek(parsing, keyword)) return false;
  parsing.at += 1;
  return true;
}

function isKeyword(text: string): boolean {
  return ['and', 'or', 'not'].includes(text.toLowerCase());
}

function quantityOf(text: string): Quantity | null {
  const word = text.toLowerCase();
  if (word === 'all') return 'all';
  if (word === 'any') return 1;
  return /^\d{1,6}$/.test(word) ? Number(word) : null;
}

/**
 * The selections that a pattern means, in the order in which they are given: `them` means all whose names do
 * not start with `_`, `*` in a pattern stands for any text.
 */
export function selectionsFor(pattern: string, names: readonly string[]): readonly string[] {
  if (pattern.toLowerCase() === 'them') return names.filter((name) => !name.startsWith('_'));
  const parts = pattern.split('*');
  return names.filter((name) => fits(name, parts));
}

/** The names of the selections that a part of a condition uses, in its order. */
export function selectionsIn(condition: Condition, names: readonly string[]): readonly string[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.items.flatMap((item) => selectionsIn(item, names));
    case 'not':
      return selectionsIn(condition.item, names);
    case 'of':
      return selectionsFor(condition.pattern, names);
    case 'selection':
      return [condition.name];
    case 'broken':
      return [];
  }
}

/** Whether a name is made of the parts in their order, with any text between them. */
function fits(name: string, parts: readonly string[]): boolean {
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length)
    return false;
  let from = first.length;
  for (const part of others) {
    const found = name.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return from <= name.length - last.length;
}

const BINDING: Readonly<Record<Condition['kind'], number>> = {
  or: 0,
  and: 1,
  not: 2,
  of: 3,
  selection: 3,
  broken: 3,
};

/** A condition as text again, with the parentheses that it needs and no others. */
export function printCondition(condition: Condition): string {
  const inside = (item: Condition): string => {
    const text = printCondition(item);
    return BINDING[item.kind] <= BINDING[condition.kind] && item.kind !== 'not' ? `(${text})` : text;
  };
  switch (condition.kind) {
    case 'or':
    case 'and':
      return condition.items.map(inside).join(` ${condition.kind} `);
    case 'not':
      return `not ${inside(condition.item)}`;
    case 'of':
      return `${condition.quantity} of ${condition.pattern}`;
    case 'selection':
      return condition.name;
    case 'broken':
      return condition.text;
  }
}
