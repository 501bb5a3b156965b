import { setImmediate as nextTurn } from 'node:timers/promises';
import { type AttackRelease, attackRelease, DEFAULT_ATTACK_VERSION } from '@rulescope/knowledge';
import type { Understood } from '@rulescope/logic';
import { type AnalysisCache, noCache, openCache } from '../cache/cache.ts';
import { CatalogError, reasonOf } from '../errors.ts';
import { sqliteCode } from '../store/sqlite.ts';
import { writeCatalog } from '../store/write.ts';
import type { BuildOptions, BuildReport } from '../types.ts';
import { type BuiltFile, buildFile, type FoundSource, findSources } from './analyse-files.ts';
import { analyserFingerprint } from './fingerprint.ts';
import { linkFiles } from './link.ts';
import { type Replacement, replaceFile } from './replace.ts';
import { problemsOf, rulesOf, type Totals, totalsOf, unresolvedNotes } from './rows.ts';

/** Files, or rules, between two turns of the event loop: a few hundredths of a second of work. */
const TURN = 50;

/**
 * Builds the catalog of some sources and puts it in the place of the old one, whole: whatever happens on the
 * way, the old one stays as it is, and so it does where no rule is found (`written` says it). A file that cannot
 * be read, or that holds no rule, becomes a problem of the report; no file ends a build. Rejects with a CatalogError where a source is not there or the catalog cannot
 * be written. Two builds at once both succeed: the one that ends last is the catalog.
 */
export async function buildCatalog(options: BuildOptions): Promise<BuildReport> {
  const begun = performance.now();
  const found = findSources(options.sources);
  const replacement = replaceFile(options.output);
  const cache = options.cacheFolder === null ? noCache : openCache(options.cacheFolder);
  let files: readonly BuiltFile[];
  let notes: readonly string[] = [];
  try {
    files = await analyseSources(found, cache, options);
  } finally {
    notes = cache.close();
  }
  const written = !replacement.replaces || files.some(({ analysis }) => analysis.rules.length > 0);
  const totals = written
    ? await writeRows(files, found, {
        attack: options.attack ?? attackRelease(DEFAULT_ATTACK_VERSION),
        replacement,
      })
    : totalsOf([], problemsOf(files, found), []);
  return {
    output: options.output,
    written,
    files: files.length,
    cached: files.filter((file) => file.cached).length,
    ...totals,
    notes: [...notes, ...totals.notes],
    milliseconds: performance.now() - begun,
  };
}

async function analyseSources(
  found: readonly FoundSource[],
  cache: AnalysisCache,
  { onProgress }: BuildOptions,
): Promise<readonly BuiltFile[]> {
  const fingerprint = analyserFingerprint();
  const total = found.reduce((sum, { files }) => sum + files.length, 0);
  const built: BuiltFile[] = [];
  for (const [source, { files }] of found.entries()) {
    for (const file of files) {
      built.push(buildFile(file, source, cache, fingerprint));
      onProgress?.({ done: built.length, total, path: file.path });
      if (built.length % TURN === 0) await nextTurn();
    }
  }
  return linkFiles(built);
}

async function writeRows(
  files: readonly BuiltFile[],
  found: readonly FoundSource[],
  { attack, replacement }: { readonly attack: AttackRelease; readonly replacement: Replacement },
): Promise<Totals> {
  const sources = found.map(({ source }) => source);
  const problems = problemsOf(files, found);
  try {
    const writer = writeCatalog(replacement.temporary, sources);
    const understood: Understood[] = [];
    const unresolved: string[] = [];
    try {
      for (const row of rulesOf(files, sources, attack)) {
        writer.addRule(row);
        understood.push(row.rule.understood);
        unresolved.push(...row.unresolved);
        if (understood.length % TURN === 0) await nextTurn();
      }
      problems.forEach(writer.addProblem);
      writer.addAttack(attack);
      writer.finish(new Date().toISOString(), files.length);
    } finally {
      writer.close();
    }
    replacement.commit();
    return totalsOf(understood, problems, unresolvedNotes(unresolved, attack));
  } catch (error) {
    replacement.abandon();
    if (sqliteCode(error) === null) throw error;
    const message = `Cannot write ${replacement.temporary}: ${reasonOf(error)}`;
    throw new CatalogError('output-unwritable', message, error);
  }
}
