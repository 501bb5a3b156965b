import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { CatalogError, reasonOf, systemCode } from '../errors.ts';

/** A new file that will take the place of another one, or of none. */
export interface Replacement {
  /** Whether there is an old file that is not empty. */
  readonly replaces: boolean;
  /** Where to write it. */
  readonly temporary: string;
  /** Puts it into place, whole and on the disk; readers of the old file keep that until they open anew. */
  readonly commit: () => void;
  /** Removes it. */
  readonly abandon: () => void;
}

const HOUR = 60 * 60 * 1000;

/**
 * Prepares to replace a catalog, and removes what builds that died have left beside it. The name of the new
 * file is the old one's with `.tmp-<process>-<random>` behind it. Throws a CatalogError where the old file is
 * something else than a database (`output-not-a-catalog`) or its folder cannot be had (`output-unwritable`).
 */
export function replaceFile(path: string): Replacement {
  const target = prepareTarget(path);
  removeLeftovers(target);
  const temporary = `${target}.tmp-${process.pid}-${machine()}${randomBytes(4).toString('hex')}`;
  return {
    replaces: existsSync(target) && statSync(target).size > 0,
    temporary,
    commit: () => {
      try {
        sync(temporary, 'r+');
        rename(temporary, target);
      } catch (error) {
        throw new CatalogError('output-unwritable', `Cannot write ${target}: ${reasonOf(error)}.`, error);
      }
      syncFolder(dirname(target));
    },
    abandon: () => rmSync(temporary, { force: true }),
  };
}

/** A link stays, and what it leads to is replaced. */
function prepareTarget(path: string): string {
  const absolute = resolve(path);
  try {
    mkdirSync(dirname(absolute), { recursive: true });
    const target = existsSync(absolute) ? realpathSync(absolute) : absolute;
    if (existsSync(target)) checkReplaceable(target);
    accessSync(dirname(target), constants.W_OK);
    return target;
  } catch (error) {
    if (error instanceof CatalogError) throw error;
    throw new CatalogError('output-unwritable', `Cannot write ${absolute}: ${reasonOf(error)}.`, error);
  }
}

/** An output named by mistake must not cost anybody a file: only a database or an empty file is replaced. */
function checkReplaceable(target: string): void {
  if (statSync(target).isFile() && isDatabase(target)) return;
  const message = `${target} is no catalog, so it is not replaced: name another file, or remove it first.`;
  throw new CatalogError('output-not-a-catalog', message);
}

/** The first bytes of every SQLite database (sqlite.org, "Database File Format"). */
const MAGIC = 'SQLite format 3\0';

function isDatabase(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(MAGIC.length);
    const length = readSync(file, start, 0, start.length, 0);
    return length === 0 || start.toString('latin1') === MAGIC;
  } finally {
    closeSync(file);
  }
}

/** Tells builds of this machine from those that another one does in the same shared folder. */
function machine(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

function removeLeftovers(target: string): void {
  const prefix = `${basename(target)}.tmp-`;
  for (const name of namesIn(dirname(target))) {
    const path = join(dirname(target), name);
    if (name.startsWith(prefix) && isLeftover(name.slice(prefix.length), path)) rmSync(path, { force: true });
  }
}

/** A folder may be written to and not listed: what was left in it then stays. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Whether a build's file was left behind: its process is gone, or it is so old that it must be. */
function isLeftover(rest: string, path: string): boolean {
  const [, digits, owner] = /^(\d+)-([0-9a-f]{8})[0-9a-f]{8}$/.exec(rest) ?? [];
  if (digits === undefined) return false;
  const modified = modifiedAt(path);
  if (modified === null) return false;
  if (owner !== machine()) return Date.now() - modified > 24 * HOUR;
  return !isAlive(Number(digits), modified);
}

function modifiedAt(path: string): number | null {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return null;
  }
}

/** A container that starts again gives its processes the numbers they had: ours may have been another's. */
function isAlive(pid: number, modified: number): boolean {
  if (pid === process.pid) return modified >= Date.now() - process.uptime() * 1000;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

function sync(path: string, flags: string): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The new name is on the disk, too; some systems cannot do that to folders, and don't need it. */
function syncFolder(folder: string): void {
  try {
    sync(folder, 'r');
  } catch {
    // Windows.
  }
}

const RENAME_TRIES = 20;

/** On Windows a file that somebody has open cannot be replaced: most let it go soon. */
function rename(from: string, to: string): void {
  for (let tries = 1; ; tries += 1) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      if (tries === RENAME_TRIES || !['EPERM', 'EBUSY', 'EACCES'].includes(systemCode(error))) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
}
