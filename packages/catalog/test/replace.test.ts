import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { openCatalog } from '@rulescope/catalog';
import { describe, expect, test } from 'vitest';
import { ended, startBuild } from './child.ts';
import { ALL, build, folderWith, open, put, simpleRule, source, temporaryFolder } from './folder.ts';

/** A folder of many rules, so that a build of it takes a while. */
function manyRules(count: number, value: string): string {
  return folderWith(
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`${i}.yml`, simpleRule(`r${i}`, `${value} ${i}`)]),
    ),
  );
}

describe('a build that ends', () => {
  test('leaves the catalog and nothing beside it', async () => {
    const folder = temporaryFolder();
    const output = join(folder, 'new/folder/c.sqlite');
    const report = await build([source('own', folderWith({ 'a.yml': simpleRule('a') }))], { output });
    expect(readdirSync(join(folder, 'new/folder'))).toEqual(['c.sqlite']);
    expect(report).toMatchObject({ output, files: 1, rules: 1, cached: 0, problems: [], notes: [] });
    expect(report.understood).toEqual({ full: 1, partial: 0, none: 0 });
    const catalog = open(output);
    expect(catalog.path).toBe(output);
    expect(new Date(catalog.builtAt).toISOString()).toBe(catalog.builtAt);
    catalog.search('whoami', ALL);
    expect(readdirSync(join(folder, 'new/folder'))).toEqual(['c.sqlite']);
  });

  test('takes the place of the old catalog; who has that open keeps it', async () => {
    const folder = folderWith({ 'a.yml': simpleRule('a') });
    const { output } = await build([source('own', folder)]);
    const old = open(output);
    put(folder, 'a.yml', simpleRule('b'));
    await build([source('own', folder)], { output });
    expect(old.rule('sigma/a')?.id).toBe('sigma/a');
    expect(old.rules({}, ALL).total).toBe(1);
    expect(open(output).rule('sigma/a')).toBeNull();
    expect(open(output).rule('sigma/b')?.id).toBe('sigma/b');
  });

  test('without any rule leaves the old catalog as it is; where there is none, it is empty', async () => {
    const folder = folderWith({ 'a.yml': simpleRule('a') });
    const { output, written } = await build([source('own', folder)]);
    expect(written).toBe(true);
    put(folder, 'a.yml', 'no rule');
    const report = await build([source('own', folder)], { output });
    expect(report).toMatchObject({ output, written: false, rules: 0, problems: [{ path: 'a.yml' }] });
    expect(open(output).rule('sigma/a')?.id).toBe('sigma/a');
    expect(readdirSync(join(output, '..'))).toEqual(['c.sqlite']);
    const first = await build([source('own', folder)]);
    expect(first.written).toBe(true);
    expect(open(first.output).stats().rules).toBe(0);
  });

  test('gives the same catalog for the same rules', async () => {
    const folder = folderWith({
      'b.yml': simpleRule('b'),
      'a/c.yml': simpleRule('c'),
      'a.yml': simpleRule('a'),
    });
    const bytes = await Promise.all(
      [1, 2].map(async () => {
        const { output } = await build([source('own', folder)]);
        const database = new DatabaseSync(output);
        database.exec("UPDATE meta SET value = '' WHERE key = 'built_at'");
        database.close();
        return createHash('sha256').update(readFileSync(output).subarray(100)).digest('hex');
      }),
    );
    expect(bytes[0]).toBe(bytes[1]);
  });

  test.skipIf(process.platform === 'win32')('replaces what a link leads to, not the link', async () => {
    const folder = temporaryFolder();
    const sources = [source('own', folderWith({ 'a.yml': simpleRule('a') }))];
    const { output } = await build(sources, { output: join(folder, 'real.sqlite') });
    symlinkSync(output, join(folder, 'link.sqlite'));
    await build(sources, { output: join(folder, 'link.sqlite') });
    expect(open(output).stats().rules).toBe(1);
    expect(readdirSync(folder, { withFileTypes: true }).map((entry) => entry.isSymbolicLink())).toEqual([
      true,
      false,
    ]);
  });
});

describe('a build that cannot write', () => {
  test('does not replace what is no catalog', async () => {
    const folder = folderWith({ 'rules.yml': simpleRule('a') });
    mkdirSync(join(folder, 'folder'));
    for (const name of ['rules.yml', 'folder']) {
      const output = join(folder, name);
      await expect(build([source('own', folder)], { output })).rejects.toMatchObject({
        code: 'output-not-a-catalog',
      });
    }
    expect(readFileSync(join(folder, 'rules.yml'), 'utf8')).toBe(simpleRule('a'));
  });

  test('says so, and leaves nothing', async () => {
    const folder = folderWith({ 'a.yml': simpleRule('a'), file: '' });
    const output = join(folder, 'file/c.sqlite');
    await expect(build([source('own', folder)], { output })).rejects.toMatchObject({
      code: 'output-unwritable',
    });
    expect(readdirSync(folder)).toEqual(['a.yml', 'file']);
  });
});

describe.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('without permission', () => {
  test('a build says which file it cannot write', async () => {
    const folder = temporaryFolder();
    const output = join(folder, 'closed/c.sqlite');
    mkdirSync(join(folder, 'closed'));
    for (const mode of [0o500, 0o000]) {
      chmodSync(join(folder, 'closed'), mode);
      await expect(build([source('own', folderWith({}))], { output })).rejects.toMatchObject({
        code: 'output-unwritable',
        message: `Cannot write ${output}: permission denied.`,
      });
    }
    chmodSync(join(folder, 'closed'), 0o700);
  });
});

describe('a build that is killed', () => {
  test('at any moment leaves the old catalog, and the next build cleans up', async () => {
    const output = join(temporaryFolder(), 'c.sqlite');
    await build([source('own', manyRules(1, 'old'))], { output });
    const folder = manyRules(400, 'new');
    // How long a whole build takes here decides only when the others are killed, not what must be true then.
    const whole = startBuild({ folder, output: join(temporaryFolder(), 'c.sqlite'), cacheFolder: null });
    const begun = performance.now();
    expect(await ended(whole)).toMatchObject({ rules: 400 });
    const duration = performance.now() - begun;
    const kills = 12;
    const cacheFolder = temporaryFolder();
    for (let i = 0; i < kills; i += 1) {
      const child = startBuild({ folder, output, cacheFolder: i % 2 === 0 ? cacheFolder : null });
      const end = ended(child);
      await sleep((duration * (i + 0.5)) / kills);
      child.kill('SIGKILL');
      await end;
      const catalog = openCatalog(output);
      const { rules } = catalog.stats();
      expect([1, 400]).toContain(rules);
      expect(catalog.search(rules === 1 ? 'old' : 'new', ALL).total).toBe(rules);
      expect(catalog.rules({}, ALL).rules).toHaveLength(rules);
      catalog.close();
    }
    expect(await ended(startBuild({ folder, output, cacheFolder }))).toMatchObject({ rules: 400, notes: [] });
    expect(readdirSync(join(output, '..'))).toEqual(['c.sqlite']);
    expect(open(output).stats().rules).toBe(400);
  });

  test('while it writes leaves its half of a file, which the next build removes', async () => {
    const output = join(temporaryFolder(), 'c.sqlite');
    const folder = manyRules(400, 'new');
    const beside = () => readdirSync(join(output, '..')).filter((name) => name.includes('.tmp-'));
    const child = startBuild({ folder, output, cacheFolder: null });
    const end = ended(child);
    while (beside().length === 0 && child.exitCode === null) await sleep(1);
    child.kill('SIGKILL');
    await end;
    expect(() => openCatalog(output)).toThrow(expect.objectContaining({ code: 'catalog-missing' }));
    expect(beside()).toHaveLength(1);
    await build([source('own', folder)], { output });
    expect(beside()).toEqual([]);
  });
});

describe('files that builds left', () => {
  const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  // No process has this number: it is above what Linux, macOS and Windows give.
  const gone = 2 ** 30;

  test('are removed where their process is gone, and only there', async () => {
    const folder = temporaryFolder();
    const output = join(folder, 'c.sqlite');
    const left = (pid: number, owner: string, ageInDays: number) => {
      const name = `c.sqlite.tmp-${pid}-${owner}0123abcd`;
      writeFileSync(join(folder, name), '');
      const at = Date.now() / 1000 - ageInDays * 24 * 60 * 60;
      utimesSync(join(folder, name), at, at);
      return name;
    };
    left(gone, machine, 0);
    // A restarted container gives its processes the same numbers again.
    left(process.pid, machine, 30);
    left(gone, 'ffffffff', 2);
    const kept = [
      left(process.ppid, machine, 0),
      left(gone, 'eeeeeeee', 0),
      'c.sqlite.tmp-notes',
      'd.sqlite.tmp-1-0123456789abcdef',
    ];
    for (const name of kept.slice(2)) writeFileSync(join(folder, name), '');
    await build([source('own', folderWith({}))], { output });
    expect(readdirSync(folder).toSorted()).toEqual(['c.sqlite', ...kept].toSorted());
  });
});

describe('two builds at once', () => {
  test('in two processes both succeed', async () => {
    const output = join(temporaryFolder(), 'c.sqlite');
    const cacheFolder = temporaryFolder();
    const folder = manyRules(300, 'both');
    const children = [1, 2].map(() => startBuild({ folder, output, cacheFolder }));
    const reports = await Promise.all(children.map(ended));
    expect(reports.map((report) => [report?.rules, report?.notes])).toEqual([
      [300, []],
      [300, []],
    ]);
    expect(open(output).stats().rules).toBe(300);
    expect(readdirSync(join(output, '..'))).toEqual(['c.sqlite']);
    const next = await ended(startBuild({ folder, output, cacheFolder }));
    expect(next).toMatchObject({ cached: 300, notes: [] });
  });

  test('in one process both succeed', async () => {
    const output = join(temporaryFolder(), 'c.sqlite');
    const cacheFolder = temporaryFolder();
    const folders = [manyRules(120, 'one'), manyRules(150, 'two')];
    await Promise.all(folders.map((folder) => build([source('own', folder)], { output, cacheFolder })));
    expect([120, 150]).toContain(open(output).stats().rules);
    expect(readdirSync(join(output, '..'))).toEqual(['c.sqlite']);
  });
});

describe('a file that is no readable catalog', () => {
  const codeOf = (path: string): unknown => {
    try {
      openCatalog(path).close();
    } catch (error) {
      return (error as { code?: unknown }).code;
    }
    return null;
  };

  test('is told by its code', async () => {
    const { output } = await build([source('own', manyRules(60, 'x'))]);
    const whole = readFileSync(output);
    const copy = (name: string, change: (path: string) => void) => {
      const path = join(temporaryFolder(), name);
      writeFileSync(path, whole);
      change(path);
      return path;
    };
    const sql = (text: string) => (path: string) => {
      const database = new DatabaseSync(path);
      database.exec(text);
      database.close();
    };
    expect(codeOf(copy('same', () => undefined))).toBeNull();
    expect(codeOf(copy('older', sql('PRAGMA user_version = 0')))).toBe('catalog-version');
    expect(codeOf(copy('newer', sql('PRAGMA user_version = 99')))).toBe('catalog-version');
    expect(codeOf(copy('foreign', sql('PRAGMA application_id = 1')))).toBe('catalog-damaged');
    expect(codeOf(copy('cut', (path) => truncateSync(path, 20_000)))).toBe('catalog-damaged');
    expect(codeOf(copy('empty', (path) => writeFileSync(path, '')))).toBe('catalog-damaged');
    expect(codeOf(copy('text', (path) => writeFileSync(path, 'no catalog'.repeat(1000))))).toBe(
      'catalog-damaged',
    );
    const zeroes = Buffer.concat([whole.subarray(0, 100), Buffer.alloc(whole.length - 100)]);
    expect(codeOf(copy('zeroes', (path) => writeFileSync(path, zeroes)))).toBe('catalog-damaged');
    expect(codeOf(temporaryFolder())).toBe('catalog-damaged');
    expect(codeOf(join(temporaryFolder(), 'none'))).toBe('catalog-missing');
  });

  test('of another version is built again in its place', async () => {
    const sources = [source('own', folderWith({ 'a.yml': simpleRule('a') }))];
    const { output } = await build(sources);
    const database = new DatabaseSync(output);
    database.exec('PRAGMA user_version = 99');
    database.close();
    await build(sources, { output });
    expect(open(output).stats().rules).toBe(1);
  });
});

test('a build tells how far it is', async () => {
  const folder = folderWith({ 'b.yml': simpleRule('b'), 'a.yml': simpleRule('a') });
  const steps: unknown[] = [];
  await build([source('own', folder)], { onProgress: (step) => steps.push(step) });
  expect(steps).toEqual([
    { done: 1, total: 2, path: 'a.yml' },
    { done: 2, total: 2, path: 'b.yml' },
  ]);
});
