import { setImmediate as nextTurn } from 'node:timers/promises';
import { type AttackRelease, attackRelease, DEFAULT_ATTACK_VERSION } from '@rulescope/knowledge';
import type { BuildOptions, BuildReport } from '../build-types.ts';
import { type AnalysisCache, noCache, openCache } from '../cache/cache.ts';
import { CatalogError, reasonOf } from '../errors.ts';
import { sqliteCode } from '../store/sqlite.ts';
import { writeCatalog } from '../store/write.ts';
import type { Problem, RuleSource } from '../types.ts';
import { type BuiltFile, buildFile, type FoundSource, findSources } from './analyse-files.ts';
import { analyserFingerprint } from './fingerprint.ts';
import { linkFiles } from './link.ts';
import { type Replacement, replaceFile } from './replace.ts';
import { countRules, problemsOf, rulesOf, type Totals } from './rows.ts';

/** Files, or rules, between two turns of the event loop: a few hundredths of a second of work. */
const TURN = 50;

/**
 * Builds the catalog of some sources and puts it in the place of the old one, whole: whatever happens on the
 * way, the old one stays as it is, and so it does where no rule is found (`written` says it). A file that cannot
 * be read, or that holds no rule, becomes a problem of the report; no file ends a build. Rejects with a
 * CatalogError where a source is not there or the catalog cannot be written. Two builds at once both succeed:
 * the one that ends last is the catalog.
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
  const problems = problemsOf(files, found);
  const attack = options.attack ?? attackRelease(DEFAULT_ATTACK_VERSION);
  const written = !replacement.replaces || files.some(({ analysis }) => analysis.rules.length > 0);
  const content: Content = { files, sources: options.sources, problems, attack };
  const totals = written ? await writeRows(content, replacement) : countRules(attack).totals();
  return {
    output: options.output,
    written,
    files: files.length,
    cached: files.filter((file) => file.cached).length,
    ...totals,
    problems,
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
  let done = 0;
  for (const [source, { files, context }] of found.entries()) {
    for (const file of files) {
      const one = buildFile(file, source, { cache, fingerprint, context });
      if (one !== null) built.push(one);
      done += 1;
      onProgress?.({ done, total, path: file.path });
      if (done % TURN === 0) await nextTurn();
    }
  }
  return linkFiles(built);
}

/** What goes into a catalog. */
interface Content {
  readonly files: readonly BuiltFile[];
  readonly sources: readonly RuleSource[];
  readonly problems: readonly Problem[];
  readonly attack: AttackRelease;
}

async function writeRows(
  { files, sources, problems, attack }: Content,
  replacement: Replacement,
): Promise<Totals> {
  try {
    const writer = writeCatalog(replacement.temporary, sources);
    const counter = countRules(attack);
    let written = 0;
    try {
      for (const row of rulesOf(files, sources, attack)) {
        writer.addRule(row);
        counter.add(row);
        written += 1;
        if (written % TURN === 0) await nextTurn();
      }
      problems.forEach(writer.addProblem);
      writer.addAttack(attack);
      writer.finish(new Date().toISOString(), files.length);
    } finally {
      writer.close();
    }
    replacement.commit();
    return counter.totals();
  } catch (error) {
    replacement.abandon();
    if (sqliteCode(error) === null) throw error;
    const message = `Cannot write ${replacement.temporary}: ${reasonOf(error)}.`;
    throw new CatalogError('output-unwritable', message, error);
  }
}
