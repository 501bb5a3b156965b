import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reporter } from '@rulescope/logic/parsing';
import { corpusFolder, faultsOf, type Sample } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { language, parseKueryTree, printKuery } from '../src/index.ts';

const folder = corpusFolder('elastic-detection-rules');

/** The strings that a rule's file gives to `query` and `threat_query`, in any of TOML's four kinds of quotes. */
const QUERY =
  /^(?:threat_)?query\s*=\s*(?:'''([\s\S]*?)'''|"""((?:\\[\s\S]|[^\\])*?)"""|"((?:\\.|[^"\\\n])*)"|'([^'\n]*)')/gm;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function queriesOf(toml: string): readonly string[] {
  const rule = toml.slice(toml.search(/^\[rule\]/m));
  return [...rule.matchAll(QUERY)].map(([, raw, escapedLines, escaped, literal]) => {
    const inside = escapedLines ?? escaped;
    return inside === undefined
      ? (raw ?? literal ?? '')
      : inside.replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);
  });
}

function kueryQueries(root: string): readonly Sample[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.toml'))
    .sort()
    .flatMap((path) => {
      const toml = readFileSync(join(root, path), 'utf8');
      return /^language = "kuery"/m.test(toml) ? queriesOf(toml).map((text) => ({ name: path, text })) : [];
    });
}

function bare(text: string): string {
  return JSON.stringify(parseKueryTree(text, reporter(text)), (key, value: unknown) =>
    key === 'span' ? undefined : value,
  );
}

describe.skipIf(folder === null)(
  'the kuery queries of elastic-detection-rules (skipped without ../shared/corpora/elastic-detection-rules)',
  () => {
    const queries = folder === null ? [] : kueryQueries(folder);

    it('are there', () => {
      expect(queries.length).toBeGreaterThan(500);
    });

    it('are understood in full', () => {
      const others = queries.filter(({ text }) => language.parse(text).queries[0]?.understood !== 'full');
      expect(others.map((query) => query.name)).toEqual([]);
    });

    it('keep the promises of the shared suite, and are covered whole by their stage', () => {
      const faults = queries.flatMap(({ name, text }) => {
        const parsed = language.parse(text);
        const found = [...faultsOf(language, text, parsed)];
        const stage = parsed.queries[0]?.stages[0];
        if (stage?.text.trim() !== text.trim()) found.push(`covers only: ${stage?.text}`);
        return found.map((fault) => `${name}: ${fault}`);
      });
      expect(faults).toEqual([]);
    });

    it('are the same after printing', () => {
      const changed = queries.filter(
        ({ text }) => bare(printKuery(parseKueryTree(text, reporter(text)))) !== bare(text),
      );
      expect(changed.map((query) => query.name)).toEqual([]);
    });
  },
);
