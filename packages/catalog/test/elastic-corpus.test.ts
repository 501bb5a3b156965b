import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { type Catalog, type CatalogRule, openCatalog, type RuleSource } from '@rulescope/catalog';
import { corpusFolder } from '@rulescope/testing';
import { parse } from 'smol-toml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build, source } from './folder.ts';

const DETECTION_RULES = corpusFolder('elastic-detection-rules');
const PROTECTIONS = corpusFolder('elastic-protections-artifacts');

type Naive = Readonly<Record<string, unknown>>;

/** A file as the TOML package reads it, without any code of ours. */
interface NaiveFile {
  readonly path: string;
  readonly rule: Naive;
  readonly file: Naive;
}

function naiveFiles(folder: string): readonly NaiveFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.toml'))
    .map((path) => {
      const file: Naive = parse(readFileSync(join(folder, path), 'utf8'));
      return { path: path.split(sep).join('/'), rule: (file.rule ?? file.hunt) as Naive, file };
    });
}

/** The catalog of a corpus, its rules, and its files as somebody else reads them. */
function catalogOfCorpus(name: string, folder: string | null, more: Partial<RuleSource> = {}) {
  const made: { catalog: Catalog | null; rules: readonly CatalogRule[]; files: readonly NaiveFile[] } = {
    catalog: null,
    rules: [],
    files: [],
  };
  beforeAll(async () => {
    if (folder === null) return;
    const catalog = openCatalog((await build([source(name, folder, { platform: null, ...more })])).output);
    made.catalog = catalog;
    made.files = naiveFiles(folder);
    made.rules = catalog
      .rules({ retired: true }, { limit: 1_000_000, offset: 0 })
      .rules.map(({ id }) => catalog.rule(id))
      .filter((rule) => rule !== null);
  });
  afterAll(() => made.catalog?.close());
  return made;
}

function countsOf(values: readonly unknown[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1;
  return counts;
}

const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** What a rule's threat mapping names, as tags. */
function threatTags(threat: unknown): ReadonlySet<string> {
  const entries = (threat ?? []) as readonly {
    readonly tactic: { readonly name: string };
    readonly technique?: readonly {
      readonly id: string;
      readonly subtechnique?: readonly { id: string }[];
    }[];
  }[];
  return new Set(
    entries.flatMap(({ tactic, technique = [] }) =>
      [
        tactic.name.replaceAll(' ', '-'),
        ...technique.flatMap(({ id, subtechnique = [] }) => [id, ...subtechnique.map((sub) => sub.id)]),
      ].map((name) => `attack.${name.toLowerCase()}`),
    ),
  );
}

/** Ids that are not unique, and those that are not their file's own, save where two files have the same one. */
function strangeIds(rules: readonly CatalogRule[], files: readonly NaiveFile[]): readonly unknown[] {
  const idOf = ({ rule }: NaiveFile) => String(rule.rule_id ?? rule.id);
  const own = countsOf(files.map(idOf));
  const found = new Map(rules.map(({ id, path }) => [path, id]));
  const ids = countsOf(rules.map(({ id }) => id));
  return [
    ...Object.entries(ids).filter(([, count]) => count > 1),
    ...files
      .map((file) => [file.path, found.get(file.path), idOf(file)] as const)
      .filter(([path, id, wanted]) => {
        const isRepeated = own[wanted] !== 1 && id === `elastic/corpus/${path}#0`;
        return id !== `elastic/${wanted}` && !isRepeated;
      }),
  ];
}

/** Where the first words of a query stage's text are not found at its place in the rule. */
function misplacedStages(rules: readonly CatalogRule[]): readonly string[] {
  const bare = (part: string) => part.replaceAll(/[\s\\"']/g, '');
  return rules.flatMap(({ id, text, result }) =>
    result.stages.flatMap(({ text: own, spans, name }) => {
      const shown = bare(spans.map(([start, end]) => text.slice(start, end)).join(''));
      return shown.includes(bare(own).slice(0, 40)) ? [] : [`${id} ${name}`];
    }),
  );
}

describe.skipIf(DETECTION_RULES === null)(
  'Elastic’s detection rules (skipped where ../shared/corpora/elastic-detection-rules is absent)',
  () => {
    const made = catalogOfCorpus('corpus', DETECTION_RULES);
    const detections = () => made.files.filter(({ file }) => file.rule !== undefined);
    const hunts = () => made.files.filter(({ file }) => file.hunt !== undefined);
    const byPath = () => new Map(made.rules.map((rule) => [rule.path, rule]));

    test('every file is read, and every query of a hunt is a rule', () => {
      expect(made.files.length).toBeGreaterThan(1700);
      expect(made.catalog?.problems()).toEqual([]);
      const queries = new Map(
        made.files.map(({ path, rule }) => [path, Math.max(textsOf(rule.query).length, 1)]),
      );
      expect(countsOf(made.rules.map(({ path }) => path))).toEqual(Object.fromEntries(queries));
    });

    test('rules are of the kinds that their files say', () => {
      const expected = countsOf([
        ...detections().map(({ rule }) =>
          rule.building_block_type === undefined ? rule.type : 'building_block',
        ),
        ...hunts().flatMap(({ rule }) => textsOf(rule.query).map(() => 'hunt')),
      ]);
      expect(countsOf(made.rules.map(({ kind }) => kind))).toEqual(expected);
    });

    test('ids are the files’ own and unique, save those that two files have', () => {
      expect(strangeIds(made.rules, detections())).toEqual([]);
    });

    test('a rule has what its file says', () => {
      const rules = byPath();
      for (const { path, rule, file } of detections()) {
        const found = rules.get(path);
        const { maturity } = file.metadata as Naive;
        expect(found).toMatchObject({
          platform: 'elastic',
          status: maturity,
          retired: maturity === 'deprecated',
          severity: rule.severity,
          metadata: { riskScore: rule.risk_score, licence: rule.license },
        });
        if (rule.threat !== undefined) expect(new Set(found?.metadata.tags)).toEqual(threatTags(rule.threat));
        const sources = (found?.result.sources ?? []).filter(({ kind }) => kind === 'index');
        if (rule.type !== 'esql') expect(sources.map(({ value }) => value)).toEqual(textsOf(rule.index));
      }
    });

    test('conditions beside the query are stages', () => {
      const rules = byPath();
      const STAGES = [
        ['filters', 'filters'],
        ['threshold', 'threshold'],
        ['new_terms', 'new_terms'],
        ['threat_mapping', 'threat_match'],
        ['anomaly_threshold', 'machine_learning'],
      ] as const;
      for (const { path, rule } of detections()) {
        const { stages = [], diagnostics = [] } = rules.get(path)?.result ?? {};
        for (const [key, name] of STAGES) {
          const found = stages.filter((stage) => stage.name === name);
          expect([path, name, found.length]).toEqual([path, name, rule[key] === undefined ? 0 : 1]);
        }
        expect(diagnostics.map(({ code }) => code)).not.toContain('elastic-filter-unknown');
      }
    });

    test('a rule without a query says so', () => {
      const without = made.rules.filter(({ kind }) => kind === 'machine_learning');
      expect(without.length).toBeGreaterThan(50);
      for (const { language, understood, result } of without) {
        expect({ language, understood }).toEqual({ language: null, understood: 'full' });
        expect(result.diagnostics.map(({ code }) => code)).toEqual(['elastic-no-query']);
      }
    });

    test('only queries that no language reads are not understood, and say so', () => {
      for (const { id, language, understood, result } of made.rules) {
        const unread = result.diagnostics.some(({ code }) => code === 'language-not-read');
        if (unread) expect([id, understood]).toEqual([id, 'none']);
        else if (language === null) expect([id, understood]).toEqual([id, 'full']);
      }
    });

    test('stages stand in the file where their spans say', () => {
      expect(misplacedStages(made.rules)).toEqual([]);
    });
  },
);

describe.skipIf(PROTECTIONS === null)(
  'Elastic’s behaviour rules (skipped where ../shared/corpora/elastic-protections-artifacts is absent)',
  () => {
    const made = catalogOfCorpus('corpus', PROTECTIONS);

    test('every file is a rule, with its own id, save where two files have one', () => {
      expect(made.files.length).toBeGreaterThan(600);
      expect(made.catalog?.problems()).toEqual([]);
      expect(made.rules.map(({ path }) => path).toSorted()).toEqual(
        made.files.map(({ path }) => path).toSorted(),
      );
      expect(strangeIds(made.rules, made.files)).toEqual([]);
    });

    test('a rule has what its file says, and its query is in EQL', () => {
      const rules = new Map(made.rules.map((rule) => [rule.path, rule]));
      for (const { path, rule, file } of made.files) {
        const found = rules.get(path);
        expect(found).toMatchObject({ platform: 'elastic', kind: 'behavior', language: 'eql' });
        expect(found?.title).toBe(String(rule.name).trim());
        expect(new Set(found?.metadata.tags)).toEqual(threatTags(file.threat));
        expect(found?.metadata.facts).toContainEqual({
          name: 'Operating system',
          values: textsOf(rule.os_list),
        });
      }
    });

    test('stages stand in the file where their spans say', () => {
      expect(misplacedStages(made.rules)).toEqual([]);
    });
  },
);
