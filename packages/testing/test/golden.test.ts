import type { Expression, Result, Stage } from '@rulescope/logic';
import { emptyQuery, printExpression, SCHEMA_VERSION, simplify } from '@rulescope/logic';
import { describe, expect, it } from 'vitest';
import { complete, expectGolden, type GoldenPair, goldenPairs, schemaFaults } from '../src/index.ts';

const pairs = goldenPairs();
const titled = pairs.map((pair) => [`${pair.language}: ${pair.name}`, pair] as const);

/** A pair's `expect` made a whole result: what it leaves out is filled in with nothing. */
function asResult(pair: GoldenPair): Result {
  return {
    schema: SCHEMA_VERSION,
    id: null,
    ...emptyQuery(pair.language, 'full'),
    ...(filled(complete(pair.expect)) as Partial<Result>),
  };
}

const QUERY = { ...emptyQuery('sigma', 'full'), id: null };
const STAGE: Stage = {
  index: 0,
  name: '',
  kind: 'filter',
  text: '',
  spans: [],
  understood: 'full',
  where: null,
  queries: [],
};
const DIAGNOSTIC = { severity: 'info', message: 'said', span: [0, 0], line: 1, column: 1 };

function filled(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => filled(item, key));
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item, name)]));
  if (key === 'stages') return { ...STAGE, ...inner };
  if (key === 'diagnostics') return { ...DIAGNOSTIC, ...inner };
  if (key === 'queries')
    return {
      ...QUERY,
      ...('offset' in inner || 'standalone' in inner ? { offset: 0, standalone: true } : {}),
      ...inner,
    };
  return key === 'test' || key === 'unknown' || key === 'indicators' ? { span: [0, 0], ...inner } : inner;
}

describe('golden pairs', () => {
  it('are at least forty, and each name is there once', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(40);
    const names = titled.map(([name]) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it.each(titled)('%s', (_name, pair) => {
    expect(pair.documentation).toMatch(/\w{3}/);
    expect(pair.text.trim()).not.toBe('');
    expect(Object.keys(pair.expect)).not.toEqual([]);
    const result = asResult(pair);
    expect(schemaFaults(result)).toEqual([]);
    for (const where of [result.where, ...result.stages.map((stage) => stage.where)]) {
      if (where === null) continue;
      expect(simplify(where), 'is simple already').toBe(where);
      expect(printExpression(where)).toMatch(/\w/);
    }
  });
});

describe('expectGolden', () => {
  const where: Expression = {
    test: {
      field: 'f',
      through: [],
      op: 'eq',
      values: ['x'],
      quantifier: 'any',
      caseSensitive: false,
      transforms: [],
      derived: false,
      implied: false,
      via: null,
      span: [3, 4],
    },
  };
  const result: Result = { schema: SCHEMA_VERSION, id: null, ...emptyQuery('sigma', 'full'), where };
  const compare =
    (expected: GoldenPair['expect'], given: Result = result) =>
    () =>
      expectGolden(given, { language: 'sigma', name: '', documentation: '', text: '', expect: expected });
  const short = { field: 'f', op: 'eq', values: ['x'], caseSensitive: false };

  it('compares only the keys that a pair names', () => {
    expect(compare({ where: { test: short } })).not.toThrow();
    expect(compare({ where: { test: { ...short, span: [3, 4] } }, exclusions: [] })).not.toThrow();
  });

  it.each<[string, GoldenPair['expect'], Result?]>([
    ['another value', { where: { test: { ...short, values: ['y'] } } }],
    ['another span, where it is named', { where: { test: { ...short, span: [3, 5] } } }],
    ['another kind of expression', { where: { not: { test: short } } }],
    [
      'a key of a test that is not common',
      { where: { test: short } },
      { ...result, where: { test: { ...where.test, derived: true } } },
    ],
    [
      'an optional key of a test that is there',
      { where: { test: short } },
      { ...result, where: { test: { ...where.test, flags: 'i' } } },
    ],
    ['a longer list', { stages: [] }, { ...result, stages: [STAGE] }],
    ['a shorter list', { stages: [{ name: 'condition' }] }],
    ['another stage', { stages: [{ name: 'condition' }] }, { ...result, stages: [STAGE] }],
  ])('fails for %s', (_name, expected, given) => {
    expect(compare(expected, given)).toThrow();
  });
});
