import { and, childrenOf, type Expression, not, or, type Span, type Test, unknown } from '@rulescope/logic';
import { spend } from '@rulescope/logic/parsing';
import { originalSpan } from '../text/mapped-text.ts';
import type { LowerContext } from './context.ts';
import type { Choice, LookupMatch, Operand } from './fields.ts';
import {
  EXISTS,
  patternQuestion,
  type Question,
  type Subject,
  searchPattern,
  testOf,
  testsOf,
} from './tests.ts';

/** More options than this are not followed one by one. */
const MOST_OPTIONS = 40;
/** Rows of a lookup table that one test is spelt out for. */
const MOST_ROWS = 2_000;

/**
 * Asks a question of what a name or an expression is made of: of the field that it stands for, of a constant (true
 * or false then, an empty And or Or), of each option of a choice. `others` are parts that the tests are given.
 */
export function ask(
  operand: Operand,
  questions: readonly Question[],
  span: Span,
  context: LowerContext,
  others: Partial<Test> = {},
): Expression {
  switch (operand.kind) {
    case 'field':
      return testsOf(subjectOf(operand), questions, span, context, others);
    case 'computed':
      return testsOf({ field: operand.name, through: [], derived: true }, questions, span, context, others);
    case 'clock':
      return testsOf({ field: operand.text, through: [], derived: true }, questions, span, context, others);
    case 'constant':
      return questions.some((question) => answers(operand.value, question)) ? { and: [] } : { or: [] };
    case 'choice':
      return askOptions(operand.options, span, context, (value) =>
        ask(value, questions, span, context, others),
      );
    case 'lookup':
      return askLookup(operand.rows, operand.column, questions, span, context);
    case 'unknown':
      return unknownAt(originalSpan(context.syntax.mapped, span), context);
  }
}

/**
 * Asks that a name has a value, and another one than a question asks for. Of a choice between constants those are
 * asked for that differ: a negation of all others would look like an exclusion.
 */
export function askOther(
  operand: Operand,
  question: Question,
  span: Span,
  context: LowerContext,
): Expression {
  if (operand.kind === 'constant') return not(ask(operand, [question], span, context));
  if (operand.kind === 'choice' && operand.options.every(({ value }) => value.kind === 'constant')) {
    return askOptions(operand.options, span, context, (value) =>
      value.kind === 'constant' && answers(value.value, question) ? { or: [] } : { and: [] },
    );
  }
  return and([impliedExists(operand, span, context), not(ask(operand, [question], span, context))]);
}

function askOptions(
  options: readonly Choice[],
  span: Span,
  context: LowerContext,
  askValue: (value: Operand) => Expression,
): Expression {
  const size = options.reduce(
    (sum, { when }) => sum + (when === null ? 0 : sizeOf(when, LARGEST_CONDITION)),
    0,
  );
  const place = originalSpan(context.syntax.mapped, span);
  // Conditions that are repeated cost each time: names that are built upon each other grow fast.
  if (!spend(context.budget, size * options.length, place, context.syntax.to))
    return unknownAt(place, context);
  return askChoice(options, askValue);
}

function unknownAt(place: Span, { syntax }: LowerContext): Expression {
  return unknown(syntax.mapped.original.slice(...place), place);
}

function subjectOf(operand: Operand & { readonly kind: 'field' }): Subject {
  // `_raw` is the whole text of an event.
  return { field: operand.name === '_raw' ? null : operand.name, through: operand.through, derived: false };
}

/** The parts of an expression, counted no further than `most`: what is shared inside counts each time. */
export function sizeOf(expression: Expression, most: number): number {
  let size = 1;
  for (const child of childrenOf(expression)) {
    if (size > most) break;
    size += sizeOf(child, most - size);
  }
  return size;
}

/** Conditions larger than this are not repeated wherever their result is tested. */
export const LARGEST_CONDITION = 1_000;

/** A choice, if its conditions are small enough to be repeated; else something computed. */
export function choiceOf(options: readonly Choice[], name: string): Operand {
  const small = options.every(
    ({ when }) => when === null || sizeOf(when, LARGEST_CONDITION) <= LARGEST_CONDITION,
  );
  return small && options.length <= MOST_OPTIONS ? { kind: 'choice', options } : { kind: 'computed', name };
}

function askChoice(options: readonly Choice[], askValue: (value: Operand) => Expression): Expression {
  const before: Expression[] = [];
  const found: Expression[] = [];
  for (const { when, unless, value } of options) {
    const asked = askValue(value);
    const never = 'or' in asked && asked.or.length === 0;
    const always = 'and' in asked && asked.and.length === 0;
    if (!never) found.push(and([...before, ...(when === null ? [] : [when]), ...(always ? [] : [asked])]));
    if (unless === null) break;
    // Where both would answer yes it does not matter which was chosen first.
    if (!always) before.push(unless);
  }
  return or(found);
}

/** Whether a constant is what a question asks for; what is not plainly so is taken for no. */
function answers(constant: string | number | boolean, { op, value, caseSensitive }: Question): boolean {
  if (op === 'exists') return true;
  if (value === null) return false;
  if (typeof constant === 'boolean' && op === 'eq') return isTruth(value, constant);
  const fold = (text: string): string => (caseSensitive === false ? text.toLowerCase() : text);
  const [left, right] = [fold(String(constant)), fold(String(value))];
  switch (op) {
    case 'eq':
      return left === right || (left !== '' && right !== '' && Number(left) === Number(right));
    case 'contains':
      return left.includes(right);
    case 'starts_with':
      return left.startsWith(right);
    case 'ends_with':
      return left.endsWith(right);
    case 'lt':
      return Number(left) < Number(right);
    case 'le':
      return Number(left) <= Number(right);
    case 'gt':
      return Number(left) > Number(right);
    case 'ge':
      return Number(left) >= Number(right);
    default:
      return false;
  }
}

/** Whether a value says that something is true, or that it is false: `1` and `"true"` do as `true` does. */
function isTruth(value: string | number | boolean, truth: boolean): boolean {
  const text = String(value).toLowerCase();
  return truth ? text === 'true' || text === '1' : text === 'false' || text === '0';
}

/** A test on a column of a known table is one on the keys of the rows that pass it. */
function askLookup(
  match: LookupMatch,
  column: string,
  questions: readonly Question[],
  span: Span,
  context: LowerContext,
): Expression {
  const table = context.environment.lookups.get(match.table);
  const derived = (): Expression =>
    testsOf({ field: column, through: [], derived: true }, questions, span, context);
  const [key, ...more] = match.keys;
  if (table === undefined || key === undefined || more.length > 0) return derived();
  const [from, to] = [table.columns.indexOf(key.column), table.columns.indexOf(column)];
  if (from < 0 || to < 0) return derived();
  const rows = table.rows.filter((row) =>
    questions.some((question) => row[to] !== undefined && row[to] !== '' && answers(row[to], question)),
  );
  if (rows.length === 0 || rows.length > MOST_ROWS) return derived();
  const wild = table.wildcardColumns.includes(key.column);
  const wanted = rows.map((row): Question => {
    const text = row[from] ?? '';
    return wild
      ? patternQuestion(searchPattern(text), table.caseSensitive)
      : { op: 'eq', value: text, caseSensitive: table.caseSensitive };
  });
  return ask(key.field, wanted, span, context, { via: `lookup:${match.table}` });
}

/** That an operand has a value at all, as something that another test implies. */
export function impliedExists(operand: Operand, span: Span, context: LowerContext): Expression {
  return ask(operand, [EXISTS], span, context, { implied: true });
}

/** A test on the whole event. */
export function askEvent(
  question: Question,
  derived: boolean,
  span: Span,
  context: LowerContext,
): Expression {
  return testOf({ field: null, through: [], derived }, question, span, context);
}
