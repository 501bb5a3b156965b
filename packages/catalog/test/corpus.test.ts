import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Catalog, IndicatorCount, RuleSummary } from '@rulescope/catalog';
import { openCatalog } from '@rulescope/catalog';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build, source } from './folder.ts';
import { countKeys, keyOf, type NaiveRule, naiveRules, ruleFiles } from './naive-counts.ts';

const SIGMA = fileURLToPath(new URL('../../../../shared/corpora/sigma', import.meta.url));

/** The rule of the Sigma seed page, "Msiexec Quiet Installation". */
const SEED_PATH = 'rules/windows/process_creation/proc_creation_win_msiexec_install_quiet.yml';
const SEED = 'sigma/79a87aa6-e4bd-42fc-a5bb-5e6fbdcd62f5';

/** As the rule writes it: its canonical key, by which it is counted, has other names for some fields and values. */
function ourKey({ polarity, written, shown, transforms }: IndicatorCount): string {
  const { field, op } = written;
  const value = op === 'regex' ? shown : shown.toLowerCase();
  const encoding = transforms.filter((one) => /^(?:base64|base64offset|wide|utf16)$/.test(one)).join('|');
  return keyOf(polarity === 'include' ? '+' : '-', field, op, value, encoding);
}

describe.skipIf(!existsSync(SIGMA))(
  'the Sigma corpus (skipped where ../shared/corpora/sigma is absent)',
  () => {
    let catalog: Catalog;
    let rules: readonly RuleSummary[];
    let files: readonly string[];
    let naive: readonly NaiveRule[];

    beforeAll(async () => {
      // What `build` writes goes after the first test: this catalog stays open for all of them.
      catalog = openCatalog((await build([source('sigma', SIGMA)])).output);
      rules = catalog.rules({ retired: true }, { limit: 1_000_000, offset: 0 }).rules;
      files = ruleFiles(SIGMA);
      naive = naiveRules(files);
    });

    afterAll(() => catalog?.close());

    test('is read whole: every file has rules in the catalog or is a problem with a reason', () => {
      const known = new Set(rules.map(({ path }) => path));
      for (const { path, diagnostics } of catalog.problems()) {
        expect(diagnostics.map(({ message }) => message).join()).not.toBe('');
        known.add(path);
      }
      const paths = files.map((file) => relative(SIGMA, file).split(sep).join('/'));
      expect(paths.length).toBeGreaterThan(3000);
      expect(paths.filter((path) => !known.has(path))).toEqual([]);
      expect(catalog.stats({ retired: true })).toMatchObject({ files: files.length, rules: rules.length });
    });

    test('leaves out the rules that the naive reading finds deprecated or unsupported', () => {
      const retired = new Set(naive.filter((rule) => rule.retired).map(({ place }) => place));
      // `grep -rhE '^status: *(deprecated|unsupported)'` finds 251 of them.
      expect(retired.size).toBeGreaterThan(200);
      const inForce = new Set(catalog.rules({}, { limit: 1_000_000, offset: 0 }).rules.map(({ id }) => id));
      const different = rules.filter(({ id, path }) => {
        const rule = catalog.rule(id);
        const expected = retired.has(`${join(SIGMA, path)}#${rule?.ordinal}`);
        return rule?.retired !== expected || inForce.has(id) === expected;
      });
      expect(different).toEqual([]);
      expect(catalog.stats()).toMatchObject({ rules: inForce.size, retired: rules.length - inForce.size });
    });

    test.each([
      ['rules in force', false],
      ['all rules', true],
    ])('has the counts of the seed rule that test/naive-counts.ts has: %s', (_, retired) => {
      const counts = countKeys(naive.filter((rule) => retired || !rule.retired));
      const own = naive.find(({ place }) => place === `${join(SIGMA, SEED_PATH)}#0`);
      const expected = [...(own?.keys ?? [])].map((key) => [key, (counts.get(key) ?? 0) - 1]);
      const rows = catalog.indicatorCounts(SEED, { retired });
      expect(rows.map((row) => [ourKey(row), row.others.total]).toSorted()).toEqual(expected.toSorted());
      // As read in the rule's file: 7 values wanted, 8 not wanted.
      expect(rows.map(({ polarity }) => polarity).toSorted()).toEqual([
        ...Array(8).fill('exclude'),
        ...Array(7).fill('include'),
      ]);
      for (const row of rows) {
        expect(row.others.byPlatform).toEqual(row.others.total === 0 ? {} : { sigma: row.others.total });
        const behind = catalog.indicator(row, { retired })[
          row.polarity === 'include' ? 'including' : 'excluding'
        ];
        expect(behind.length).toBe(row.others.total + 1);
        expect(behind.map(({ id }) => id)).toContain(SEED);
      }
    });

    test('has the indicators that the naive count finds, in every rule that is understood in full', () => {
      const byPlace = new Map(naive.map(({ place, keys }) => [place, keys]));
      const different = rules.flatMap(({ id, path, understood }) => {
        if (understood !== 'full') return [];
        const expected =
          byPlace.get(`${join(SIGMA, path)}#${catalog.rule(id)?.ordinal}`) ?? new Set<string>();
        const found = new Set(catalog.indicatorCounts(id).map(ourKey));
        const same = found.size === expected.size && [...found].every((key) => expected.has(key));
        return same ? [] : [{ id, found: [...found].toSorted(), expected: [...expected].toSorted() }];
      });
      expect(different).toEqual([]);
    });
  },
);
