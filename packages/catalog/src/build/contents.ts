import { createHash } from 'node:crypto';
import type { AttackRelease } from '@rulescope/knowledge';
import { openCatalogFile } from '../open-file.ts';
import type { RuleSource } from '../types.ts';
import type { FoundSource, KnownFile } from './analyse-files.ts';
import type { KeptReport } from './rows.ts';

/** All that a catalog follows from. */
export interface Contents {
  /** Of the code that builds it. */
  readonly fingerprint: Uint8Array;
  readonly sources: readonly RuleSource[];
  readonly found: readonly FoundSource[];
  readonly files: readonly KnownFile[];
  readonly attack: AttackRelease;
}

/**
 * A hash of all that a catalog follows from, as hexadecimal digits: of equal ones the catalogs are equal, save for when
 * they were built. A file counts with its path, its bytes and whatever else its analysis depends on.
 */
export function contentsHash({ fingerprint, sources, found, files, attack }: Contents): string {
  const hash = createHash('sha256').update(fingerprint);
  const add = (part: unknown): void => {
    hash.update(`${JSON.stringify(part)}\n`);
  };
  const unreached = found.map(({ problems }) => problems);
  add([sources, attack, unreached]);
  for (const file of files) {
    add([file.source, file.path, file.format?.name ?? null]);
    if ('key' in file) hash.update(file.key);
    else add(file.analysis);
  }
  return hash.digest('hex');
}

/**
 * What was reported of the catalog in a file when it was built; null where it was built of something else, or is
 * damaged, or of another version, or not there.
 */
export function reportOfUnchanged(path: string, hash: string): KeptReport | null {
  try {
    const database = openCatalogFile(path);
    try {
      const kept = database.prepare<{ value: string }>('SELECT value FROM meta WHERE key = ?');
      if (kept.get('contents')?.value !== hash || database.pragma('quick_check(1)') !== 'ok') return null;
      const report = kept.get('report');
      return report === undefined ? null : (JSON.parse(report.value) as KeptReport);
    } finally {
      database.close();
    }
  } catch {
    // Whatever is wrong with it, a new one takes its place.
    return null;
  }
}
