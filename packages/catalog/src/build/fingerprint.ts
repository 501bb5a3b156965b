import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LANGUAGES } from '@rulescope/logic';

/** Raised when cached analyses must go although no code of ours has changed. */
const CACHE_EPOCH = 1;

/** The packages whose code decides what an analysis says, beside this one: those that its manifest names. */
export const ROOMS: readonly string[] = [
  '@rulescope/logic',
  '@rulescope/knowledge',
  ...Object.values(LANGUAGES).map(({ room }) => room),
];

/**
 * What an analysis depends on beside the rule: a hash of the code and data of every package that takes part in
 * it, of their manifests (which pin the parsers that they use) and of the runtime's version. Cached analyses
 * are found by it, so none outlives a change of code, released or not.
 */
export function analyserFingerprint(): Buffer {
  const hash = createHash('sha256');
  hash.update(`${CACHE_EPOCH} ${process.versions.node}`);
  for (const folder of [ownFolder(), ...ROOMS.map(roomFolder)]) {
    if (folder === null) continue;
    hashFolder(folder, hash);
    hashFile(join(dirname(folder), 'package.json'), hash);
  }
  return hash.digest();
}

function ownFolder(): string {
  return dirname(dirname(fileURLToPath(import.meta.url)));
}

/** The folder of a package's built files; null where everything was bundled into one file, which is hashed. */
function roomFolder(name: string): string | null {
  try {
    return dirname(fileURLToPath(import.meta.resolve(name)));
  } catch {
    return null;
  }
}

function hashFolder(folder: string, hash: ReturnType<typeof createHash>): void {
  const entries = readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) hashFolder(path, hash);
    else if (/\.(js|ts|json)$/.test(entry.name) && !entry.name.endsWith('.d.ts')) hashFile(path, hash);
  }
}

function hashFile(path: string, hash: ReturnType<typeof createHash>): void {
  try {
    hash.update(readFileSync(path));
  } catch {
    // A bundle has no manifest beside it.
  }
}
