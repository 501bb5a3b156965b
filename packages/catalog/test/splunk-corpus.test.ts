import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Catalog, CatalogRule } from '@rulescope/catalog';
import { openCatalog, type RuleSource } from '@rulescope/catalog';
import { corpusFolder } from '@rulescope/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { build, source } from './folder.ts';

const SECURITY_CONTENT = corpusFolder('splunk-security-content');
const ARMORY = corpusFolder('anvilogic-armory');

/** A rule file as the yaml package reads it, without any code of ours. */
type Naive = Readonly<Record<string, unknown>> & { readonly path: string };

function naiveFiles(folder: string): readonly Naive[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yml'))
    .map((path) => {
      const content: Record<string, unknown> = parse(readFileSync(join(folder, path), 'utf8'), {
        schema: 'failsafe',
      });
      return { ...content, path: path.split(sep).join('/') };
    });
}

/** The catalog of a corpus, and all of its rules by their paths. */
function catalogOfCorpus(folder: string | null, more: Partial<RuleSource> = {}) {
  const made: { catalog: Catalog | null; rules: ReadonlyMap<string, CatalogRule> } = {
    catalog: null,
    rules: new Map(),
  };
  beforeAll(async () => {
    if (folder === null) return;
    // What `build` writes goes after the first test: this catalog stays open for all of them.
    const catalog = openCatalog(
      (await build([source('corpus', folder, { platform: null, ...more })])).output,
    );
    const { rules } = catalog.rules({ retired: true }, { limit: 1_000_000, offset: 0 });
    made.catalog = catalog;
    made.rules = new Map(
      rules.flatMap(({ id, path }) => {
        const rule = catalog.rule(id);
        return rule === null ? [] : [[path, rule]];
      }),
    );
  });
  afterAll(() => made.catalog?.close());
  return made;
}

/** Each character of a stage that is not white space or escaped stands where the span says. */
function misplacedStages(rules: Iterable<CatalogRule>): readonly string[] {
  return [...rules].flatMap(({ id, text, result }) =>
    result.stages.flatMap(({ text: own, spans, name }) => {
      const shown = spans.map(([start, end]) => text.slice(start, end)).join('');
      const bare = (part: string) => part.replaceAll(/[\s\\"']/g, '');
      return bare(shown).includes(bare(own).slice(0, 40)) ? [] : [`${id} ${name}`];
    }),
  );
}

describe.skipIf(SECURITY_CONTENT === null)(
  'Splunk security_content (skipped where ../shared/corpora/splunk-security-content is absent)',
  () => {
    const folder = SECURITY_CONTENT ?? '';
    const made = catalogOfCorpus(SECURITY_CONTENT);

    test('every detection is a rule, and nothing else is a rule or a problem', () => {
      const detections = naiveFiles(join(folder, 'detections')).map(({ path }) => `detections/${path}`);
      expect(detections.length).toBeGreaterThan(1000);
      expect([...made.rules.keys()].toSorted()).toEqual(detections.toSorted());
      expect(made.catalog?.problems()).toEqual([]);
    });

    test('a rule has what its file says', () => {
      for (const file of naiveFiles(join(folder, 'detections'))) {
        const rule = made.rules.get(`detections/${file.path}`);
        expect(rule).toMatchObject({
          id: `splunk/${file.id}`,
          platform: 'splunk',
          language: 'spl',
          kind: file.type,
          title: String(file.name).trim(),
          status: file.status,
          retired: file.status === 'deprecated',
        });
        const tags = file.tags as { risk_score: string; mitre_attack_id?: readonly string[] };
        expect(rule?.metadata.riskScore).toBe(Number(tags.risk_score));
        const named = new Set(tags.mitre_attack_id ?? []);
        expect(new Set(rule?.metadata.tags.filter((tag) => tag.startsWith('attack.')))).toEqual(
          new Set([...named].map((id) => `attack.${id.toLowerCase()}`)),
        );
        expect(rule?.metadata.severity).not.toBeNull();
      }
    });

    test('stages stand in the file where their spans say', () => {
      expect(misplacedStages(made.rules.values())).toEqual([]);
    });
  },
);

describe.skipIf(ARMORY === null)(
  'the Anvilogic armory (skipped where ../shared/corpora/anvilogic-armory is absent)',
  () => {
    const folder = ARMORY ?? '';
    const made = catalogOfCorpus(ARMORY);

    test('every file is a rule of its language’s platform', () => {
      const files = naiveFiles(folder);
      expect(files.length).toBeGreaterThan(1000);
      expect(made.catalog?.problems()).toEqual([]);
      const expected = files.map(({ path, logic_format }) => [path, String(logic_format).toLowerCase()]);
      const found = [...made.rules.values()].map(({ path, platform }) => [path, platform]);
      expect(new Map(found as [string, string][])).toEqual(new Map(expected as [string, string][]));
    });

    test('ids are the files’ own, save those that two files have', () => {
      const files = naiveFiles(folder);
      const counts = new Map<string, number>();
      for (const { id, logic_format } of files) {
        const key = `${String(logic_format).toLowerCase()}/${id}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      for (const { path, id, logic_format } of files) {
        const key = `${String(logic_format).toLowerCase()}/${id}`;
        const found = made.rules.get(path)?.id;
        if (counts.get(key) === 1) expect(found).toBe(key);
        else expect([key, `${String(logic_format).toLowerCase()}/corpus/${path}#0`]).toContain(found);
      }
    });

    test('titles are unique on a platform, save those of rules that say the same of themselves', () => {
      const sameInFile = Map.groupBy(naiveFiles(folder), ({ title, logic_format, data_category }) =>
        JSON.stringify([title, logic_format, data_category]),
      );
      const repeated = new Set(
        [...sameInFile.values()]
          .filter((files) => files.length > 1)
          .flat()
          .map(({ path }) => path),
      );
      const byTitle = Map.groupBy(made.rules.values(), ({ platform, title }) => `${platform} ${title}`);
      const shared = [...byTitle.values()].filter((rules) => rules.length > 1).flat();
      expect(shared.filter(({ path }) => !repeated.has(path)).map(({ path }) => path)).toEqual([]);
    });

    test('the rule of the seed page is titled as there', () => {
      const rule = made.catalog?.rule('splunk/6847.8062');
      expect(rule?.title).toBe('Msiexec Abuse (Windows Event Log)');
      expect(rule?.attack.techniques.map(({ id }) => id)).toEqual(['T1218.007']);
      expect(rule?.attack.techniques[0]?.ownTactics).toEqual(['defense-evasion']);
    });

    test('rules in a language that is not read are catalogued, and say so', () => {
      const unread = [...made.rules.values()].filter(({ platform }) => platform === 'snowflake');
      expect(unread.length).toBeGreaterThan(200);
      for (const { language, understood, result, metadata } of unread) {
        expect({ language, understood }).toEqual({ language: null, understood: 'none' });
        expect(result.diagnostics.map(({ code, severity }) => [code, severity])).toContainEqual([
          'language-not-read',
          'info',
        ]);
        expect(metadata.facts).toContainEqual({ name: 'Language', values: ['Snowflake SQL'] });
      }
    });

    test('stages stand in the file where their spans say', () => {
      expect(misplacedStages(made.rules.values())).toEqual([]);
    });
  },
);
