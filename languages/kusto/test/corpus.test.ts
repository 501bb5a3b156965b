import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Query } from '@rulescope/logic';
import { corpusFolder } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { language } from '../src/index.ts';

interface Text {
  readonly name: string;
  readonly text: string;
}

/** What people write behind the fence of a query. */
const QUERY_FENCE = /^(?:kql|kusto|c#|c|)$/i;

/** The texts of a file that may hold queries: fences of Markdown, the query of a Sentinel rule, whole files. */
function textsOf(path: string, name: string): readonly Text[] {
  const content = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  if (/\.(?:kql|txt)$/.test(path)) return [{ name, text: content }];
  if (/\.ya?ml$/.test(path)) {
    const query = /^query:\s*\|[^\n]*\n((?:[ \t]+[^\n]*\n|\s*\n)*)/m.exec(content)?.[1];
    return query === undefined ? [] : [{ name, text: query }];
  }
  return path.endsWith('.md') ? fencesOf(content, name) : [];
}

/** Fences that are closed by the next one, or by the end of the file. */
function fencesOf(content: string, name: string): readonly Text[] {
  const marks = [...content.matchAll(/^[ \t]*(?:```+|~~~+)[ \t]*([^\n`]*)\n?/gm)];
  const texts: Text[] = [];
  for (let i = 0; i < marks.length; i += 1) {
    const open = marks[i];
    const label = open?.[1]?.trim() ?? '';
    const start = (open?.index ?? 0) + (open?.[0].length ?? 0);
    const close = marks[i + 1];
    if (QUERY_FENCE.test(label)) {
      texts.push({
        name: `${name}#${texts.length}`,
        text: content.slice(start, close?.index ?? content.length),
      });
    }
    // A mark with a label opens the next fence where the one before was not closed.
    if (close?.[1]?.trim() === '') i += 1;
  }
  return texts.filter(({ text }) => text.trim() !== '');
}

function textsIn(corpus: string): readonly Text[] {
  const folder = corpusFolder(corpus);
  if (folder === null) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:kql|txt|md|ya?ml)$/.test(path))
    .sort()
    .flatMap((path) => textsOf(join(folder, path), path));
}

const CORPORA = [
  'kusto-bert-janp',
  'kusto-falconfriday',
  'kusto-m365-defender',
  'kusto-reprise99',
  'kusto-sentinel-rules',
];

/** The share of the queries that must be understood in full, what is no query at all included. */
const UNDERSTOOD = 0.98;

describe.skipIf(corpusFolder('kusto-bert-janp') === null)(
  'real queries (skipped without ../shared/corpora/kusto-*)',
  () => {
    it('are understood in full, or say what is wrong with them; their stages cover each text', () => {
      const texts = CORPORA.flatMap(textsIn).map(({ name, text }) => ({
        name,
        text,
        queries: language.parse(text).queries,
      }));
      const queries = texts.flatMap((one) => one.queries.map((query) => ({ name: one.name, query })));
      const rest = queries.filter(({ query }) => query.understood !== 'full');
      const silent = rest.filter(({ query }) =>
        query.diagnostics.every(({ severity }) => severity === 'info'),
      );
      const open = texts.filter((one) => uncovered(one.text, one.queries) !== '');

      expect(queries.length).toBeGreaterThan(2_000);
      expect(silent.map(({ name }) => name)).toEqual([]);
      expect(open.map(({ name }) => name)).toEqual([]);
      const share = 1 - rest.length / queries.length;
      expect(share, rest.map(({ name }) => name).join('\n')).toBeGreaterThanOrEqual(UNDERSTOOD);
    });
  },
);

/** What no stage has of a text, white space and comments left out. */
function uncovered(text: string, queries: readonly Query[]): string {
  const spans = queries
    .flatMap(({ stages }) => stages.flatMap((stage) => stage.spans))
    .sort((a, b) => a[0] - b[0]);
  let rest = '';
  let at = 0;
  for (const [start, end] of spans) {
    rest += `${text.slice(at, Math.max(at, start))}\n`;
    at = Math.max(at, end);
  }
  return (rest + text.slice(at)).replace(/\/\/[^\n]*/g, '').trim();
}
