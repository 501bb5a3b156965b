import type { Expression, Test, TestExpression, UnknownExpression } from './model.ts';

/** The expressions directly inside an expression: none in a test or an unknown. */
export function childrenOf(expression: Expression): readonly Expression[] {
  if ('and' in expression) return expression.and;
  if ('or' in expression) return expression.or;
  if ('not' in expression) return [expression.not];
  return leaf(expression);
}

/**
 * An expression whose direct children were replaced, each by what `change` gives for it. Where no child
 * changes it is the same object, so that a rewrite that finds nothing to do costs no memory.
 */
export function mapChildren(expression: Expression, change: (child: Expression) => Expression): Expression {
  if ('and' in expression) {
    const and = mapList(expression.and, change);
    return and === expression.and ? expression : { and };
  }
  if ('or' in expression) {
    const or = mapList(expression.or, change);
    return or === expression.or ? expression : { or };
  }
  if ('not' in expression) {
    const inner = change(expression.not);
    return inner === expression.not ? expression : { not: inner };
  }
  leaf(expression);
  return expression;
}

/** Rewrites an expression from its leaves up: `change` is given each part with its children already changed. */
export function transform(expression: Expression, change: (part: Expression) => Expression): Expression {
  return change(mapChildren(expression, (child) => transform(child, change)));
}

/** Told of each part of an expression, and whether an odd number of Nots is around it. */
export type Visitor = (part: Expression, negated: boolean) => void;

/** Visits an expression and all its parts, each before its children, from left to right. */
export function visit(expression: Expression, visitor: Visitor, negated = false): void {
  visitor(expression, negated);
  const inside = 'not' in expression ? !negated : negated;
  for (const child of childrenOf(expression)) visit(child, visitor, inside);
}

/** The tests of an expression from left to right, whatever Nots are around them. */
export function testsOf(expression: Expression): readonly Test[] {
  const tests: Test[] = [];
  visit(expression, (part) => {
    if ('test' in part) tests.push(part.test);
  });
  return tests;
}

function mapList(
  items: readonly Expression[],
  change: (child: Expression) => Expression,
): readonly Expression[] {
  const mapped = items.map((item) => change(item));
  return mapped.some((item, i) => item !== items[i]) ? mapped : items;
}

/** Only a test or an unknown comes here: a sixth kind of expression would be a type error. */
function leaf(_expression: TestExpression | UnknownExpression): readonly [] {
  return [];
}
