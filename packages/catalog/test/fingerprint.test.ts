import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROOMS } from '../src/build/fingerprint.ts';

test('cached analyses depend on every room that the catalog is built from', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const rooms = Object.keys(manifest.dependencies).filter((name) => name.startsWith('@rulescope/'));
  expect([...ROOMS].toSorted()).toEqual(rooms.toSorted());
});
