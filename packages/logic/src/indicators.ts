import type { Exclusion, Expression, Indicator, NestedQuery, Stage, Term, Test } from './model.ts';
import { testsOf, visit } from './walk.ts';

/** What a query looks for, what it does not want, and the texts that it searches events for. */
export interface Collected {
  readonly indicators: readonly Indicator[];
  readonly exclusions: readonly Exclusion[];
  readonly terms: readonly Term[];
}

/**
 * Collects the indicators, exclusions and terms of a query from its stages, nested queries included.
 *
 * - Indicators are the tests under an even number of Nots, in the order of the stages; derived and implied
 *   ones are among them and say so.
 * - Exclusions are the alternatives under each Not that is itself not negated: Not(Or(a, b)) gives two,
 *   Not(And(a, b)) one with two tests. What is inside an exclusion gives no further ones.
 * - Terms are the values of tests that search the whole event, regexes left out.
 *
 * A `declare` stage's own filter decides nothing and is left out. A nested query marked `negated` counts as
 * one more Not around the And of its stages; the exclusions that it gives are those of the stage that holds
 * it. Paths are JSON Pointers (RFC 6901) from the query whose stages these are, such as
 * `/stages/2/queries/0/stages/1`; of what nested queries carry of their own only the
 * condition of a negated one is read.
 */
export function collect(stages: readonly Stage[]): Collected {
  const collector: Collector = { indicators: [], exclusions: [], terms: [] };
  collectStages(stages, '', false, collector);
  return collector;
}

interface Collector {
  readonly indicators: Indicator[];
  readonly exclusions: Exclusion[];
  readonly terms: Term[];
}

function collectStages(stages: readonly Stage[], prefix: string, negated: boolean, into: Collector): void {
  stages.forEach((stage, i) => {
    const path = `${prefix}/stages/${i}`;
    const where = filterOf(stage);
    if (where !== null) {
      collectTests(where, path, negated, into);
      if (!negated) collectExclusions(where, path, into.exclusions);
    }
    stage.queries.forEach((query, j) => {
      const flips = query.negated === true;
      if (flips && !negated) excludeQuery(query, path, into.exclusions);
      collectStages(query.stages, `${path}/queries/${j}`, negated !== flips, into);
    });
  });
}

function testsIn(wheres: readonly Expression[]): number {
  return wheres.reduce((sum, where) => sum + testsOf(where).length, 0);
}

function filterOf(stage: Stage): Expression | null {
  return stage.kind === 'declare' ? null : stage.where;
}

function collectTests(where: Expression, path: string, negated: boolean, into: Collector): void {
  visit(
    where,
    (part, excluded) => {
      if (!('test' in part)) return;
      if (!excluded) into.indicators.push({ ...part.test, path });
      collectTerms(part.test, path, excluded, into.terms);
    },
    negated,
  );
}

function collectTerms(test: Test, path: string, excluded: boolean, terms: Term[]): void {
  if (test.field !== null || test.op === 'regex') return;
  for (const value of test.values) {
    terms.push({ value: String(value), polarity: excluded ? 'exclude' : 'include', path });
  }
}

/** The exclusions of an expression that no Not is around. */
function collectExclusions(where: Expression, path: string, exclusions: Exclusion[]): void {
  if ('not' in where) exclude(where.not, path, exclusions);
  else if ('and' in where) for (const item of where.and) collectExclusions(item, path, exclusions);
  else if ('or' in where) for (const item of where.or) collectExclusions(item, path, exclusions);
}

/** Makes exclusions of the alternatives of an expression that one Not is around. */
function exclude(negated: Expression, path: string, exclusions: Exclusion[]): void {
  if ('or' in negated) for (const item of negated.or) exclude(item, path, exclusions);
  else if ('not' in negated) collectExclusions(negated.not, path, exclusions);
  else if (!('and' in negated) || negated.and.length > 0) exclusions.push({ where: negated, path });
}

/**
 * An event that passes all filters of a negated query is not wanted: one filter may have alternatives. The query's
 * own condition says it where it asks more than its stages do: what it inlines, the legs of its unions.
 */
function excludeQuery(query: NestedQuery, path: string, exclusions: Exclusion[]): void {
  const own = query.stages.map(filterOf).filter((where) => where !== null);
  const { where } = query;
  const filters = where !== null && testsIn([where]) > testsIn(own) ? [where] : own;
  const [only] = filters;
  if (filters.length === 1 && only !== undefined) exclude(only, path, exclusions);
  else if (filters.length > 1) exclusions.push({ where: { and: filters }, path });
}
