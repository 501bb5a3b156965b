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

/** A file, and what it was found to hold. */
export interface BuiltFile extends FoundFile {
  /** The number of its source. */
  readonly source: number;
  /** Null where no format knows the file. */
  readonly format: RuleFormat | null;
  readonly cached: boolean;
  /** Kept for searching it and for following its references; empty where no rule is in it. */
  readonly content: Decoded;
  readonly analysis: AnalysedFile;
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

/** What a file is analysed with. */
export interface Analyser {
  readonly cache: AnalysisCache;
  /** Of the code that analyses. */
  readonly fingerprint: Uint8Array;
  readonly context: SourceContext;
}

/**
 * Analyses a file of the source of that number, or takes its analysis from the cache. Null where it is none of the
 * source's: its name may be that of anything, and no rule is in it.
 */
export function buildFile(
  file: FoundFile,
  source: number,
  { cache, fingerprint, context }: Analyser,
): BuiltFile | null {
  const isMeant = file.isNamed === true || isRulePath(file.path);
  const built = (
    format: RuleFormat | null,
    analysis: AnalysedFile,
    content = NOTHING,
    cached = false,
  ): BuiltFile => ({
    ...file,
    source,
    format,
    cached,
    content: analysis.rules.length > 0 ? content : NOTHING,
    analysis,
  });
  const read = readBytes(file.location);
  if ('diagnostic' in read && !isMeant) return null;
  if ('diagnostic' in read) return built(null, { rules: [], diagnostics: [read.diagnostic] });
  const content = decode(read.bytes);
  const known = recognise(file.path, content.text, file.isNamed === true);
  if (known?.role !== 'rules' && !isMeant) return null;
  if (known === null) return built(null, { rules: [], diagnostics: [noRule(content.text)] });
  const { format, role } = known;
  if (role === 'beside-rules') return built(format, { rules: [], diagnostics: [] });
  const key = contentKey(read.bytes, format, [fingerprint, context.keyOf(format)]);
  const kept = cache.get(key);
  if (kept !== null) return built(format, kept, content, true);
  const analysis = analyseFile(readRules(format, content, context.filesOf(format)));
  if (!analysis.diagnostics.some(({ code }) => code === 'reader-failed')) cache.put(key, analysis);
  return built(format, analysis, content);
}

const NOTHING: Decoded = { text: '', invalidAt: null };

/** What an analysis is found by: it changes with the bytes, the format and whatever else it depends on. */
function contentKey(bytes: Uint8Array, { name }: RuleFormat, parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.update(`${name}\0`).update(bytes).digest();
}
