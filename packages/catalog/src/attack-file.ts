import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  ATTACK_VERSIONS,
  AttackBundleError,
  type AttackRelease,
  attackRelease,
  readStixBundle,
} from '@rulescope/knowledge';
import { CatalogError, reasonOf, systemCode } from './errors.ts';

/** Five times as large as the bundles of ATT&CK 18. */
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * The release of ATT&CK that a person names: one that comes along by its version (`18.1`, `19.1`), or a STIX
 * bundle by its path, which starts from `folder` where it is relative. Throws a CatalogError
 * (`attack-unreadable`) that says what is wrong with the file.
 */
export function readAttackRelease(named: string, folder = '.'): AttackRelease {
  const version = ATTACK_VERSIONS.find((candidate) => candidate === named.replace(/^v/i, ''));
  if (version !== undefined) return attackRelease(version);
  const path = resolve(folder, named);
  try {
    return readStixBundle(JSON.parse(textOf(path)));
  } catch (error) {
    if (error instanceof CatalogError) throw error;
    const reason = error instanceof AttackBundleError ? error.message : `It is not JSON: ${reasonOf(error)}.`;
    throw unreadable(`${path} is no release of ATT&CK. ${reason}`, error);
  }
}

function textOf(path: string): string {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new Error('it is not an ordinary file');
    if (stats.size > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES / 1024 / 1024} MB`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    const known = `the releases ${ATTACK_VERSIONS.join(' and ')} that come with Rulescope, or a STIX bundle`;
    if (systemCode(error) === 'ENOENT') {
      throw unreadable(`There is no file ${path}: name one of ${known}.`, error);
    }
    throw unreadable(`Cannot read the release of ATT&CK ${path}: ${reasonOf(error)}.`, error);
  }
}

function unreadable(message: string, cause: unknown): CatalogError {
  return new CatalogError('attack-unreadable', message, cause);
}
