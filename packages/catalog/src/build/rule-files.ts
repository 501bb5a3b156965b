import { join } from 'node:path';
import { sourceFor } from '../config.ts';
import { findSources, knowFile } from './analyse-files.ts';

/** The files of a folder that are read, and whether there are more of them. */
export interface RuleFiles {
  /** In the order of their paths, each with the folder before it. */
  readonly paths: readonly string[];
  readonly more: boolean;
}

const NO_FINGERPRINT = new Uint8Array(0);

/**
 * The first `most` files of a folder that a build of it would read as rules, or name as a problem. Throws a
 * CatalogError where the folder is not there.
 */
export function ruleFilesOf(folder: string, most: number): RuleFiles {
  const paths: string[] = [];
  for (const { files, context } of findSources([sourceFor(folder)])) {
    for (const file of files) {
      const known = knowFile(file, 0, { fingerprint: NO_FINGERPRINT, context });
      if (known === null || ('analysis' in known && known.analysis.diagnostics.length === 0)) continue;
      if (paths.length === most) return { paths, more: true };
      paths.push(join(folder, file.path));
    }
  }
  return { paths, more: false };
}
