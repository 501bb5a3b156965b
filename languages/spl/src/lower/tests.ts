import {
  type Expression,
  type Operator,
  or,
  requiredLiterals,
  type Span,
  type Test,
  test,
  type Value,
} from '@rulescope/logic';
import { lowerPattern, type Pattern, type Piece, spend } from '@rulescope/logic/parsing';
import { originalSpan, viaAt } from '../text/mapped-text.ts';
import type { LowerContext } from './context.ts';

/** What is asked of a field: an operator with its value, and the operator's rule of case. */
export interface Question {
  readonly op: Operator;
  /** Null for `exists` and `is_null`. */
  readonly value: Value | null;
  readonly caseSensitive: boolean | null;
}

/** What a test is about: a field, the whole event (null), or something computed. */
export interface Subject {
  readonly field: string | null;
  readonly through: readonly string[];
  readonly derived: boolean;
}

/** One test, or one an operator where the questions differ in it; any of them must hold. */
export function testsOf(
  subject: Subject,
  questions: readonly Question[],
  span: Span,
  context: LowerContext,
  others: Partial<Test> = {},
): Expression {
  const place = originalSpan(context.syntax.mapped, span);
  // Each test repeats the functions around its field, which may be long.
  if (!spend(context.budget, questions.length + 1 + subject.through.length, place, context.syntax.to)) {
    return { unknown: { text: context.syntax.mapped.original.slice(...place), span: place } };
  }
  const groups = new Map<string, Question[]>();
  for (const question of questions) {
    const key = `${question.op} ${question.caseSensitive}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [question]);
    else group.push(question);
  }
  const via = others.via ?? viaAt(context.syntax.mapped, span[0]);
  const { field, through, derived } = subject;
  return or(
    [...groups.values()].map((group) => {
      const op = group[0]?.op ?? 'eq';
      const values = group.flatMap(({ value }) => (value === null ? [] : [value]));
      const caseSensitive = group[0]?.caseSensitive ?? null;
      const regex = op === 'regex' ? regexParts(values) : {};
      return test({
        field,
        through,
        op,
        values,
        caseSensitive,
        derived,
        span: place,
        ...regex,
        ...others,
        via,
      });
    }),
  );
}

function regexParts(values: readonly Value[]): Partial<Test> {
  return { flags: '', anchored: false, literals: values.map((value) => requiredLiterals(String(value), '')) };
}

/** A test for one question. */
export function testOf(
  subject: Subject,
  question: Question,
  span: Span,
  context: LowerContext,
  others: Partial<Test> = {},
): Expression {
  return testsOf(subject, [question], span, context, others);
}

export const EXISTS: Question = { op: 'exists', value: null, caseSensitive: null };
export const IS_NULL: Question = { op: 'is_null', value: null, caseSensitive: null };

/** A regular expression; it disregards case where it says so at its start. */
export function regexQuestion(pattern: string): Question {
  return {
    op: 'regex',
    value: pattern,
    caseSensitive: !/^\^?(?:\(\?[a-z]+\))*?\(\?[a-z]*i[a-z]*\)/.test(pattern),
  };
}

/** The narrowest question that says what a pattern says. */
export function patternQuestion(pattern: Pattern, caseSensitive: boolean): Question {
  const { op, value } = lowerPattern(pattern);
  return op === 'exists' ? EXISTS : { op, value, caseSensitive };
}

/**
 * A text of the search command as a pattern (Search Manual, "Backslashes", "Wildcards"): `*` is any text, a
 * backslash escapes a quotation mark and itself, and stands for itself before anything else. By the manual it does
 * not escape a star, but rules write `\*` for one, and can mean nothing else where no path goes on before it.
 */
export function searchPattern(text: string): Pattern {
  return readPattern(text, '*', null, '"\\');
}

/** Behind these a backslash is one of a path, and the star behind it a wildcard. */
const PATH = /[\p{L}\p{N})%$]/u;

/** The pattern of `like`: `%` is any text, `_` one character, and nothing escapes them (Search Reference, "Comparison and Conditional functions"). */
export function likePattern(text: string): Pattern {
  return readPattern(text, '%', '_', '');
}

function readPattern(text: string, any: string, one: string | null, escaped: string): Pattern {
  const pieces: Piece[] = [];
  let run = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    const next = text.charAt(i + 1);
    const star = char === '\\' && next === '*' && any === '*' && !PATH.test(text.charAt(i - 1));
    if (star || (char === '\\' && next !== '' && escaped.includes(next))) {
      run += next;
      i += 1;
    } else if (char === any || char === one) {
      if (run !== '') pieces.push({ text: run });
      run = '';
      pieces.push({ wild: char === any ? '*' : '?' });
    } else run += char;
  }
  if (run !== '') pieces.push({ text: run });
  return pieces;
}

const IPV4_NETWORK = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;
const IPV6_NETWORK = /^(?=[^/]*:[^/]*:)[0-9a-f:]+(?:\d{1,3}(?:\.\d{1,3}){3})?\/(\d{1,3})$/i;

/** Whether a text is a network in CIDR notation. */
export function isNetwork(text: string): boolean {
  const four = IPV4_NETWORK.exec(text);
  if (four !== null) return four.slice(1, 5).every((part) => Number(part) <= 255) && Number(four[5]) <= 32;
  const six = IPV6_NETWORK.exec(text);
  return six !== null && Number(six[1]) <= 128;
}

const NUMERAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** A numeral that was written without quotes, as a number; null for what would not be written back the same. */
export function numberOf(text: string): number | null {
  if (!NUMERAL.test(text)) return null;
  const value = Number(text);
  return String(value) === text ? value : null;
}
