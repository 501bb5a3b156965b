import { createHash } from 'node:crypto';
import { type AnalysedFile, analyseFile } from '../analyse/analyse.ts';
import type { AnalysisCache } from '../cache/cache.ts';
import { defaultReader, readerOf } from '../readers/index.ts';
import type { RuleReader } from '../readers/reader.ts';
import type { RuleSource } from '../types.ts';
import { readBytes, readRules } from './read.ts';
import { type Found, type FoundFile, findFiles } from './walk.ts';

/** What a source holds on disk. */
export interface FoundSource extends Found {
  readonly source: RuleSource;
}

/** A file, what it was found to hold, and what identified its content. */
export interface BuiltFile extends FoundFile {
  /** The number of its source. */
  readonly source: number;
  readonly reader: RuleReader;
  /** The hash of its bytes and of what analyses them; null where it could not be read. */
  readonly key: Uint8Array | null;
  readonly cached: boolean;
  readonly analysis: AnalysedFile;
}

/** Finds the files of every source. Throws a CatalogError where a source is not there. */
export function findSources(sources: readonly RuleSource[]): readonly FoundSource[] {
  return sources.map((source) => ({ source, ...findFiles(source, (path) => readerOf(path) !== null) }));
}

/** Analyses a file, or takes its analysis from the cache. */
export function buildFile(
  file: FoundFile,
  source: number,
  cache: AnalysisCache,
  fingerprint: Uint8Array,
): BuiltFile {
  const reader = readerOf(file.path) ?? defaultReader;
  const base = { ...file, source, reader };
  const content = readBytes(file.location);
  if ('diagnostic' in content) {
    return { ...base, key: null, cached: false, analysis: { rules: [], diagnostics: [content.diagnostic] } };
  }
  const key = contentKey(content.bytes, reader, fingerprint);
  const known = cache.get(key);
  if (known !== null) return { ...base, key, cached: true, analysis: known };
  const analysis = analyseFile(readRules(reader, content.bytes));
  if (!analysis.diagnostics.some(({ code }) => code === 'reader-failed')) cache.put(key, analysis);
  return { ...base, key, cached: false, analysis };
}

/** What an analysis is found by: it changes with the bytes, the reader and the code that analyses. */
export function contentKey(bytes: Uint8Array, reader: RuleReader, fingerprint: Uint8Array): Uint8Array {
  return createHash('sha256').update(fingerprint).update(`${reader.format}\0`).update(bytes).digest();
}
