import { and, type Expression, not, type Operator, or, printValue, type Span, test } from '@rulescope/logic';
import { type Subject, subjectOf, typedValue } from '@rulescope/logic/elastic';
import { CODES } from '../diagnostic-codes.ts';
import type { Condition, Literal, Match, Nested, Range, RangeOperator, Values } from '../syntax/ast.ts';
import { affordable, note, type Scope, unknownAt } from './scope.ts';
import { testsOf } from './values.ts';

/** What a condition asks of an event. Never throws: what broke the grammar is unknown text. */
export function lowerCondition(condition: Condition, scope: Scope): Expression {
  switch (condition.kind) {
    case 'and':
      return and(lowerAll(condition.items, scope));
    case 'or':
      return or(lowerAll(condition.items, scope));
    case 'not':
      return not(lowerCondition(condition.operand, scope));
    case 'match':
      return lowerMatch(condition, scope);
    case 'range':
      return lowerRange(condition, scope);
    case 'nested':
      return lowerNested(condition, scope);
    case 'broken':
      return unknownAt(scope, condition.span);
  }
}

function lowerAll(items: readonly Condition[], scope: Scope): readonly Expression[] {
  const parts: Expression[] = [];
  const end = items.at(-1)?.span[1] ?? 0;
  for (const item of items) {
    parts.push(lowerCondition(item, scope));
    if (scope.lowering.whole) continue;
    // Nothing is left to spend: what follows is one unknown text.
    if (item.span[1] < end) parts.push(unknownAt(scope, [item.span[1], end]));
    break;
  }
  return parts;
}

function lowerMatch({ field, values, span }: Match, scope: Scope): Expression {
  const subject = subjectOf(field === null ? null : nameOf(field, scope));
  return lowerValues(subject, values, span, scope);
}

/** The values of one field: those of one level that an operator joins are one test. */
function lowerValues(subject: Subject, values: Values, span: Span, scope: Scope): Expression {
  switch (values.kind) {
    case 'literal':
      return testsOf(subject, [values], 'any', span, scope);
    case 'not':
      return not(lowerValues(subject, values.operand, values.operand.span, scope));
    case 'broken':
      return unknownAt(scope, values.span);
    case 'or':
    case 'and': {
      const literals: Literal[] = [];
      const others: Values[] = [];
      sortInto(values.kind, values.items, literals, others);
      const quantifier = values.kind === 'or' ? 'any' : 'all';
      const parts = others.map((item) => lowerValues(subject, item, item.span, scope));
      if (literals.length > 0) parts.unshift(testsOf(subject, literals, quantifier, span, scope));
      return values.kind === 'or' ? or(parts) : and(parts);
    }
  }
}

/** `(a or (b or c))` is `(a or b or c)`. */
function sortInto(kind: 'or' | 'and', items: readonly Values[], literals: Literal[], others: Values[]): void {
  for (const item of items) {
    if (item.kind === 'literal') literals.push(item);
    else if (item.kind === kind) sortInto(kind, item.items, literals, others);
    else others.push(item);
  }
}

const OPERATORS: Readonly<Record<RangeOperator, Operator>> = { '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' };

function lowerRange({ field, operator, value, span }: Range, scope: Scope): Expression {
  if (!affordable(scope, 1, span)) return unknownAt(scope, span);
  const text = plainText(value);
  if (text.includes('*')) {
    note(
      scope,
      CODES.literalWildcard,
      `Behind ${operator} the star in ${printValue(text)} is no wildcard.`,
      span,
    );
  }
  const typed = value.quoted ? text : typedValue(text);
  const caseSensitive = typeof typed === 'string' ? true : null;
  return test({ field: nameOf(field, scope), op: OPERATORS[operator], values: [typed], caseSensitive, span });
}

function lowerNested({ field, query, span }: Nested, scope: Scope): Expression {
  if (query.kind !== 'match' && query.kind !== 'range' && query.kind !== 'broken') {
    const message = 'One object of the list must satisfy all of this; the tests do not say so.';
    note(scope, CODES.sameElement, message, span);
  }
  return lowerCondition(query, { ...scope, prefix: `${nameOf(field, scope)}.` });
}

/** The name of a field; a star that stands for any name is kept as a star. */
function nameOf(field: Literal, scope: Scope): string {
  return scope.prefix + plainText(field);
}

function plainText({ text, pattern }: Literal): string {
  if (text !== null) return text;
  return (pattern ?? []).map((piece) => ('wild' in piece ? piece.wild : piece.text)).join('');
}
