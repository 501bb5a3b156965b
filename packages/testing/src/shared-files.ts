import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root, from the sources and from what is built of them alike. */
export const PROJECT_ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * The folder of a corpus beside the checkout (`../shared/corpora/NAME`), or null where there is none: tests
 * that need it are skipped then, and say so in their name.
 */
export function corpusFolder(name: string): string | null {
  return existing(join(PROJECT_ROOT, '..', 'shared', 'corpora', name));
}

/** An oracle beside the checkout (`../shared/oracles/NAME`), a file or a folder; null where there is none. */
export function oracleFile(name: string): string | null {
  return existing(join(PROJECT_ROOT, '..', 'shared', 'oracles', name));
}

function existing(path: string): string | null {
  return existsSync(path) ? path : null;
}
