import {
  and,
  type Expression,
  type Operator,
  or,
  printValue,
  type Quantifier,
  type Span,
  type Value,
} from '@rulescope/logic';
import { comparedWhole, type Subject, testOf, typedValue } from '@rulescope/logic/elastic';
import { lowerPattern, openEnd, openStart, type Pattern } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { Literal } from '../syntax/ast.ts';
import { affordable, note, type Scope, unknownAt } from './scope.ts';

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
  let size = 0;
  const groups = new Map<Operator, Value[]>();
  const alone: Expression[] = [];
  for (const literal of literals) {
    const { op, values } = wantedBy(subject, literal, scope);
    size += values.length;
    // Several words of which any will do are no single value of a list that asks for all.
    if (quantifier === 'all' && values.length > 1) alone.push(testOf(subject, op, values, 'any', span));
    else {
      const group = groups.get(op);
      if (group === undefined) groups.set(op, [...values]);
      else for (const value of values) group.push(value);
    }
  }
  if (!affordable(scope, size, span)) return unknownAt(scope, span);
  const tests = [...groups].map(([op, values]) => testOf(subject, op, values, quantifier, span));
  return quantifier === 'all' ? and([...tests, ...alone]) : or(tests);
}

/** What other languages compare with. */
const FOREIGN_OPERATORS: ReadonlySet<string> = new Set(['=', '==', '!=']);

function wantedBy(subject: Subject, literal: Literal, scope: Scope): Wanted {
  const { pattern, quoted, span } = literal;
  const text = literal.text ?? '';
  if (pattern !== null) return wantedByPattern(subject, pattern, span, scope);
  if (quoted) {
    if (text.includes('*')) {
      const message = `Between quotes the star in ${printValue(text.slice(0, 60))} is no wildcard.`;
      note(scope, CODES.literalWildcard, message, span);
    }
    if (!subject.analysed) return { op: comparedWhole(subject.field, text), values: [text] };
    return { op: subject.field === null ? 'contains' : 'term', values: [text] };
  }
  const words =
    text.includes(' ') || text.includes('\n') ? text.split(/\s+/).filter((word) => word !== '') : [];
  if (subject.analysed) {
    if (subject.field === null && words.some((word) => FOREIGN_OPERATORS.has(word)))
      note(scope, CODES.foreignOperator, 'This is a search for single words: a colon compares.', span);
    return { op: 'term', values: words.length > 1 ? words : [text] };
  }
  if (words.length > 1) {
    // Kibana's "Semi-structured search": the terms query `http.response.status_code:400 401 404`.
    const numbers = words.map(typedValue);
    if (numbers.every((value) => typeof value === 'number')) return { op: 'eq', values: numbers };
    note(scope, CODES.wordsTogether, 'These words are one value, with the spaces between them.', span);
  }
  const value = typedValue(text);
  return { op: comparedWhole(subject.field, value), values: [value] };
}

function wantedByPattern(subject: Subject, pattern: Pattern, span: Span, scope: Scope): Wanted {
  // A search of all fields finds its words anywhere in the event.
  const everywhere = subject.field === null;
  const { op, value } = lowerPattern(pattern);
  if (op === 'exists') return { op, values: [] };
  if (subject.analysed && op !== 'contains') {
    const message = 'The pattern is compared with the single words of the text, not with the whole of it.';
    note(scope, CODES.analysedWildcard, message, span);
  }
  if (!everywhere) return { op, values: [value] };
  const around = lowerPattern(openStart(openEnd(pattern)));
  return { op: around.op, values: [around.value] };
}
