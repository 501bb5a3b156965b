import { createHash } from 'node:crypto';
import { type AnalysedFile, analyseFile } from '../analyse/analyse.ts';
import type { AnalysisCache } from '../cache/cache.ts';
import { defaultReader, readerOf } from '../readers/index.ts';
import type { RuleReader } from '../readers/reader.ts';
import type { RuleSource } from '../types.ts';
import { type Decoded, decode } from './decode.ts';
import { readBytes, readRules } from './read.ts';
import { type Found, type FoundFile, findFiles } from './walk.ts';

/** What a source holds on disk. */
export interface FoundSource extends Found {
  readonly source: RuleSource;
}

/** A file, and what it was found to hold. */
export interface BuiltFile extends FoundFile {
  /** The number of its source. */
  readonly source: number;
  readonly reader: RuleReader;
  readonly cached: boolean;
  /** Kept for searching it and for following its references; empty where no rule is in it. */
  readonly content: Decoded;
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
  const built = (analysis: AnalysedFile, content: Decoded, cached: boolean): BuiltFile => ({
    ...file,
    source,
    reader,
    cached,
    content: analysis.rules.length > 0 ? content : NOTHING,
    analysis,
  });
  const read = readBytes(file.location);
  if ('diagnostic' in read) return built({ rules: [], diagnostics: [read.diagnostic] }, NOTHING, false);
  const key = contentKey(read.bytes, reader, fingerprint);
  const known = cache.get(key);
  const content = decode(read.bytes);
  if (known !== null) return built(known, content, true);
  const analysis = analyseFile(readRules(reader, content));
  if (!analysis.diagnostics.some(({ code }) => code === 'reader-failed')) cache.put(key, analysis);
  return built(analysis, content, false);
}

const NOTHING: Decoded = { text: '', invalidAt: null };

/** What an analysis is found by: it changes with the bytes, the reader and the code that analyses. */
function contentKey(bytes: Uint8Array, reader: RuleReader, fingerprint: Uint8Array): Uint8Array {
  return createHash('sha256').update(fingerprint).update(`${reader.format}\0`).update(bytes).digest();
}
