import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reporter } from '@rulescope/logic/parsing';
import { corpusFolder, faultsOf, type Sample, sigmaConversions } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { language, parseLuceneTree, printLucene } from '../src/index.ts';

const folder = corpusFolder('elastic-detection-rules');

/** Queries in rules of Elastic's own; they stand between three quotes. */
function elasticQueries(root: string): readonly Sample[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.toml'))
    .sort()
    .flatMap((path) => {
      const toml = readFileSync(join(root, path), 'utf8');
      if (!/^language = "lucene"/m.test(toml)) return [];
      return [...toml.matchAll(/^query\s*=\s*'''([\s\S]*?)'''/gm)].map(([, text = '']) => ({
        name: path,
        text,
      }));
    });
}

/** Queries that a converter wrote for Sigma rules, their fields kept and renamed to those of Elastic. */
const converted: readonly Sample[] = sigmaConversions().flatMap(({ path, queries }) =>
  [...(queries.lucene ?? []), ...(queries.lucene_ecs ?? [])].map((text) => ({ name: path, text })),
);

function bare(text: string): string {
  return JSON.stringify(parseLuceneTree(text, reporter(text)), (key, value: unknown) =>
    key === 'span' ? undefined : value,
  );
}

describe.each([
  ['elastic-detection-rules', folder === null ? [] : elasticQueries(folder), 1],
  ['converted Sigma rules', converted, 3_000],
] as const)('the Lucene queries of %s (skipped without ../shared)', (_, queries, least) => {
  it.skipIf(queries.length === 0)('are there', () => {
    expect(queries.length).toBeGreaterThanOrEqual(least);
  });

  it.skipIf(queries.length === 0)('are understood in full', () => {
    const others = queries.filter(({ text }) => language.parse(text).queries[0]?.understood !== 'full');
    expect(others.map((query) => query.name)).toEqual([]);
  });

  it.skipIf(queries.length === 0)(
    'keep the promises of the shared suite, and are covered whole by their stage',
    () => {
      const faults = queries.flatMap(({ name, text }) => {
        const parsed = language.parse(text);
        const found = [...faultsOf(language, text, parsed)];
        const stage = parsed.queries[0]?.stages[0];
        if (stage?.text.trim() !== text.trim()) found.push(`covers only: ${stage?.text}`);
        return found.map((fault) => `${name}: ${fault}`);
      });
      expect(faults).toEqual([]);
    },
  );

  it.skipIf(queries.length === 0)('are the same after printing', () => {
    const changed = queries.filter(
      ({ text }) => bare(printLucene(parseLuceneTree(text, reporter(text)))) !== bare(text),
    );
    expect(changed.map((query) => query.name)).toEqual([]);
  });
});
