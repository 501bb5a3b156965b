import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { languages } from '@rulescope/catalog';
import { LANGUAGES } from '@rulescope/logic';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The folder of each language's package, by the package's name. */
const folders = new Map(
  globSync('languages/*/package.json', { cwd: ROOT }).map((path) => [
    JSON.parse(read(path)).name as string,
    dirname(path),
  ]),
);

/** What ARCHITECTURE tells under "To add a language", as far as no compiler tells it. */
describe.each(Object.entries(LANGUAGES))('the language %s is everywhere where it must be', (id, { room }) => {
  const folder = folders.get(room) ?? '';

  it('has a package, whose README says what it is', () => {
    expect(existsSync(join(ROOT, folder, 'README.md'))).toBe(true);
  });

  it('is in the registry of the catalog, which depends on it', () => {
    expect(languages.map((language) => language.id)).toContain(id);
    expect(JSON.parse(read('packages/catalog/package.json')).dependencies).toHaveProperty([room]);
    expect(read('packages/catalog/tsconfig.json')).toContain(`"../../${folder}"`);
  });

  it('is built, and tested from its sources', () => {
    expect(read('tsconfig.json')).toContain(`"${folder}"`);
    expect(read('vitest.config.ts')).toContain(`['${room}', '${folder}/src/index.ts']`);
  });

  it('is furnished as the others are, and has golden pairs', () => {
    const rooms = ['src/index.ts', 'src/language.ts', 'src/diagnostic-codes.ts', 'src/syntax', 'src/lower'];
    const tests = ['test/language.test.ts', 'test/hostile.test.ts', 'test/corpus.test.ts'];
    const missing = [...rooms, ...tests].filter((path) => !existsSync(join(ROOT, folder, path)));
    expect(missing).toEqual([]);
    expect(existsSync(join(ROOT, 'packages/logic/golden', `${id}.yml`))).toBe(true);
  });

  it('is named in the map of the house', () => {
    expect(read('ARCHITECTURE.md')).toContain(`  ${folder.replace('languages/', '')}/ `);
  });
});

it('every package of a language is one of the table', () => {
  const rooms = Object.values(LANGUAGES).map(({ room }) => room);
  expect([...folders.keys()].toSorted()).toEqual(rooms.toSorted());
});
