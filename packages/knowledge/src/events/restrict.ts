import type { Expression, Test, Value } from '@rulescope/logic';

/** Says of a test that it always holds, or never; null where events differ. */
export type Decide = (test: Test) => boolean | null;

/**
 * What is left of an expression once some of its tests are decided: `true` or `false` where that decides the
 * whole, else an expression of the undecided tests only.
 */
export function restrict(expression: Expression, decide: Decide): Expression | boolean {
  if ('and' in expression) return join(expression, expression.and, decide, false, (and) => ({ and }));
  if ('or' in expression) return join(expression, expression.or, decide, true, (or) => ({ or }));
  if ('not' in expression) {
    const inner = restrict(expression.not, decide);
    if (typeof inner === 'boolean') return !inner;
    return inner === expression.not ? expression : { not: inner };
  }
  if ('test' in expression) return decide(expression.test) ?? expression;
  return expression;
}

/** Joins the items of an And or Or: one item that is `absorbing` decides it, one that is the opposite goes. */
function join(
  whole: Expression,
  items: readonly Expression[],
  decide: Decide,
  absorbing: boolean,
  build: (items: readonly Expression[]) => Expression,
): Expression | boolean {
  const left: Expression[] = [];
  let changed = false;
  for (const item of items) {
    const part = restrict(item, decide);
    if (part === absorbing) return absorbing;
    if (part !== item) changed = true;
    if (typeof part !== 'boolean') left.push(part);
  }
  const [only] = left;
  if (only === undefined) return !absorbing;
  if (!changed) return whole;
  return left.length === 1 ? only : build(left);
}

/**
 * Whether a test holds for a field that can only have the given values: true if it does for each of them,
 * false if for none, null if for some or if the operator is not one that we decide (regexes, numbers, CIDR).
 */
export function holdsFor(test: Test, domain: readonly string[]): boolean | null {
  if (test.op === 'exists') return true;
  if (test.op === 'is_null') return false;
  if (test.through.length > 0 || test.transforms.length > 0) return null;
  const answers = domain.map((text) => matches(test, text.toLowerCase()));
  if (answers.every((answer) => answer === true)) return true;
  return answers.every((answer) => answer === false) ? false : null;
}

function matches(test: Test, text: string): boolean | null {
  const answers = test.values.map((value) => matchesValue(test.op, value, text));
  if (answers.includes(null)) return null;
  return test.quantifier === 'all' ? answers.every(Boolean) : answers.some(Boolean);
}

function matchesValue(op: Test['op'], value: Value, text: string): boolean | null {
  const wanted = String(value).toLowerCase();
  switch (op) {
    case 'eq':
      return text === wanted;
    case 'contains':
      return text.includes(wanted);
    case 'starts_with':
      return text.startsWith(wanted);
    case 'ends_with':
      return text.endsWith(wanted);
    default:
      return null;
  }
}
