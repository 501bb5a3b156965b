import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Package {
  readonly folder: string;
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Every workspace that is not private, with its folder. */
const packages: readonly Package[] = ['languages', 'packages'].flatMap((group) =>
  readdirSync(join(ROOT, group)).flatMap((room) => {
    const folder = join(ROOT, group, room);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return manifest.private === true ? [] : [{ folder, name: manifest.name, exports: manifest.exports }];
  }),
);

/** What a program can import of a package: its name, and each subpath that is code. */
function entriesOf({ name, exports }: Package): readonly string[] {
  return Object.keys(exports)
    .filter((key) => !key.endsWith('.json'))
    .map((key) => name + key.slice(1));
}

describe('what is published', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rulescope-pack-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(async () => {
    const workspaces = packages.flatMap(({ name }) => ['--workspace', name]);
    await run('npm', ['pack', '--silent', '--pack-destination', folder, ...workspaces], { cwd: ROOT });
    const archives = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
    expect(archives).toHaveLength(packages.length);
    writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}');
    await run(
      'npm',
      [
        'install',
        '--silent',
        '--no-audit',
        '--no-fund',
        '--prefer-offline',
        ...archives.map((file) => `./${file}`),
      ],
      {
        cwd: folder,
      },
    );
  });

  it.each(packages.map((one) => [one.name, one] as const))(
    '%s can be imported in an empty folder',
    async (_, one) => {
      for (const entry of entriesOf(one)) {
        const script = `const found = await import('${entry}'); console.log(Object.keys(found).length)`;
        const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
          cwd: folder,
        });
        expect(Number(stdout), entry).toBeGreaterThan(0);
      }
    },
  );

  it.each(packages.map((one) => [one.name, one] as const))(
    '%s has a manifest that tools understand',
    async (_, one) => {
      const { messages } = await publint({ pkgDir: one.folder, level: 'warning', strict: true });
      expect(messages).toEqual([]);
    },
  );

  it.each(packages.map((one) => [one.name, one] as const))('%s says its licence and what it is', (_, one) => {
    const installed = join(folder, 'node_modules', one.name);
    const files = readdirSync(installed);
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']));
    expect(files).not.toContain('src');
    expect(files).not.toContain('test');
  });

  it('the command runs', async () => {
    const { stdout } = await run(join(folder, 'node_modules', '.bin', 'rulescope'), ['--version'], {
      cwd: folder,
    });
    expect(stdout).toMatch(/\d+\.\d+\.\d+/);
  });
});
