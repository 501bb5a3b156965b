import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reporter } from '@rulescope/logic/parsing';
import { corpusFolder, faultsOf, type Sample } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { language, parseEql, printEql } from '../src/index.ts';
import { stringsOf } from './toml.ts';

const detectionRules = corpusFolder('elastic-detection-rules');
const protections = corpusFolder('elastic-protections-artifacts');

/** The EQL queries of a folder's TOML files: of rules in this language, hunts in it, and all behaviour rules. */
function queriesIn(folder: string, isEql: (toml: string) => boolean): readonly Sample[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.toml'))
    .sort()
    .flatMap((path) => {
      const toml = readFileSync(join(folder, path), 'utf8');
      if (!isEql(toml)) return [];
      const texts = [...stringsOf(toml, 'rule', 'query'), ...stringsOf(toml, 'hunt', 'query')];
      return texts.map((text) => ({ name: path, text }));
    });
}

const isEqlRule = (toml: string): boolean => /^language = ("eql"|\[[^\]]*"EQL")/im.test(toml);

function bare(text: string): unknown {
  const tree = parseEql(text, reporter(text));
  return JSON.parse(
    JSON.stringify(tree, (key, value: unknown) => (key === 'span' || key === 'options' ? undefined : value)),
  );
}

describe.each([
  ['elastic-detection-rules', detectionRules, isEqlRule, 800],
  ['elastic-protections-artifacts', protections, () => true, 600],
] as const)('the queries of %s', (name, folder, isEql, least) => {
  const queries = folder === null ? [] : queriesIn(folder, isEql);

  it.skipIf(folder === null)(`are there (skipped without ../shared/corpora/${name})`, () => {
    expect(queries.length).toBeGreaterThan(least);
  });

  it.skipIf(folder === null)('are understood in full', () => {
    const others = queries.filter(({ text }) => language.parse(text).queries[0]?.understood !== 'full');
    expect(others.map((query) => query.name)).toEqual([]);
  });

  it.skipIf(folder === null)('keep the promises of the shared suite, and are covered by their stages', () => {
    const faults = queries.flatMap(({ name: file, text }) => {
      const parsed = language.parse(text);
      const found = [...faultsOf(language, text, parsed)];
      let rest = text;
      for (const { spans } of parsed.queries[0]?.stages ?? [])
        for (const [start, end] of spans)
          rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
      const uncovered = rest.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '').trim();
      if (uncovered !== '') found.push(`not covered: ${uncovered}`);
      return found.map((fault) => `${file}: ${fault}`);
    });
    expect(faults).toEqual([]);
  });

  it.skipIf(folder === null)('are the same after printing', () => {
    const changed = queries.filter(({ text }) => {
      const printed = printEql(parseEql(text, reporter(text)));
      return JSON.stringify(bare(printed)) !== JSON.stringify(bare(text));
    });
    expect(changed.map((query) => query.name)).toEqual([]);
  });
});
