import { describe, expect, it } from 'vitest';
import type { Expression, NestedQuery, Stage } from '../src/index.ts';
import { and, collect, emptyQuery, LIMITS, not, or, test, unknown } from '../src/index.ts';

const leaf = (field: string | null, ...values: string[]): Expression =>
  test({ field, op: 'contains', values, caseSensitive: false, span: [0, 1] });
const a = leaf('a', '1');
const b = leaf('b', '2');
const c = leaf('c', '3');
const d = leaf('d', '4');

function stage(where: Expression | null, more: Partial<Stage> = {}): Stage {
  return {
    index: 0,
    name: 'where',
    kind: 'filter',
    text: '',
    spans: [],
    understood: 'full',
    where,
    queries: [],
    ...more,
  };
}

function nested(stages: readonly Stage[], negated?: boolean): NestedQuery {
  return { ...emptyQuery('kql', 'full'), stages, ...(negated === undefined ? {} : { negated }) };
}

const fields = (stages: readonly Stage[]): string[] =>
  collect(stages).indicators.map((found) => `${found.field} ${found.path}`);

describe('indicators', () => {
  it('are the tests under an even number of Nots, with the path of their stage', () => {
    const stages = [stage(null), stage(and([a, not(b)])), stage(not(and([c, not(d)])))];
    expect(fields(stages)).toEqual(['a /stages/1', 'd /stages/2']);
  });

  it('keep everything that the test says', () => {
    const derived = test({
      field: 'dc',
      op: 'gt',
      values: [3],
      caseSensitive: null,
      span: [5, 9],
      derived: true,
    });
    expect(collect([stage(derived)]).indicators).toEqual([
      {
        field: 'dc',
        through: [],
        op: 'gt',
        values: [3],
        quantifier: 'any',
        caseSensitive: null,
        transforms: [],
        derived: true,
        implied: false,
        via: null,
        span: [5, 9],
        path: '/stages/0',
      },
    ]);
  });

  it('include those of nested queries, once', () => {
    const inner = nested([stage(a), stage(null, { queries: [nested([stage(b)])] })]);
    const carrying = { ...inner, indicators: collect(inner.stages).indicators };
    expect(fields([stage(null), stage(c, { kind: 'join', queries: [nested([]), carrying] })])).toEqual([
      'c /stages/1',
      'a /stages/1/queries/1/stages/0',
      'b /stages/1/queries/1/stages/1/queries/0/stages/0',
    ]);
  });

  it('leave out the own filter of a declare stage, not the queries in it', () => {
    expect(fields([stage(a, { kind: 'declare', queries: [nested([stage(b)])] })])).toEqual([
      'b /stages/0/queries/0/stages/0',
    ]);
  });

  it('of a negated query are what it has under a Not', () => {
    const anti = stage(a, { kind: 'join', queries: [nested([stage(and([b, not(c)]))], true)] });
    expect(fields([anti])).toEqual(['a /stages/0', 'c /stages/0/queries/0/stages/0']);
  });

  it('of a negated query in a negated query are indicators again', () => {
    const inner = nested([stage(b)], true);
    const outer = nested([stage(a, { queries: [inner] })], true);
    expect(fields([stage(null, { queries: [outer] })])).toEqual([
      'b /stages/0/queries/0/stages/0/queries/0/stages/0',
    ]);
  });
});

describe('exclusions', () => {
  const wheres = (expression: Expression): readonly Expression[] =>
    collect([stage(expression)]).exclusions.map((found) => found.where);
  const macro = unknown('`filter`', [0, 8]);

  it.each<[string, Expression, readonly Expression[]]>([
    ['none without a Not', and([a, or([b, c])]), []],
    ['a test', not(a), [a]],
    ['each alternative of an Or', not(or([a, b])), [a, b]],
    ['alternatives of alternatives', not(or([a, or([b, and([c, d])])])), [a, b, and([c, d])]],
    ['an And as one, its structure kept', not(and([a, or([b, c])])), [and([a, or([b, c])])]],
    ['wherever the Not is', or([a, and([b, not(c)])]), [c]],
    ['a Not in an exclusion belongs to it', not(and([a, not(b)])), [and([a, not(b)])]],
    ['a Not of a Not excludes nothing', not(not(a)), []],
    ['a Not among alternatives excludes nothing', not(or([a, not(b)])), [a]],
    ['a Not below a double Not', not(not(and([a, not(b)]))), [b]],
    ['an unknown', not(macro), [macro]],
  ])('%s', (_name, expression, expected) => {
    expect(wheres(expression)).toEqual(expected);
  });

  it('name their stage, nested ones too', () => {
    const stages = [stage(not(a)), stage(null, { queries: [nested([stage(null), stage(not(b))])] })];
    expect(collect(stages).exclusions).toEqual([
      { where: a, path: '/stages/0' },
      { where: b, path: '/stages/1/queries/0/stages/1' },
    ]);
  });

  it('of a negated query with one filter are its alternatives', () => {
    const stages = [stage(null, { queries: [nested([stage(null), stage(or([a, b]))], true)] })];
    expect(collect(stages).exclusions).toEqual([
      { where: a, path: '/stages/0' },
      { where: b, path: '/stages/0' },
    ]);
  });

  it('of a negated query with several filters are one: an event must pass them all', () => {
    const stages = [stage(null, { queries: [nested([stage(a), stage(not(b))], true)] })];
    expect(collect(stages).exclusions).toEqual([{ where: and([a, not(b)]), path: '/stages/0' }]);
  });

  it('of a negated query whose condition asks more than its stages are those of its condition', () => {
    const union = {
      ...nested([stage(null, { queries: [nested([stage(a)]), nested([stage(b)])] })], true),
      where: or([a, b]),
    };
    expect(collect([stage(null, { queries: [union] })]).exclusions).toEqual([
      { where: a, path: '/stages/0' },
      { where: b, path: '/stages/0' },
    ]);
  });
});

describe('terms', () => {
  it('are the values of tests without a field, regexes left out', () => {
    const regex = test({ field: null, op: 'regex', values: ['x+'], caseSensitive: true, span: [0, 1] });
    const word = test({ field: null, op: 'term', values: [4688], caseSensitive: false, span: [0, 1] });
    const found = collect([stage(and([leaf(null, 'one', 'two'), a, regex, word, not(leaf(null, 'three'))]))]);
    expect(found.terms).toEqual([
      { value: 'one', polarity: 'include', path: '/stages/0' },
      { value: 'two', polarity: 'include', path: '/stages/0' },
      { value: '4688', polarity: 'include', path: '/stages/0' },
      { value: 'three', polarity: 'exclude', path: '/stages/0' },
    ]);
  });

  it('of a negated query are excluded', () => {
    const found = collect([stage(null, { queries: [nested([stage(leaf(null, 'x'))], true)] })]);
    expect(found.terms).toEqual([{ value: 'x', polarity: 'exclude', path: '/stages/0/queries/0/stages/0' }]);
  });
});

it('long lists are collected', () => {
  const many: Expression = { or: Array.from({ length: LIMITS.values }, () => a) };
  expect(collect([stage(many)]).indicators).toHaveLength(LIMITS.values);
  expect(collect([stage(not(many))]).exclusions).toHaveLength(LIMITS.values);
});
