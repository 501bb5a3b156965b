import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCatalog, openCatalog } from '@rulescope/catalog';
import { corpusFolder } from '@rulescope/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createApp } from '../src/index.ts';
import { type CrawledPage, crawl } from './crawl.ts';
import { htmlFaults } from './valid-html.ts';

const EXAMPLES = fileURLToPath(new URL('../../../examples', import.meta.url));
const CORPORA = [
  'sigma',
  'splunk-security-content',
  'anvilogic-armory',
  'elastic-detection-rules',
  'elastic-protections-artifacts',
  'kusto-bert-janp',
  'kusto-falconfriday',
  'kusto-m365-defender',
  'kusto-reprise99',
  'kusto-sentinel-rules',
];

/**
 * Pages of one kind whose HTML is checked: the first that come, since checking takes far longer than rendering.
 * All pages are asked for, and all their links are followed.
 */
const CHECKED_OF_A_KIND = 8;
/** A page of more characters is left to the others of its kind: the checker takes seconds for it. */
const LONGEST_CHECKED = 150_000;

async function appOf(folder: string) {
  const work = mkdtempSync(join(tmpdir(), 'rulescope-crawl-'));
  const output = join(work, 'catalog.sqlite');
  const source = { name: 'rules', path: folder, platform: null, licence: null, link: null };
  await buildCatalog({ sources: [source], output, cacheFolder: null });
  const catalog = openCatalog(output);
  onTestFinished(() => {
    catalog.close();
    rmSync(work, { recursive: true });
  });
  const errors: string[] = [];
  return {
    app: createApp(catalog, { onError: (error) => errors.push(String(error.stack)) }),
    catalog,
    errors,
  };
}

/** Counts the pages of a crawl by kind (`/rules`, `/events` …), and checks the HTML of some of each. */
function checker() {
  const faults: string[] = [];
  const kinds = new Map<string, number>();
  const checked = new Map<string, number>();
  const look = ({ path, html }: CrawledPage): void => {
    const kind = /^\/[^/?]*/.exec(path)?.[0] ?? path;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const before = checked.get(kind) ?? 0;
    if (before >= CHECKED_OF_A_KIND || html.length > LONGEST_CHECKED) return;
    checked.set(kind, before + 1);
    faults.push(...htmlFaults(html).map((fault) => `${path} ${fault}`));
  };
  return { faults, kinds, look };
}

const KINDS = [
  '/',
  '/coverage',
  '/events',
  '/facets',
  '/fields',
  '/help',
  '/indicators',
  '/overlap',
  '/problems',
  '/rules',
  '/search',
  '/tactics',
  '/techniques',
];

describe('every address that a link leads to answers, and no link is dead', () => {
  test('examples', async () => {
    const { app, errors } = await appOf(EXAMPLES);
    const check = checker();
    const result = await crawl(app, check.look);
    expect(errors).toEqual([]);
    expect(result.faults).toEqual([]);
    expect(check.faults).toEqual([]);
    expect([...check.kinds.keys()].sort()).toEqual(KINDS);
  });

  test.for(CORPORA)('the whole corpus %s', { timeout: 300_000 }, async (name, { skip }) => {
    const folder = corpusFolder(name) ?? skip(`../shared/corpora/${name} is absent`);
    const { app, catalog, errors } = await appOf(folder);
    const check = checker();
    const result = await crawl(app, check.look);
    expect(errors).toEqual([]);
    expect(result.faults).toEqual([]);
    expect(check.faults).toEqual([]);
    const { rules, retired } = catalog.stats();
    expect(check.kinds.get('/rules')).toBe(rules + retired);
    expect(result.visited).toBeGreaterThan(3 * rules);
  });
});

test('what is wrong with HTML is found', () => {
  const html =
    '<!doctype html>\n<html lang="en"><head><title>x</title></head><body><ul><p>x</p></ul></body></html>';
  expect(htmlFaults(html)).toEqual([expect.stringContaining('element-permitted-content')]);
});
