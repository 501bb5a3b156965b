import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The files of the project: what git tracks, and what it would. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(ROOT, path)));

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

describe('the house is in order', () => {
  it('no source file is longer than 400 lines', () => {
    const long = files.filter((path) => /\.tsx?$/.test(path) && read(path).split('\n').length > 401);
    expect(long).toEqual([]);
  });

  it('every link of the documents leads somewhere', () => {
    const dead = files
      .filter((path) => path.endsWith('.md'))
      .flatMap((path) =>
        [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
          .map((match) => match[1] ?? '')
          .filter((link) => !existsSync(join(ROOT, dirname(path), link)))
          .map((link) => `${path}: ${link}`),
      );
    expect(dead).toEqual([]);
  });

  it('the lock file names no address of a registry', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/);
  });

  it('every room says what it is', () => {
    const rooms = files
      .filter((path) => /^(languages|packages)\/[^/]+\/package\.json$/.test(path))
      .map(dirname);
    expect(rooms.filter((room) => !files.includes(`${room}/README.md`))).toEqual([]);
  });
});
