import type { IndicatorCount } from '@rulescope/catalog';
import type { Test } from '@rulescope/logic';
import { test as logicTest } from '@rulescope/logic';
import { describe, expect, test } from 'vitest';
import { countFinder, groupTests } from '../src/indicator-groups.ts';
import { testIn } from './sample-catalog.ts';

function testOf(field: string | null, parts: Partial<Test> = {}): Test {
  const expression = logicTest({
    field,
    op: 'eq',
    values: ['a'],
    caseSensitive: false,
    span: [0, 1],
    ...parts,
  });
  return testIn(expression);
}

const NONE = countFinder([]);

describe('groupTests', () => {
  test('gives one row a field and operator, fields by name and keywords last', () => {
    const tests = [testOf(null), testOf('b'), testOf('a', { op: 'contains' }), testOf('a')];
    const groups = groupTests(tests, 'include', NONE);
    expect(groups.map(({ field, op }) => [field, op])).toEqual([
      ['a', 'contains'],
      ['a', 'eq'],
      ['b', 'eq'],
      [null, 'eq'],
    ]);
  });

  test('names what every match of a regex holds, save single characters', () => {
    const regex = testOf('a', {
      op: 'regex',
      values: ['(?i)setup.*?\\.exe'],
      literals: [['setup', '.', 'exe']],
    });
    const [group] = groupTests([regex], 'include', NONE);
    expect(group?.values.map(({ required }) => required)).toEqual([['setup', 'exe']]);
  });

  test('keeps the order of the values and lists each once', () => {
    const groups = groupTests(
      [testOf('a', { values: ['z', 'y'] }), testOf('a', { values: ['y', 'x'] })],
      'include',
      NONE,
    );
    expect(groups.map((group) => group.values.map((value) => value.shown))).toEqual([['z', 'y', 'x']]);
  });

  test('names the macros that a value came from, unless the rule itself writes it too', () => {
    const viaOf = (...origins: readonly (string | null)[]) =>
      groupTests(
        origins.map((via) => testOf('a', { via })),
        'include',
        NONE,
      ).flatMap(({ values }) => values.map(({ via }) => via));
    expect(viaOf('macro:m')).toEqual([['macro:m']]);
    expect(viaOf('macro:m', 'macro:m', 'lookup:l')).toEqual([['macro:m', 'lookup:l']]);
    expect(viaOf(null, 'macro:m')).toEqual([[]]);
    expect(viaOf('macro:m', null, 'macro:m')).toEqual([[]]);
  });

  test('keeps apart what is asked differently', () => {
    const groups = groupTests(
      [
        testOf('a'),
        testOf('a', { caseSensitive: true }),
        testOf('a', { through: ['lower'] }),
        testOf('a', { values: ['a', 'b'], quantifier: 'all' }),
      ],
      'include',
      NONE,
    );
    expect(groups).toHaveLength(4);
  });

  test('gives a test without values a row all the same', () => {
    const groups = groupTests(
      [testOf('a', { op: 'exists', values: [], caseSensitive: null })],
      'include',
      NONE,
    );
    expect(groups.map((group) => group.values.length)).toEqual([1]);
  });
});

test('countFinder finds what a value is counted as, by what the rule writes', () => {
  const count: IndicatorCount = {
    field: 'Image',
    op: 'ends_with',
    value: '\\a',
    encoding: '',
    polarity: 'exclude',
    written: { field: 'process_name', through: [], op: 'eq' },
    shown: 'A',
    transforms: ['windash'],
    status: 'canonical',
    selector: false,
    caseSensitive: false,
    others: { total: 1, byPlatform: { sigma: 1 } },
    near: [],
    literals: [],
  };
  const find = countFinder([count, { ...count, field: 'OriginalFileName', op: 'eq', value: 'a' }]);
  const asked = testOf('process_name', { transforms: ['windash'] });
  expect(find(asked, 'A', 'exclude').map(({ field }) => field)).toEqual(['Image', 'OriginalFileName']);
  expect(find(asked, 'A', 'include')).toEqual([]);
  expect(find(asked, 'B', 'exclude')).toEqual([]);
  expect(find({ ...asked, transforms: [] }, 'A', 'exclude')).toEqual([]);
  expect(find({ ...asked, through: ['length'] }, 'A', 'exclude')).toEqual([]);
  const [group] = groupTests([asked], 'exclude', () => find(asked, 'A', 'exclude'));
  expect(group).toMatchObject({ field: 'process_name', canonical: 'Image' });
});
