import type { Catalog } from '@rulescope/catalog';
import { isRetired } from '@rulescope/catalog';
import { describe, expect, test } from 'vitest';
import { ALL, catalogOf, sigmaRule } from './folder.ts';

const FILES = {
  'used.yml': sigmaRule('used', 's:\n    Image: x\ncondition: s', 'status: test'),
  'other.yml': sigmaRule('other', 's:\n    Image: x\n    A: y\ncondition: s'),
  'old.yml': sigmaRule('old', 's:\n    Image: x\n    Old: z\ncondition: s', 'status: Deprecated'),
  'odd.yml': sigmaRule('odd', 's:\n    Image: x\ncondition: s | near s', 'status: unsupported'),
};

function ids(catalog: Catalog, options: { readonly retired?: boolean } = {}): readonly string[] {
  return catalog.rules(options, ALL).rules.map(({ id }) => id.replace('sigma/', ''));
}

describe('deprecated and unsupported rules', () => {
  test.each([
    ['deprecated', true],
    ['Unsupported', true],
    ['test', false],
    ['', false],
    [null, false],
  ])('have the status %j: %s', (status, retired) => {
    expect(isRetired(status)).toBe(retired);
  });

  test('are left out of lists, searches and facets, unless they are asked for', async () => {
    const catalog = await catalogOf(FILES);
    expect(ids(catalog)).toEqual(['other', 'used']);
    expect(ids(catalog, { retired: false })).toEqual(['other', 'used']);
    expect(ids(catalog, { retired: true })).toEqual(['odd', 'old', 'other', 'used']);
    expect(catalog.rules({ status: 'deprecated' }, ALL).total).toBe(0);
    expect(catalog.rules({ status: 'deprecated', retired: true }, ALL).total).toBe(1);
    expect(catalog.search('rule', ALL).total).toBe(2);
    expect(catalog.search('rule', ALL, { retired: true }).total).toBe(4);
    const statuses = (retired: boolean) =>
      catalog.facets({ retired }, ['status'], 9).flatMap((facet) => facet.values.map(({ value }) => value));
    expect(statuses(false)).toEqual(['test']);
    expect(statuses(true)).toEqual(['Deprecated', 'test', 'unsupported']);
  });

  test('have their page all the same, which counts the rules in force', async () => {
    const catalog = await catalogOf(FILES);
    expect(catalog.rule('sigma/old')?.retired).toBe(true);
    expect(catalog.rule('sigma/used')?.retired).toBe(false);
    const others = (id: string, retired?: boolean) =>
      catalog
        .indicatorCounts(id, retired === undefined ? {} : { retired })
        .map(({ field, others: { total, byPlatform } }) => [field, total, byPlatform.sigma ?? 0]);
    expect(others('sigma/old')).toEqual([
      ['Image', 2, 2],
      ['Old', 0, 0],
    ]);
    expect(others('sigma/old', true)).toEqual([
      ['Image', 3, 3],
      ['Old', 0, 0],
    ]);
    expect(others('sigma/used')).toEqual([['Image', 1, 1]]);
    expect(others('sigma/used', true)).toEqual([['Image', 3, 3]]);
  });

  test('are left out of the rules behind an indicator', async () => {
    const catalog = await catalogOf(FILES);
    const key = { field: 'Image', op: 'eq', value: 'x', encoding: '' } as const;
    const behind = (retired?: boolean) =>
      catalog.indicator(key, retired === undefined ? {} : { retired }).including.map(({ id }) => id);
    expect(behind()).toEqual(['sigma/other', 'sigma/used']);
    expect(behind(true)).toEqual(['sigma/odd', 'sigma/old', 'sigma/other', 'sigma/used']);
    expect(catalog.fieldIndicators('Image', ALL).indicators).toMatchObject([{ value: 'x', rules: 2 }]);
  });

  test('are left out of the figures, which say how many they are', async () => {
    const catalog = await catalogOf(FILES);
    // Image x, A y; and Old z.
    expect(catalog.stats()).toMatchObject({ rules: 2, retired: 2, indicators: 2, files: 4 });
    expect(catalog.stats({ retired: true })).toMatchObject({ rules: 4, retired: 2, indicators: 3, files: 4 });
    expect(catalog.stats().sources).toMatchObject([{ rules: 2, understood: { full: 2 } }]);
    expect(catalog.stats({ retired: true }).sources).toMatchObject([{ rules: 4 }]);
    const codes = (retired: boolean) => catalog.stats({ retired }).diagnostics.map(({ code }) => code);
    expect(codes(false)).toEqual([]);
    expect(codes(true)).not.toEqual([]);
  });
});
