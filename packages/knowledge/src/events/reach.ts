import type { Expression, Test } from '@rulescope/logic';

/** What a test can give on an event: both answers, or only one since its field is missing. */
export type Outcome = 'either' | 'never' | 'always';

/** What of an expression an event can reach. */
export interface Reach {
  /** Some event of this kind satisfies the expression. */
  readonly canHold: boolean;
  /** Some event of this kind does not. */
  readonly canFail: boolean;
  /** Alternatives that never hold, under an even number of Nots: what the rule will not find here. */
  readonly dead: readonly Expression[];
  /** What never holds under an odd number of Nots: what the rule will not exclude here. */
  readonly idle: readonly Expression[];
}

/**
 * Reasons over an expression whose tests may lack their field. Tests that have theirs are taken to be
 * satisfiable and independent of each other, so that only missing fields ever decide. An alternative (an item
 * of an Or, or the whole inside of a Not) that never holds is reported as one, whatever is inside it. A test
 * that always holds (`is_null`) is reported the other way round: asked for, it restricts nothing (idle);
 * in an exclusion, it makes that exclude more than it should (dead).
 */
export function reach(expression: Expression, outcome: (test: Test) => Outcome, negated = false): Reach {
  if ('and' in expression) {
    const parts = expression.and.map((item) => reach(item, outcome, negated));
    return {
      canHold: parts.every((part) => part.canHold),
      canFail: parts.some((part) => part.canFail),
      ...collect(parts),
    };
  }
  if ('or' in expression) {
    const parts = expression.or.map((item) => asAlternative(item, reach(item, outcome, negated), negated));
    return {
      canHold: parts.some((part) => part.canHold),
      canFail: parts.every((part) => part.canFail),
      ...collect(parts),
    };
  }
  if ('not' in expression) {
    const inner = asAlternative(expression.not, reach(expression.not, outcome, !negated), !negated);
    return { ...inner, canHold: inner.canFail, canFail: inner.canHold };
  }
  const result = 'test' in expression ? outcome(expression.test) : 'either';
  const leaf = { canHold: result !== 'never', canFail: result !== 'always', dead: [], idle: [] };
  // A test that always holds is the Not of one that never does: it is reported here as inside of that Not.
  return result === 'always' ? report(expression, leaf, !negated) : leaf;
}

/** Reports an alternative that never holds; an Or has reported each of its items already. */
function asAlternative(expression: Expression, reached: Reach, negated: boolean): Reach {
  return reached.canHold || 'or' in expression ? reached : report(expression, reached, negated);
}

function report(expression: Expression, reached: Reach, negated: boolean): Reach {
  return { ...reached, dead: negated ? [] : [expression], idle: negated ? [expression] : [] };
}

function collect(parts: readonly Reach[]): Pick<Reach, 'dead' | 'idle'> {
  return { dead: parts.flatMap((part) => part.dead), idle: parts.flatMap((part) => part.idle) };
}
