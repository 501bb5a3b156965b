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

test('countFinder finds a count by polarity, canonical field, operator, value and transforms', () => {
  const count = {
    field: 'Image',
    op: 'eq',
    value: 'a',
    encoding: '',
    polarity: 'exclude',
    shown: 'A',
    transforms: ['windash'],
    others: { total: 1, byPlatform: { sigma: 1 } },
  } as const;
  const find = countFinder([count]);
  const asked = testOf('process_path', { canonical: 'Image', transforms: ['windash'] });
  expect(find(asked, 'A', 'exclude')).toBe(count);
  expect(find(asked, 'A', 'include')).toBeNull();
  expect(find(asked, 'B', 'exclude')).toBeNull();
  expect(find({ ...asked, transforms: [] }, 'A', 'exclude')).toBeNull();
});
