import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { attackRelease } from '@rulescope/knowledge';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ALL,
  build,
  folderWith,
  open,
  put,
  sigmaRule,
  simpleRule,
  source,
  temporaryFolder,
} from './folder.ts';

/** A source of two rules and a file without any, built once into a catalog with a cache. */
async function built() {
  const folder = folderWith({
    'a.yml': simpleRule('a'),
    'b.yml': sigmaRule('b', 's:\n    CommandLine|foo: x\ncondition: s', 'tags: [attack.t9999]'),
    'c.yml': 'no: rule',
  });
  const options = { output: join(temporaryFolder(), 'c.sqlite'), cacheFolder: temporaryFolder() };
  const sources = [source('own', folder)];
  const report = await build(sources, options);
  return { folder, options, sources, report };
}

describe('a build that finds nothing changed', () => {
  test('leaves the catalog as it is, and says of it what the build that wrote it said', async () => {
    const { options, sources, report } = await built();
    expect(report).toMatchObject({ written: true, unchanged: false, rules: 2, files: 3, cached: 0 });
    const { ino, mtimeMs } = statSync(options.output);
    const { builtAt } = open(options.output);
    const again = await build(sources, options);
    expect(again).toEqual({
      ...report,
      written: false,
      unchanged: true,
      cached: 2,
      milliseconds: again.milliseconds,
    });
    expect(statSync(options.output)).toMatchObject({ ino, mtimeMs });
    expect(open(options.output).builtAt).toBe(builtAt);
  });

  test('writes it all the same where no cache is to be used', async () => {
    const { options, sources } = await built();
    const again = await build(sources, { ...options, cacheFolder: null });
    expect(again).toMatchObject({ written: true, unchanged: false, rules: 2, cached: 0 });
    // That one is known, too.
    expect(await build(sources, options)).toMatchObject({ written: false, unchanged: true });
  });

  test('needs no cache that has anything', async () => {
    const { options, sources } = await built();
    const again = await build(sources, { ...options, cacheFolder: temporaryFolder() });
    expect(again).toMatchObject({ unchanged: true, cached: 2 });
  });
});

describe('a build writes the catalog anew', () => {
  test.each<[string, (folder: string) => void]>([
    ['a file has another text', (folder) => put(folder, 'a.yml', simpleRule('a', 'hostname'))],
    ['a file has one more comment', (folder) => put(folder, 'a.yml', `${simpleRule('a')}# edit\n`)],
    ['a file is gone', (folder) => rmSync(join(folder, 'a.yml'))],
    ['a file is new', (folder) => put(folder, 'd.yml', simpleRule('d'))],
    [
      'a file has another name',
      (folder) => {
        rmSync(join(folder, 'a.yml'));
        put(folder, 'e.yml', simpleRule('a'));
      },
    ],
    ['a file without rules says something else', (folder) => put(folder, 'c.yml', 'not: one')],
  ])('where %s', async (_, change) => {
    const { folder, options, sources } = await built();
    change(folder);
    expect(await build(sources, options)).toMatchObject({ written: true, unchanged: false });
    expect(await build(sources, options)).toMatchObject({ written: false, unchanged: true });
  });

  test('where a source is named, placed or described otherwise, or is one more', async () => {
    const { folder, options } = await built();
    const changed = [
      [source('other', folder)],
      [source('own', folderWith({ 'a.yml': simpleRule('a') }))],
      [source('own', folder, { platform: 'x' })],
      [source('own', folder, { licence: 'x' })],
      [source('own', folder, { link: 'x' })],
      [source('own', folder), source('more', folderWith({ 'a.yml': simpleRule('z') }))],
    ];
    for (const sources of changed) {
      expect(await build(sources, options)).toMatchObject({ written: true, unchanged: false });
    }
  });

  test('for another release of ATT&CK', async () => {
    const { options, sources } = await built();
    const attack = attackRelease('18.1');
    expect(await build(sources, { ...options, attack })).toMatchObject({ written: true });
    expect(open(options.output).attack.version).toBe('18.1');
    expect(await build(sources, { ...options, attack })).toMatchObject({ unchanged: true });
    const own = { ...attack, source: 'mine' };
    expect(await build(sources, { ...options, attack: own })).toMatchObject({ written: true });
  });

  test('where a macro that its rules use says something else', async () => {
    const folder = folderWith({
      'macros.conf': '[hot]\ndefinition = index=hot\n',
      'a.spl': '`hot` Image="*\\\\a.exe"',
    });
    const sources = [source('own', folder, { platform: null })];
    const options = { output: join(temporaryFolder(), 'c.sqlite'), cacheFolder: temporaryFolder() };
    expect(await build(sources, options)).toMatchObject({ written: true, rules: 1 });
    expect(await build(sources, options)).toMatchObject({ unchanged: true });
    put(folder, 'macros.conf', '[hot]\ndefinition = index=cold\n');
    expect(await build(sources, options)).toMatchObject({ written: true });
  });

  test.each<[string, (path: string) => void]>([
    ['gone', (path) => rmSync(path)],
    ['cut off', (path) => truncateSync(path, 20_000)],
    [
      'damaged within',
      (path) => {
        const bytes = readFileSync(path);
        writeFileSync(path, bytes.fill(0, 3 * 8192, 6 * 8192));
      },
    ],
    [
      'of another version',
      (path) => {
        const database = new DatabaseSync(path);
        database.exec('PRAGMA user_version = 99');
        database.close();
      },
    ],
  ])('where it is %s', async (_, change) => {
    const { options, sources } = await built();
    change(options.output);
    expect(await build(sources, options)).toMatchObject({ written: true, unchanged: false, cached: 2 });
    expect(open(options.output).rules({}, ALL).total).toBe(2);
  });
});

/** Every row of every table, those that FTS5 keeps its indexes in among them, save when the catalog was built. */
function dumpOf(path: string): Readonly<Record<string, readonly unknown[]>> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .all();
    return Object.fromEntries(
      tables.map(({ name }) => {
        const rows = name === 'rule_words' ? [] : database.prepare(`SELECT * FROM "${name}"`).all();
        return [String(name), rows.filter((row) => row.key !== 'built_at')];
      }),
    );
  } finally {
    database.close();
  }
}

describe('a catalog after edits', () => {
  const value = fc.constantFrom('whoami', 'who', 'hostname', 'host', 'net user');
  const id = fc.constantFrom('a', 'b', 'c');
  const text = fc.oneof(
    fc.tuple(id, value).map(([own, looked]) => simpleRule(own, looked)),
    fc
      .tuple(id, value)
      .map(([own, looked]) =>
        sigmaRule(
          own,
          `s:\n    Image: '${looked}'\nf:\n    User|contains: '${looked}'\ncondition: s and not f`,
        ),
      ),
    fc
      .tuple(id, id)
      .map(
        ([own, other]) =>
          `title: Several\nid: ${own}${other}\ncorrelation:\n    type: event_count\n    rules: [${other}]\n` +
          '    group-by: [User]\n    timespan: 1h\n    condition: { gte: 2 }\n',
      ),
    fc.constant('no: rule'),
    fc.constant(null),
  );
  const edit = fc.record({ path: fc.constantFrom('1.yml', '2.yml', 'x/3.yml', 'x/4.yml'), text });

  test('has the rows that a first build of the same files would give it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
        const folder = folderWith({ 'fixed.yml': simpleRule('fixed') });
        const sources = [source('own', folder)];
        const options = { output: join(temporaryFolder(), 'c.sqlite'), cacheFolder: temporaryFolder() };
        await build(sources, options);
        for (const { path, text: content } of edits) {
          if (content === null) rmSync(join(folder, path), { force: true });
          else put(folder, path, content);
          await build(sources, options);
        }
        const { output } = await build(sources);
        expect(dumpOf(options.output)).toEqual(dumpOf(output));
      }),
      { numRuns: 25 },
    );
  });
});
