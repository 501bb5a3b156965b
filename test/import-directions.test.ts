import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What each room may import of the others. Imports point one way: a room never knows who uses it. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'packages/logic': [],
  'packages/knowledge': ['packages/logic'],
  'languages/*': ['packages/logic'],
  'packages/catalog': ['packages/logic', 'packages/knowledge', 'languages/*'],
  'packages/web': ['packages/logic', 'packages/knowledge', 'packages/catalog'],
  'packages/cli': ['packages/logic', 'packages/catalog', 'packages/web'],
  'packages/testing': ['packages/logic'],
};
/** These run in a browser too: no API of Node. */
const PURE = ['packages/logic', 'packages/knowledge', 'languages/*'];

const rooms = globSync(['languages/*/package.json', 'packages/*/package.json'], { cwd: ROOT }).map(dirname);
const roomOfName = new Map(
  rooms.map((room) => [
    JSON.parse(readFileSync(join(ROOT, room, 'package.json'), 'utf8')).name as string,
    room,
  ]),
);

function kindOf(room: string): string {
  return room.startsWith('languages/') ? 'languages/*' : room;
}

function importsOf(path: string): readonly string[] {
  const code = readFileSync(join(ROOT, path), 'utf8');
  const found = code.matchAll(
    /(?:^|[\s;}])(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? '');
}

/** What is wrong with one import of a file, or null. */
function faultOf(path: string, imported: string): string | null {
  const room = rooms.find((candidate) => path.startsWith(`${candidate}/`)) ?? '';
  const inSources = path.startsWith(`${room}/src/`);
  if (imported.startsWith('.')) {
    const target = relative(ROOT, resolve(ROOT, dirname(path), imported));
    const home = inSources ? `${room}/src/` : `${room}/`;
    return target.startsWith(home) || target.startsWith(`${room}/dist/`)
      ? null
      : `${path} leaves its room: ${imported}`;
  }
  if (imported.startsWith('node:')) {
    return inSources && PURE.includes(kindOf(room)) ? `${path} uses Node's ${imported}` : null;
  }
  const name = /^@rulescope\/[^/]+/.exec(imported)?.[0];
  const other = name === undefined ? undefined : roomOfName.get(name);
  if (name === undefined || other === room || !inSources) return null;
  const allowed = other !== undefined && (MAY_IMPORT[kindOf(room)] ?? []).includes(kindOf(other));
  return allowed ? null : `${path} may not import ${imported}`;
}

describe('imports point one way', () => {
  it.each(rooms.map((room) => [room]))('%s', (room) => {
    expect(MAY_IMPORT, 'a new room needs a row above').toHaveProperty([kindOf(room)]);
    const files = globSync(`${room}/{src,test,bin}/**/*.{ts,tsx,js}`, { cwd: ROOT });
    expect(files.length).toBeGreaterThan(0);
    const faults = files.flatMap((path) =>
      importsOf(path).flatMap((imported) => faultOf(path, imported) ?? []),
    );
    expect(faults).toEqual([]);
  });

  it('finds what is wrong', () => {
    expect(faultOf('packages/logic/src/a.ts', '@rulescope/catalog')).toContain('may not import');
    expect(faultOf('languages/sigma/src/a.ts', '@rulescope/knowledge')).toContain('may not import');
    expect(faultOf('languages/sigma/src/a/b.ts', '../../../../packages/logic/src/model.ts')).toContain(
      'leaves its room',
    );
    expect(faultOf('packages/logic/src/a.ts', 'node:fs')).toContain('uses Node');
    expect(faultOf('packages/catalog/src/a.ts', 'node:fs')).toBeNull();
    expect(faultOf('packages/cli/src/a/b.ts', '../c.ts')).toBeNull();
  });
});
