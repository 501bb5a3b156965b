import { and, type Expression, not, or, type Span } from '@rulescope/logic';
import { affordable, fault, note, unknownAt } from '@rulescope/logic/elastic';
import { CODES } from '../diagnostic-codes.ts';
import type { Expr, Literal, Logic } from '../syntax/ast.ts';
import { lowerCall } from './calls.ts';
import { lowerComparison, lowerMatch } from './comparisons.ts';
import { fieldName } from './operands.ts';
import { lowerRelation } from './relations.ts';
import type { Scope } from './scope.ts';
import { ALWAYS, keywordTest, NEVER, testOf } from './values.ts';

/** What a condition asks of an event. Never throws: what the model cannot say is unknown text with a diagnostic. */
export function lowerCondition(expr: Expr, scope: Scope): Expression {
  switch (expr.kind) {
    case 'and':
    case 'or':
      return lowerLogic(expr, scope);
    case 'not':
      return not(lowerCondition(expr.operand, { ...scope, negated: !scope.negated }));
    case 'comparison':
      return lowerComparison(expr, scope);
    case 'match':
      return lowerMatch(expr, scope);
    case 'call':
      return lowerCall(expr, scope);
    case 'relation':
      return lowerRelation(expr, scope);
    case 'field':
      // Elasticsearch takes a boolean field alone for a test that it is true.
      if (!affordable(scope, 1, expr.span)) return unknownAt(scope, expr.span);
      return testOf(
        { name: fieldName(expr.name, scope, expr.span), through: [] },
        'eq',
        [true],
        true,
        expr.span,
      );
    case 'literal':
      return lowerLiteral(expr, scope);
    case 'sign':
    case 'arithmetic':
      return noCondition(expr, scope);
    case 'broken':
      return unknownAt(scope, expr.span);
  }
}

function lowerLogic({ kind, items, span }: Logic, scope: Scope): Expression {
  const parts: Expression[] = [];
  for (const item of items) {
    parts.push(lowerCondition(item, scope));
    if (scope.lowering.budget.left > 0) continue;
    if (item.span[1] >= span[1]) break;
    // Nothing is left to spend: what follows is one unknown text.
    const rest: Span = [item.span[1], span[1]];
    affordable(scope, 1, rest);
    parts.push(unknownAt(scope, rest));
    break;
  }
  return kind === 'and' ? and(parts) : or(parts);
}

function lowerLiteral(literal: Literal, scope: Scope): Expression {
  if (typeof literal.value === 'boolean') return literal.value ? ALWAYS : NEVER;
  if (typeof literal.value === 'number') return literal.value === 0 ? NEVER : ALWAYS;
  if (literal.value === null) return noCondition(literal, scope);
  note(scope, CODES.freeText, 'EQL has no search in all fields: name one.', literal.span);
  return affordable(scope, 1, literal.span)
    ? keywordTest(literal.value, literal.span)
    : unknownAt(scope, literal.span);
}

function noCondition(expr: Expr, scope: Scope): Expression {
  fault(scope, CODES.notACondition, 'This is a value, and no condition.', expr.span);
  return unknownAt(scope, expr.span);
}
