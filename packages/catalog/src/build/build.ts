import { setImmediate as nextTurn } from 'node:timers/promises';
import { type AttackRelease, attackRelease, DEFAULT_ATTACK_VERSION } from '@rulescope/knowledge';
import type { BuildOptions, BuildReport } from '../build-types.ts';
import { type AnalysisCache, noCache, openCache } from '../cache/cache.ts';
import { CatalogError, reasonOf } from '../errors.ts';
import { sqliteCode } from '../store/sqlite.ts';
import { writeCatalog } from '../store/write.ts';
import type { Problem, RuleSource } from '../types.ts';
import {
  type BuiltFile,
  buildFile,
  type FoundSource,
  findSources,
  hasFailed,
  type KnownFile,
  knowFile,
} from './analyse-files.ts';
import { contentsHash, reportOfUnchanged } from './contents.ts';
import { analyserFingerprint } from './fingerprint.ts';
import { linkFiles } from './link.ts';
import { type Replacement, replaceFile } from './replace.ts';
import { countRules, type KeptReport, problemsOf, rulesOf, type Totals } from './rows.ts';

/** Files, or rules, between two turns of the event loop: a few hundredths of a second of work. */
const TURN = 50;

/**
 * Builds the catalog of some sources and puts it in the place of the old one, whole: whatever happens on the
 * way, the old one stays as it is. So it does where no rule is found, and where it is just what these sources give,
 * unless the cache is not to be used (`written` and `unchanged` say it). A file that cannot be read, or that holds no
 * rule, becomes a problem of the report; no file ends a build. Rejects with a CatalogError where a source is not there
 * or the catalog cannot be written. Two builds at once both succeed: the one that ends last is the catalog.
 */
export async function buildCatalog(options: BuildOptions): Promise<BuildReport> {
  const begun = performance.now();
  const { sources, output, cacheFolder, attack = attackRelease(DEFAULT_ATTACK_VERSION) } = options;
  const found = findSources(sources);
  const replacement = replaceFile(output);
  const fingerprint = analyserFingerprint();
  const files = await knowFiles(found, fingerprint);
  const hash = contentsHash({ fingerprint, sources, found, files, attack });
  const report = (rest: Omit<BuildReport, 'output' | 'milliseconds'>): BuildReport => {
    return { output, ...rest, milliseconds: performance.now() - begun };
  };
  const unchanged = cacheFolder === null ? null : reportOfUnchanged(output, hash);
  if (unchanged !== null) {
    const cached = files.filter((file) => 'key' in file).length;
    return report({ ...unchanged, written: false, unchanged: true, cached });
  }
  const { built, notes } = await analyse(files, found, options);
  const problems = problemsOf(built, found);
  const written = !replacement.replaces || built.some(({ analysis }) => analysis.rules.length > 0);
  // What a reader failed on may be read another time.
  const contents = built.some(({ analysis }) => hasFailed(analysis)) ? null : hash;
  const totals = written
    ? await writeRows({ files: built, sources, problems, attack, contents }, replacement)
    : countRules(attack).totals();
  const cached = built.filter((file) => file.cached).length;
  return report({
    ...totals,
    written,
    unchanged: false,
    files: built.length,
    cached,
    problems,
    notes: [...notes, ...totals.notes],
  });
}

/** Reads the files of every source. */
async function knowFiles(
  found: readonly FoundSource[],
  fingerprint: Uint8Array,
): Promise<readonly KnownFile[]> {
  const known: KnownFile[] = [];
  let read = 0;
  for (const [source, { files, context }] of found.entries()) {
    for (const file of files) {
      const one = knowFile(file, source, { fingerprint, context });
      if (one !== null) known.push(one);
      read += 1;
      if (read % TURN === 0) await nextTurn();
    }
  }
  return known;
}

async function analyse(
  files: readonly KnownFile[],
  found: readonly FoundSource[],
  { cacheFolder, onProgress }: BuildOptions,
): Promise<{ readonly built: readonly BuiltFile[]; readonly notes: readonly string[] }> {
  const cache = cacheFolder === null ? noCache : openCache(cacheFolder);
  let notes: readonly string[] = [];
  let built: readonly BuiltFile[];
  try {
    built = await analyseFiles(files, found, cache, onProgress);
  } finally {
    notes = cache.close();
  }
  return { built, notes };
}

async function analyseFiles(
  files: readonly KnownFile[],
  found: readonly FoundSource[],
  cache: AnalysisCache,
  onProgress: BuildOptions['onProgress'],
): Promise<readonly BuiltFile[]> {
  const built: BuiltFile[] = [];
  for (const file of files) {
    const context = found[file.source]?.context;
    if (context !== undefined) built.push(buildFile(file, context, cache));
    onProgress?.({ done: built.length, total: files.length, path: file.path });
    if (built.length % TURN === 0) await nextTurn();
  }
  return linkFiles(built);
}

/** What goes into a catalog. */
interface Content {
  readonly files: readonly BuiltFile[];
  readonly sources: readonly RuleSource[];
  readonly problems: readonly Problem[];
  readonly attack: AttackRelease;
  /** What tells whether it would be the same another time; null where that is not certain. */
  readonly contents: string | null;
}

async function writeRows(
  { files, sources, problems, attack, contents }: Content,
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
      const report: KeptReport = { ...counter.totals(), files: files.length, problems };
      writer.finish({
        built_at: new Date().toISOString(),
        files: String(files.length),
        ...(contents !== null && { contents, report: JSON.stringify(report) }),
      });
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
