import {
  and,
  type Expression,
  type Operator,
  or,
  printValue,
  type Quantifier,
  type Span,
  test,
  type Value,
} from '@rulescope/logic';
import { lowerPattern, openEnd, openStart, type Pattern } from '@rulescope/logic/parsing';
import { isAnalysed } from '../data/analysed-fields.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { Literal } from '../syntax/ast.ts';
import { affordable, note, type Scope, unknownAt } from './scope.ts';

export const ALWAYS: Expression = { and: [] };

/** What is asked: the field, or null for all of them. */
export interface Subject {
  readonly field: string | null;
  /** Whether its values are taken apart into terms; so they are in a search of all fields. */
  readonly analysed: boolean;
}

export function subjectOf(field: string | null): Subject {
  return { field, analysed: field === null || isAnalysed(field) };
}

/** What one literal asks for: any of the values. */
interface Wanted {
  readonly op: Operator;
  readonly values: readonly Value[];
}

/** The test, or tests of one operator each, that the literals of a list stand for. */
export function testsOf(
  subject: Subject,
  literals: readonly Literal[],
  quantifier: Quantifier,
  span: Span,
  scope: Scope,
): Expression {
  if (!affordable(scope, literals.length, span)) return unknownAt(scope, span);
  const groups = new Map<Operator, Value[]>();
  const alone: Expression[] = [];
  for (const literal of literals) {
    const { op, values } = wantedBy(subject, literal, scope);
    // Several words of which any will do are no single value of a list that asks for all.
    if (quantifier === 'all' && values.length > 1) alone.push(testOf(subject, op, values, 'any', span));
    else {
      const group = groups.get(op);
      if (group === undefined) groups.set(op, [...values]);
      else for (const value of values) group.push(value);
    }
  }
  const tests = [...groups].map(([op, values]) => testOf(subject, op, values, quantifier, span));
  return quantifier === 'all' ? and([...tests, ...alone]) : or(tests);
}

function testOf(
  { field, analysed }: Subject,
  op: Operator,
  values: readonly Value[],
  quantifier: Quantifier,
  span: Span,
): Expression {
  if (op === 'exists')
    return field === null || field === '*'
      ? ALWAYS
      : test({ field, op, values: [], caseSensitive: null, span });
  const caseSensitive = values.some((value) => typeof value === 'string') ? !analysed : null;
  return test({
    field,
    op,
    values,
    quantifier: values.length > 1 ? quantifier : 'any',
    caseSensitive,
    span,
  });
}

function wantedBy(subject: Subject, literal: Literal, scope: Scope): Wanted {
  const { pattern, quoted, span } = literal;
  const text = literal.text ?? '';
  if (pattern !== null) return wantedByPattern(subject, pattern, span, scope);
  if (quoted) {
    if (text.includes('*')) {
      const message = `Between quotes the star in ${printValue(text.slice(0, 60))} is no wildcard.`;
      note(scope, CODES.literalWildcard, message, span);
    }
    if (!subject.analysed) return { op: 'eq', values: [text] };
    return { op: subject.field === null ? 'contains' : 'term', values: [text] };
  }
  const words =
    text.includes(' ') || text.includes('\n') ? text.split(/\s+/).filter((word) => word !== '') : [];
  if (subject.analysed) return { op: 'term', values: words.length > 1 ? words : [text] };
  if (words.length > 1) {
    // Kibana's "Semi-structured search": the terms query `http.response.status_code:400 401 404`.
    const numbers = words.map(typedValue);
    if (numbers.every((value) => typeof value === 'number')) return { op: 'eq', values: numbers };
    note(scope, CODES.wordsTogether, 'These words are one value, with the spaces between them.', span);
  }
  return { op: 'eq', values: [typedValue(text)] };
}

function wantedByPattern(subject: Subject, pattern: Pattern, span: Span, scope: Scope): Wanted {
  const { op, value } = lowerPattern(pattern);
  if (!subject.analysed || op === 'exists') return { op, values: op === 'exists' ? [] : [value] };
  if (op !== 'contains') {
    const message =
      'The pattern is compared with single words; it is shown as a text that the field contains.';
    note(scope, CODES.analysedWildcard, message, span);
  }
  const around = lowerPattern(openStart(openEnd(pattern)));
  return { op: around.op, values: [around.value] };
}

/** A word without quotes: a truth value, a number that is written as numbers are, or a text. */
export function typedValue(text: string): Value {
  if (text === 'true' || text === 'false') return text === 'true';
  const code = text.charCodeAt(0);
  const numeral = (code >= 48 && code <= 57) || (code === 45 && text.length > 1);
  if (!numeral) return text;
  const number = Number(text);
  return String(number) === text ? number : text;
}
