import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AnalysedFile } from '../analyse/analyse.ts';
import { reasonOf } from '../errors.ts';
import { sqliteCode } from '../store/sqlite.ts';
import { type CacheTables, ForeignFileError, openTables } from './tables.ts';

/** Analyses kept from build to build. Nothing that goes wrong with them is thrown: it only costs speed. */
export interface AnalysisCache {
  readonly get: (key: Uint8Array) => AnalysedFile | null;
  /** Keeps an analysis; it is written with others, when there are enough of them. */
  readonly put: (key: Uint8Array, analysis: AnalysedFile) => void;
  /** Writes what is left, removes what was not used for longest, and gives what there is to say about it all. */
  readonly close: () => readonly string[];
}

/** A cache that keeps nothing. */
export const noCache: AnalysisCache = { get: () => null, put: () => undefined, close: () => [] };

export interface CacheOptions {
  /** The size over which analyses are removed, oldest use first. */
  readonly maxBytes: number;
  /** Days since 1970: use is remembered by day, so that a build that finds everything writes nothing. */
  readonly today: number;
}

/** The name tells versions of the tables apart; a change of analysers changes the keys instead. */
const FILE_NAME = 'analyses-1.sqlite';
const BATCH = 256;
const DAY = 24 * 60 * 60 * 1000;

function defaultOptions(): CacheOptions {
  return { maxBytes: 512 * 1024 * 1024, today: Math.floor(Date.now() / DAY) };
}

/**
 * Opens the cache in a folder, which is made where there is none. A file that is no cache of ours, or a damaged
 * one, is set aside under another name and begun anew; where the folder cannot be used, nothing is kept.
 */
export function openCache(folder: string, options: CacheOptions = defaultOptions()): AnalysisCache {
  const path = join(folder, FILE_NAME);
  try {
    // Analyses hold the text of rules, which may be private.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return openFile(path, options);
  } catch (error) {
    const note = `The cache folder ${folder} cannot be used, so every file is analysed anew: ${reasonOf(error)}.`;
    return { ...noCache, close: () => [note] };
  }
}

function openFile(path: string, options: CacheOptions): AnalysisCache {
  try {
    return cacheOf(openTables(path), path, options, []);
  } catch (error) {
    if (!isDamage(error)) throw error;
    setAside(path);
    return cacheOf(openTables(path), path, options, [setAsideNote(path, error)]);
  }
}

function cacheOf(
  tables: CacheTables,
  path: string,
  options: CacheOptions,
  earlier: readonly string[],
): AnalysisCache {
  const notes = [...earlier];
  const waiting = new Map<Uint8Array, AnalysedFile>();
  const used: number[] = [];
  let failure: unknown = null;

  /** The first failure ends the use of the cache: the build goes on without it. */
  const guarded = <T>(fallback: T, work: () => T): T => {
    if (failure !== null) return fallback;
    try {
      return work();
    } catch (error) {
      failure = error;
      return fallback;
    }
  };
  const flush = () => {
    if (waiting.size === 0 && used.length === 0) return;
    tables.together(() => {
      for (const [key, analysis] of waiting) tables.add(key, analysis, options.today);
      for (const id of used) tables.touch(id, options.today);
    });
    waiting.clear();
    used.length = 0;
  };
  return {
    get: (key) =>
      guarded(null, () => {
        const found = tables.find(key);
        if (found !== null && found.used !== options.today) used.push(found.id);
        return found?.analysis ?? null;
      }),
    put: (key, analysis) =>
      guarded(undefined, () => {
        waiting.set(key, analysis);
        if (waiting.size >= BATCH) flush();
      }),
    close: () => {
      guarded(undefined, () => {
        flush();
        tables.prune(options.maxBytes);
      });
      guarded(undefined, () => tables.close());
      if (failure !== null) notes.push(endNote(path, failure));
      return notes;
    },
  };
}

/** What is said of a failure; a damaged file is out of the way before the next build. */
function endNote(path: string, failure: unknown): string {
  if (!isDamage(failure)) return `The cache ${path} was not used to the end: ${reasonOf(failure)}.`;
  try {
    setAside(path);
  } catch (error) {
    return `The cache ${path} is damaged and cannot be set aside: ${reasonOf(error)}.`;
  }
  return setAsideNote(path, failure);
}

function setAsideNote(path: string, error: unknown): string {
  return `The cache ${path} was set aside as ${path}.aside and begun anew: ${reasonOf(error)}.`;
}

/** SQLITE_CORRUPT and SQLITE_NOTADB (sqlite.org, "Result and Error Codes"), or what is no JSON of ours. */
function isDamage(error: unknown): boolean {
  const code = (sqliteCode(error) ?? 0) & 0xff;
  return code === 11 || code === 26 || error instanceof ForeignFileError || error instanceof SyntaxError;
}

function setAside(path: string): void {
  renameSync(path, `${path}.aside`);
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
}
