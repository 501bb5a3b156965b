import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusFolder, faultsOf } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { language } from '../src/index.ts';

interface Search {
  readonly path: string;
  readonly text: string;
}

function searchesIn(folder: string | null): readonly Search[] {
  if (folder === null) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yml'))
    .sort()
    .flatMap((path) => {
      const rule = parse(readFileSync(join(folder, path), 'utf8'), { logLevel: 'silent', uniqueKeys: false });
      const text = rule?.search ?? (/splunk/i.test(String(rule?.logic_format)) ? rule?.logic : undefined);
      return typeof text === 'string' ? [{ path, text }] : [];
    });
}

describe.each(['splunk-security-content', 'anvilogic-armory'])('the searches of %s', (name) => {
  const folder = corpusFolder(name);
  const part = name === 'splunk-security-content' && folder !== null ? join(folder, 'detections') : folder;
  const skipped = folder === null;

  it.skipIf(skipped)(
    'are understood in full, all but a few that are broken (skipped without ../shared)',
    () => {
      const searches = searchesIn(part);
      const results = searches.map(({ path, text }) => ({ path, query: language.parse(text).queries[0] }));
      const partly = results.filter(({ query }) => query?.understood !== 'full');
      const silent = partly.filter(
        ({ query }) => !query?.diagnostics.some(({ severity }) => severity === 'error'),
      );
      expect(searches.length).toBeGreaterThan(100);
      expect(silent.map(({ path }) => path)).toEqual([]);
      expect(partly.length / searches.length).toBeLessThan(0.01);
    },
  );

  it.skipIf(skipped)('keep the promises of the shared suite (skipped without ../shared)', () => {
    const faults = searchesIn(part).flatMap(({ path, text }) => {
      const parsed = language.parse(text);
      const spans = parsed.queries.flatMap(({ stages }) => stages.flatMap((stage) => stage.spans));
      const rest = [...text].map((char, i) => (spans.some(([a, b]) => a <= i && i < b) ? '' : char)).join('');
      const uncovered = rest.trim() === '' ? [] : [`not covered: ${rest.trim()}`];
      return [...faultsOf(language, text, parsed), ...uncovered].map((fault) => `${path}: ${fault}`);
    });
    expect(faults).toEqual([]);
  });
});
