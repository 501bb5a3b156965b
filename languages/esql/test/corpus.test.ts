import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reporter } from '@rulescope/logic/parsing';
import { corpusFolder, faultsOf, type Sample } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { language, parsePipeline, printPipeline } from '../src/index.ts';
import { queriesOf } from './toml.ts';

const folder = corpusFolder('elastic-detection-rules');

/** Rules name their language, hunts all of theirs. */
const IS_ESQL = /^language = ("esql"|\[[^\]]*"ES\|QL")/m;

/** Hunts hold queries of osquery beside those in ES|QL. */
const isSql = (text: string): boolean => /^\s*(?:sql\s+)?select\b/i.test(text);

function queriesIn(root: string): readonly Sample[] {
  return ['rules', 'rules_building_block', 'hunting'].flatMap((part) =>
    readdirSync(join(root, part), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.toml'))
      .sort()
      .flatMap((path) => {
        const toml = readFileSync(join(root, part, path), 'utf8');
        return IS_ESQL.test(toml) ? queriesOf(toml).map((text) => ({ name: path, text })) : [];
      }),
  );
}

function bare(text: string): unknown {
  const tree = parsePipeline(text, reporter(text));
  return JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'span' ? undefined : value)));
}

/** Queries that are no ES|QL as they stand, and why. */
const BROKEN: Readonly<Record<string, string>> = {
  'windows/queries/execution_via_windows_scheduled_task_with_low_occurrence_frequency.toml':
    'a minus stands between the parentheses of now()',
};

describe.skipIf(folder === null)('the queries of elastic-detection-rules (needs ../shared/corpora)', () => {
  const all = folder === null ? [] : queriesIn(folder);
  const queries = all.filter(({ text }) => !isSql(text));

  it('are there', () => {
    expect(queries.length).toBeGreaterThan(280);
  });

  it('are understood in full, but for those that are broken', () => {
    const others = queries.filter(({ text }) => language.parse(text).queries[0]?.understood !== 'full');
    expect(others.map(({ name }) => name)).toEqual(Object.keys(BROKEN));
    expect(others.length / queries.length).toBeLessThan(0.01);
  });

  it('that are SQL are told so', () => {
    const sql = all.filter(({ text }) => isSql(text));
    const untold = sql.filter(({ text }) => {
      const codes = language.parse(text).queries[0]?.diagnostics.map(({ code }) => code);
      return codes?.includes('esql-other-language') !== true;
    });
    expect(sql.length).toBeGreaterThan(0);
    expect(untold).toEqual([]);
  });

  it('have a condition on events wherever they filter before they count', () => {
    const none = queries.filter(({ text }) => {
      const [query] = language.parse(text).queries;
      return query?.stages[1]?.name === 'where' && query.where === null;
    });
    expect(none.map(({ name }) => name)).toEqual([]);
  });

  it('keep the promises of the shared suite, and are covered by their stages', () => {
    const faults = all.flatMap(({ name, text }) => {
      const parsed = language.parse(text);
      const found = [...faultsOf(language, text, parsed)];
      let rest = text;
      for (const { spans } of parsed.queries[0]?.stages ?? [])
        for (const [start, end] of spans)
          rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
      const uncovered = rest.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '').trim();
      if (uncovered !== '') found.push(`not covered: ${uncovered}`);
      return found.map((fault) => `${name}: ${fault}`);
    });
    expect(faults).toEqual([]);
  });

  it('are the same after printing', () => {
    const changed = queries.filter(({ name, text }) => {
      const to = reporter(text);
      const printed = printPipeline(parsePipeline(text, to));
      const odd = name in BROKEN || to.diagnostics.some(({ code }) => code === 'esql-bad-escape');
      return !odd && JSON.stringify(bare(printed)) !== JSON.stringify(bare(text));
    });
    expect(changed.map(({ name }) => name)).toEqual([]);
  });
});
