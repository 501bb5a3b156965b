import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { BuildReport, Catalog, CatalogRule } from '@rulescope/catalog';
import { openCatalog } from '@rulescope/catalog';
import { corpusFolder } from '@rulescope/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build, source } from './folder.ts';

/**
 * What a person found in each corpus: files that hold no query (pages about others, licences, lists, templates to fill
 * in, empty files), and at most so many rules that are malformed where they were published.
 */
const CORPORA = [
  { name: 'kusto-sentinel-rules', without: 2, malformed: 0 },
  { name: 'kusto-bert-janp', without: 10, malformed: 10 },
  { name: 'kusto-falconfriday', without: 5, malformed: 0 },
  // Two of the four stand in one text: a pasted piece broke both.
  { name: 'kusto-m365-defender', without: 11, malformed: 4 },
  { name: 'kusto-reprise99', without: 8, malformed: 0 },
] as const;

/** A line of a page that only KQL has: how a grep would find queries. */
const GREP = /^[ \t]*\|[ \t]*(?:where|extend|summarize)[ \t]/m;

interface Built {
  report: BuildReport | null;
  catalog: Catalog | null;
  rules: readonly CatalogRule[];
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.split(sep).join('/'));
}

/** The stages whose own text does not stand where their spans say, escapes and white space aside. */
function misplacedStages(rules: readonly CatalogRule[]): readonly string[] {
  const bare = (part: string) => part.replaceAll(/\\[nrt]|[\s\\"'\u200b]/g, '');
  return rules.flatMap(({ id, text, result, metadata }) =>
    result.stages.flatMap(({ text: own, spans, name }) => {
      const shown = spans.map(([start, end]) => text.slice(start, end)).join('');
      // What a parameter stands for stands nowhere.
      const isFilled = metadata.facts.some((fact) => fact.name === 'Parameter');
      return isFilled || bare(shown).includes(bare(own).slice(0, 40)) ? [] : [`${id} ${name}`];
    }),
  );
}

for (const { name, without, malformed } of CORPORA) {
  const found = corpusFolder(name);
  describe.skipIf(found === null)(`${name} (skipped where ../shared/corpora/${name} is absent)`, () => {
    const folder = found ?? '';
    const made: Built = { report: null, catalog: null, rules: [] };

    beforeAll(async () => {
      if (found === null) return;
      // What `build` writes goes after the first test: this catalog stays open for all of them.
      made.report = await build([source('corpus', folder, { platform: null })]);
      const catalog = openCatalog(made.report.output);
      made.catalog = catalog;
      made.rules = catalog
        .rules({ retired: true }, { limit: 1_000_000, offset: 0 })
        .rules.flatMap(({ id }) => catalog.rule(id) ?? []);
    });
    afterAll(() => made.catalog?.close());

    test('every file is read: those without a rule are few, and no line in them is one of KQL', () => {
      const paths = new Set(made.rules.map(({ path }) => path));
      // Values for the parameters of rules may be pieces of queries.
      const rest = filesOf(folder).filter((path) => !paths.has(path) && !path.endsWith('.params.yaml'));
      expect(rest.length).toBeLessThanOrEqual(without);
      expect(rest.filter((path) => GREP.test(readFileSync(join(folder, path), 'utf8')))).toEqual([]);
      expect(made.catalog?.problems()).toEqual([]);
    });

    test('no query of a page is lost: each fence is in the text of a rule, or another form of one', () => {
      for (const path of filesOf(folder).filter((one) => one.endsWith('.md'))) {
        const text = readFileSync(join(folder, path), 'utf8');
        const fences = text.match(/^```(?:kql|kusto)[ \t]*\r?$/gim)?.length ?? 0;
        const rules = made.rules.filter((rule) => rule.path === path);
        const forms = rules.flatMap(
          ({ metadata }) => metadata.facts.find((fact) => fact.name === 'Other form')?.values ?? [],
        );
        expect([path, rules.length + forms.length >= fences]).toEqual([path, true]);
      }
    });

    test('ids are unique, and the same in every build', async () => {
      const ids = made.rules.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(
        made.rules.every(
          ({ id, platform, language }) =>
            id.startsWith('kusto/') && platform === 'kusto' && language === 'kql',
        ),
      ).toBe(true);
      const { output } = await build([source('corpus', folder, { platform: null })]);
      const again = openCatalog(output);
      const second = again
        .rules({ retired: true }, { limit: 1_000_000, offset: 0 })
        .rules.map(({ id }) => id);
      again.close();
      expect(second).toEqual(ids);
    });

    test('every rule has a title', () => {
      expect(made.rules.filter(({ title }) => title.trim() === '')).toEqual([]);
    });

    test('all are understood in full, save those that are malformed where they were published', () => {
      const partly = made.rules.filter(({ understood }) => understood !== 'full');
      expect(partly.length).toBeLessThanOrEqual(malformed);
      for (const { result } of partly)
        expect(result.diagnostics.map(({ code }) => code)).toContain('kql-syntax');
    });

    test('stages stand in the file where their spans say', () => {
      expect(misplacedStages(made.rules)).toEqual([]);
    });
  });
}
