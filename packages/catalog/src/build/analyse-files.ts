import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { type AnalysedFile, analyseFile } from '../analyse/analyse.ts';
import type { AnalysisCache } from '../cache/cache.ts';
import { isRulePath, mayBeRulePath, recognise } from '../readers/index.ts';
import type { RuleFormat } from '../readers/reader.ts';
import type { RuleSource } from '../types.ts';
import { type Decoded, decode } from './decode.ts';
import { noRule, readBytes, readRules } from './read.ts';
import { isContextPath, type SourceContext, sourceContext } from './source-context.ts';
import { type Found, type FoundFile, findFiles } from './walk.ts';

/** What a source holds on disk. */
export interface FoundSource extends Found {
  readonly source: RuleSource;
  readonly context: SourceContext;
}

/** A file as far as its path and its bytes tell: its rules are not worked out yet. */
export type KnownFile = RuleFile | FileWithoutRules;

interface RuleFile extends FoundFile {
  /** The number of its source. */
  readonly source: number;
  readonly format: RuleFormat;
  /** Kept for searching it and for following its references. */
  readonly content: Decoded;
  /** What its analysis follows from, and is found by. */
  readonly key: Uint8Array;
}

interface FileWithoutRules extends FoundFile {
  readonly source: number;
  /** Null where no format knows the file. */
  readonly format: RuleFormat | null;
  readonly analysis: AnalysedFile;
}

/** A file, and what it was found to hold. */
export interface BuiltFile extends FileWithoutRules {
  readonly cached: boolean;
  /** Empty where no rule is in it. */
  readonly content: Decoded;
}

/** Finds the files of every source. Throws a CatalogError where a source is not there. */
export function findSources(sources: readonly RuleSource[]): readonly FoundSource[] {
  return sources.map((source) => {
    const found = findFiles(source, (path) => isRulePath(path) || mayBeRulePath(path) || isContextPath(path));
    const { files } = found;
    // A file that the source names itself may have any name.
    const rules = files.filter(({ path, isNamed }) => isNamed || isRulePath(path) || mayBeRulePath(path));
    const problems = found.problems.filter(({ path }) => extname(path) === '' || !mayBeRulePath(path));
    return { source, files: rules, problems, context: sourceContext(files) };
  });
}

/** What the analysis of a file depends on beside its bytes. */
interface Surroundings {
  /** Of the code that analyses. */
  readonly fingerprint: Uint8Array;
  readonly context: SourceContext;
}

/**
 * Reads a file of the source of that number. Null where it is none of the source's: its name may be that of anything,
 * and no rule is in it.
 */
export function knowFile(file: FoundFile, source: number, around: Surroundings): KnownFile | null {
  const isMeant = file.isNamed === true || isRulePath(file.path);
  const empty = (format: RuleFormat | null, ...diagnostics: AnalysedFile['diagnostics']): KnownFile => ({
    ...file,
    source,
    format,
    analysis: { rules: [], diagnostics },
  });
  const read = readBytes(file.location);
  if ('diagnostic' in read) return isMeant ? empty(null, read.diagnostic) : null;
  const content = decode(read.bytes);
  const recognised = recognise(file.path, content.text, file.isNamed === true);
  if (recognised?.role !== 'rules' && !isMeant) return null;
  if (recognised === null) return empty(null, noRule(content.text));
  const { format, role } = recognised;
  if (role === 'beside-rules') return empty(format);
  const key = contentKey(read.bytes, format, [around.fingerprint, around.context.keyOf(format)]);
  return { ...file, source, format, content, key };
}

/** Analyses a file, or takes its analysis from the cache. */
export function buildFile(file: KnownFile, context: SourceContext, cache: AnalysisCache): BuiltFile {
  if ('analysis' in file) return { ...file, cached: false, content: NOTHING };
  const { key, content, format, ...rest } = file;
  const built = (analysis: AnalysedFile, cached: boolean): BuiltFile => ({
    ...rest,
    format,
    content: analysis.rules.length > 0 ? content : NOTHING,
    cached,
    analysis,
  });
  const kept = cache.get(key);
  if (kept !== null) return built(kept, true);
  const analysis = analyseFile(readRules(format, content, context.filesOf(format)));
  if (!hasFailed(analysis)) cache.put(key, analysis);
  return built(analysis, false);
}

/** Whether a reader failed on a file: it may succeed at another time. */
export function hasFailed({ diagnostics }: AnalysedFile): boolean {
  return diagnostics.some(({ code }) => code === 'reader-failed');
}

const NOTHING: Decoded = { text: '', invalidAt: null };

/** What an analysis is found by: it changes with the bytes, the format and whatever else it depends on. */
function contentKey(bytes: Uint8Array, { name }: RuleFormat, parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.update(`${name}\0`).update(bytes).digest();
}
