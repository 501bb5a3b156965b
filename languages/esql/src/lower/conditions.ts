import { and, type Expression, not, or, type Span } from '@rulescope/logic';
import { affordable, fault, unknownAt } from '@rulescope/logic/elastic';
import { CODES } from '../diagnostic-codes.ts';
import type { Expr, Literal, Logic } from '../syntax/ast.ts';
import { ask } from './ask.ts';
import { lowerCall } from './calls.ts';
import { lowerComparison, lowerLike, lowerMembership, lowerNullTest } from './comparisons.ts';
import { lowerMatch } from './matches.ts';
import { ALWAYS, equalTo, NEVER } from './questions.ts';
import type { Place } from './scope.ts';
import { operandOf } from './values.ts';

/** What a condition asks of an event. Never throws: what the model cannot say is unknown text with a diagnostic. */
export function lowerCondition(expr: Expr, place: Place): Expression {
  switch (expr.kind) {
    case 'and':
    case 'or':
      return lowerLogic(expr, place);
    case 'not':
      return not(lowerCondition(expr.operand, place));
    case 'comparison':
      return lowerComparison(expr, place);
    case 'like':
      return lowerLike(expr, place);
    case 'in':
      return lowerMembership(expr, place);
    case 'is-null':
      return lowerNullTest(expr, place);
    case 'match':
      return lowerMatch({ subject: expr.subject, query: expr.query, options: null, span: expr.span }, place);
    case 'call':
      return lowerCall(expr, place);
    case 'field':
    case 'cast':
      // A boolean column alone is a test that it is true.
      return ask(operandOf(expr, place), [equalTo(true)], expr.span, place);
    case 'literal':
      return lowerLiteral(expr, place);
    case 'parameter':
      operandOf(expr, place);
      return unknownAt(place, expr.span);
    case 'broken':
      return unknownAt(place, expr.span);
    case 'duration':
    case 'list':
    case 'options':
    case 'star':
    case 'sign':
    case 'arithmetic':
    case 'subquery':
      return noCondition(expr, place);
  }
}

function lowerLogic({ kind, items, span }: Logic, place: Place): Expression {
  const parts: Expression[] = [];
  for (const item of items) {
    parts.push(lowerCondition(item, place));
    if (place.lowering.budget.left > 0) continue;
    if (item.span[1] >= span[1]) break;
    // Nothing is left to spend: what follows is one unknown text.
    const rest: Span = [item.span[1], span[1]];
    affordable(place, 1, rest);
    parts.push(unknownAt(place, rest));
    break;
  }
  return kind === 'and' ? and(parts) : or(parts);
}

function lowerLiteral(literal: Literal, place: Place): Expression {
  if (typeof literal.value === 'boolean') return literal.value ? ALWAYS : NEVER;
  return noCondition(literal, place);
}

function noCondition(expr: Expr, place: Place): Expression {
  fault(place, CODES.notACondition, 'This is a value, and no condition.', expr.span);
  return unknownAt(place, expr.span);
}
