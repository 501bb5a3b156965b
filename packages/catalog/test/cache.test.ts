import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { BuildReport } from '@rulescope/catalog';
import { describe, expect, test } from 'vitest';
import type { AnalysedFile } from '../src/analyse/analyse.ts';
import { openCache } from '../src/cache/cache.ts';
import { ALL, build, folderWith, open, put, simpleRule, source, temporaryFolder } from './folder.ts';

const FILE = 'analyses-1.sqlite';

describe('a build with a cache', () => {
  test('analyses again only what has changed', async () => {
    const cacheFolder = join(temporaryFolder(), 'new/cache');
    const folder = folderWith({ 'a.yml': simpleRule('a'), 'b.yml': simpleRule('b'), 'empty.yml': '' });
    const run = (): Promise<BuildReport> => build([source('own', folder)], { cacheFolder });
    const first = await run();
    const second = await run();
    expect([first.cached, second.cached]).toEqual([0, 3]);
    expect({ ...second, cached: 0, milliseconds: 0, output: '' }).toEqual({
      ...first,
      milliseconds: 0,
      output: '',
    });
    put(folder, 'b.yml', simpleRule('b', 'changed'));
    const third = await run();
    expect(third.cached).toBe(2);
    expect(
      open(third.output)
        .indicatorCounts('sigma/b')
        .map(({ value }) => value),
    ).toEqual(['changed']);
    put(folder, 'b.yml', simpleRule('b'));
    expect((await run()).cached).toBe(3);
  });

  test('gives the same catalog as one without', async () => {
    const cacheFolder = temporaryFolder();
    const folder = folderWith({
      'a.yml': `${simpleRule('a', 'x')}---\n${simpleRule('a', 'y')}`,
      'b.yml': '{',
    });
    const dumps: unknown[] = [];
    for (const cache of [null, cacheFolder, cacheFolder]) {
      const { output } = await build([source('own', folder)], { cacheFolder: cache });
      const catalog = open(output);
      const ids = catalog.rules({}, ALL).rules.map(({ id }) => id);
      dumps.push([
        ids.map((id) => [catalog.rule(id), catalog.indicatorCounts(id)]),
        catalog.stats(),
        catalog.problems(),
      ]);
    }
    expect(dumps[1]).toEqual(dumps[0]);
    expect(dumps[2]).toEqual(dumps[0]);
  });

  test('finds a file that was moved, under its new id', async () => {
    const cacheFolder = temporaryFolder();
    await build([source('own', folderWith({ 'a.yml': simpleRule(null) }))], { cacheFolder });
    const moved = await build([source('other', folderWith({ 'b.yml': simpleRule(null) }))], { cacheFolder });
    expect(moved.cached).toBe(1);
    expect(open(moved.output).rules({}, ALL).rules[0]).toMatchObject({
      id: 'sigma/other/b.yml#0',
      path: 'b.yml',
    });
  });

  test('never keeps what depends on other files', async () => {
    const cacheFolder = temporaryFolder();
    const filter =
      'title: F\nid: f\nlogsource: { category: process_creation, product: windows }\nfilter:\n    rules: [a]\n    s: { B: y }\n    condition: not s\n';
    const folder = folderWith({ 'a.yml': simpleRule('a'), 'f.yml': filter });
    const exclusions = async () => {
      const { output, cached } = await build([source('own', folder)], { cacheFolder });
      return [cached, open(output).rule('sigma/a')?.result.exclusions.length];
    };
    expect(await exclusions()).toEqual([0, 1]);
    expect(await exclusions()).toEqual([2, 1]);
    put(folder, 'f.yml', simpleRule('b'));
    expect(await exclusions()).toEqual([1, 0]);
  });
});

describe('a cache that cannot be used', () => {
  const sources = () => [source('own', folderWith({ 'a.yml': simpleRule('a') }))];

  test.each([
    ['text', (path: string) => writeFileSync(path, 'no database'.repeat(100))],
    [
      'another program’s database',
      (path: string) => {
        const database = new DatabaseSync(path);
        database.exec('CREATE TABLE precious (a); INSERT INTO precious VALUES (1)');
        database.close();
      },
    ],
  ])('is set aside where it is %s, and begun anew', async (_, make) => {
    const cacheFolder = temporaryFolder();
    make(join(cacheFolder, FILE));
    const before = readFileSync(join(cacheFolder, FILE));
    const first = await build(sources(), { cacheFolder });
    expect(first).toMatchObject({ rules: 1, cached: 0 });
    expect(first.notes).toHaveLength(1);
    expect(first.notes[0]).toContain('set aside');
    expect(readFileSync(join(cacheFolder, `${FILE}.aside`)).equals(before)).toBe(true);
    expect(await build(sources(), { cacheFolder })).toMatchObject({ cached: 1, notes: [] });
  });

  test('is set aside where it turns out to be damaged', async () => {
    const cacheFolder = temporaryFolder();
    const folder = folderWith(
      Object.fromEntries(
        Array.from({ length: 40 }, (_, i) => [`${i}.yml`, simpleRule(`r${i}`, `value ${i}`)]),
      ),
    );
    const run = () => build([source('own', folder)], { cacheFolder });
    await run();
    const path = join(cacheFolder, FILE);
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 4096);
    writeFileSync(path, bytes);
    const damaged = await run();
    expect(damaged).toMatchObject({ rules: 40 });
    expect(damaged.notes.join()).toContain('set aside');
    expect(await run()).toMatchObject({ rules: 40, cached: 0, notes: [] });
    expect(await run()).toMatchObject({ rules: 40, cached: 40, notes: [] });
  });

  test('is set aside where its rows are not ours', async () => {
    const cacheFolder = temporaryFolder();
    const own = sources();
    await build(own, { cacheFolder });
    const database = new DatabaseSync(join(cacheFolder, FILE));
    database.exec("UPDATE rule SET facts = '{'");
    database.close();
    const report = await build(own, { cacheFolder });
    expect(report).toMatchObject({ rules: 1, cached: 0 });
    expect(report.notes.join()).toContain('set aside');
  });

  test('only costs speed where its folder is a file', async () => {
    const cacheFolder = join(folderWith({ file: '' }), 'file');
    const report = await build(sources(), { cacheFolder });
    expect(report).toMatchObject({ rules: 1, cached: 0 });
    expect(report.notes).toHaveLength(1);
    expect(report.notes[0]).toContain(cacheFolder);
  });

  test('only costs speed where its place is taken by a folder', async () => {
    const cacheFolder = temporaryFolder();
    mkdirSync(join(cacheFolder, FILE, 'something'), { recursive: true });
    const report = await build(sources(), { cacheFolder });
    expect(report).toMatchObject({ rules: 1, cached: 0 });
    expect(report.notes).toHaveLength(1);
  });

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'only costs speed where one may not write',
    async () => {
      const cacheFolder = temporaryFolder();
      const own = sources();
      await build(own, { cacheFolder });
      chmodSync(join(cacheFolder, FILE), 0o400);
      chmodSync(cacheFolder, 0o500);
      const report = await build(own, { cacheFolder });
      chmodSync(cacheFolder, 0o700);
      expect(report).toMatchObject({ rules: 1 });
      expect(report.notes).toHaveLength(1);
    },
  );

  test('only costs speed where another process holds it', async () => {
    const cacheFolder = temporaryFolder();
    const own = sources();
    await build(own, { cacheFolder });
    const database = new DatabaseSync(join(cacheFolder, FILE));
    database.exec('BEGIN IMMEDIATE');
    try {
      const report = await build([source('own', folderWith({ 'b.yml': simpleRule('b') }))], { cacheFolder });
      expect(report).toMatchObject({ rules: 1, cached: 0 });
      expect(report.notes.join()).toContain('not used to the end');
    } finally {
      database.close();
    }
    expect(readdirSync(cacheFolder)).not.toContain(`${FILE}.aside`);
  });
});

describe('the cache', () => {
  const key = (n: number) => Buffer.alloc(32, n);
  const analysis = (size: number): AnalysedFile => ({
    diagnostics: [],
    rules: [
      {
        ownId: null,
        names: [],
        references: [],
        platform: 'sigma',
        language: 'sigma',
        understood: 'full',
        standalone: true,
        metadata: {
          kind: 'rule',
          title: 'T',
          description: null,
          status: null,
          severity: null,
          riskScore: null,
          author: null,
          licence: null,
          date: null,
          modified: null,
          references: [],
          falsePositives: [],
          tags: [],
          related: [],
          logsource: null,
          facts: [],
        },
        diagnostics: [],
        missing: [],
        tested: [],
        events: [],
        logsources: [],
        span: [0, 1],
        text: new Uint8Array(size),
        result: new Uint8Array([1, 2]),
      },
    ],
  });

  test('forgets what was not used for longest when it grows over its bound', () => {
    const folder = temporaryFolder();
    const on = (today: number, use: (cache: ReturnType<typeof openCache>) => void, maxBytes = 1_000_000) => {
      const cache = openCache(folder, { maxBytes, today });
      use(cache);
      expect(cache.close()).toEqual([]);
    };
    on(1, (cache) => {
      for (const n of [1, 2, 3, 4]) cache.put(key(n), analysis(200_000));
    });
    on(2, (cache) => expect(cache.get(key(1))).toEqual(analysis(200_000)));
    const before = statSync(join(folder, FILE)).size;
    on(3, (cache) => cache.put(key(5), analysis(200_000)), 700_000);
    on(3, (cache) => {
      // A quarter of 700,000 is to be free, so two of 200,000 stay: the new one, and the one used on day 2.
      expect([1, 2, 3, 4, 5].map((n) => cache.get(key(n)) !== null)).toEqual([
        true,
        false,
        false,
        false,
        true,
      ]);
    });
    expect(statSync(join(folder, FILE)).size).toBeLessThan(before);
  });

  test('may be given the same file twice', () => {
    const folder = temporaryFolder();
    for (const size of [1, 2]) {
      const cache = openCache(folder);
      cache.put(key(1), analysis(size));
      expect(cache.close()).toEqual([]);
    }
    const cache = openCache(folder);
    expect(cache.get(key(1))).toEqual(analysis(2));
    cache.close();
  });

  test.skipIf(process.platform === 'win32')('is for its owner only, since rules may be private', () => {
    const folder = join(temporaryFolder(), 'cache');
    openCache(folder).close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });
});
