import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RuleSource } from '@rulescope/catalog';
import { CONFIG_NAME, readConfig, sourcesFor } from '@rulescope/catalog';
import { CliError, usageError } from './errors.ts';
import type { Io } from './io.ts';

/** What the command line says of where rules come from. */
export interface SourceOptions {
  readonly paths: readonly string[];
  readonly config: string | null;
  /** These override what a configuration or the path says of every source. */
  readonly platform: string | null;
  readonly licence: string | null;
  readonly link: string | null;
}

/** The rules to catalogue, and the catalog file that is theirs. */
export interface BuildPlan {
  readonly sources: readonly RuleSource[];
  readonly output: string;
}

/**
 * The sources to build from, in this order: the file that `--config` names, the paths of the command line,
 * `rulescope.yml` in the current folder, Rulescope's own examples. Throws a CliError where there is none of
 * them, and what `readConfig` throws.
 */
export function planBuild(options: SourceOptions, io: Io): BuildPlan {
  const { paths, config } = options;
  if (config !== null && paths.length > 0) {
    throw usageError('Name either paths or a configuration with --config, not both.');
  }
  const file = config !== null ? resolve(io.cwd, config) : paths.length > 0 ? null : localConfig(io);
  if (file !== null) {
    const { sources, catalog } = readConfig(file);
    return { sources: overridden(sources, options), output: catalog ?? configCatalog(file, io) };
  }
  const sources = overridden(sourcesFor(pathsOrExamples(paths, io)), options);
  return {
    sources,
    output: catalogNamed(
      sources.map(({ path, platform }) => [path, platform]),
      io,
    ),
  };
}

/** What says which catalog to read. */
export interface CatalogOptions {
  readonly catalog: string | null;
  readonly config: string | null;
}

/**
 * The catalog file to read, in this order: the one that `--catalog` names; that of `--config`; that of
 * `rulescope.yml` in the current folder; the last one that was built in this folder; the last one that was built
 * anywhere. Throws a CliError that says the command to run where there is none.
 */
export function findCatalog(options: CatalogOptions, io: Io): string {
  if (options.catalog !== null) {
    const file = resolve(io.cwd, options.catalog);
    if (!existsSync(file))
      throw new CliError(`There is no catalog ${file}: make it with \`rulescope build\`.`);
    return file;
  }
  const config = options.config !== null ? resolve(io.cwd, options.config) : localConfig(io);
  if (config !== null) {
    const file = readConfig(config).catalog ?? configCatalog(config, io);
    if (existsSync(file)) return file;
    const flag = options.config === null ? '' : ` --config ${options.config}`;
    throw new CliError(`There is no catalog of ${config} yet: run \`rulescope build${flag}\` first.`);
  }
  const last = lastBuilt(io);
  if (last === null) throw new CliError('There is no catalog yet: run `rulescope build` first.');
  return last;
}

/** The folder of what may be thrown away: catalogs and cached analyses. */
export function cacheFolder(io: Io): string {
  const xdg = io.env.XDG_CACHE_HOME;
  if (xdg !== undefined && xdg !== '') return resolve(io.cwd, xdg, 'rulescope');
  const local = io.env.LOCALAPPDATA;
  if (io.platform === 'win32' && local !== undefined && local !== '') return join(local, 'rulescope');
  const home = io.env.HOME;
  return join(home !== undefined && home !== '' ? home : homedir(), '.cache', 'rulescope');
}

/** Remembers a catalog as the last one built, here and at all. Nobody needs that to work, so that nothing is thrown. */
export function rememberCatalog(file: string, io: Io): void {
  try {
    const note = lastBuiltNote(io);
    const others = Object.entries(readNote(io).folders).filter(([folder]) => folder !== io.cwd);
    const folders = Object.fromEntries([...others, [io.cwd, file]].slice(-MOST_FOLDERS));
    mkdirSync(dirname(note), { recursive: true });
    writeFileSync(`${note}.${process.pid}`, JSON.stringify({ catalog: file, folders }));
    renameSync(`${note}.${process.pid}`, note);
  } catch {
    // The next command then asks for --catalog.
  }
}

/** Folders in which catalogs were built that are remembered, the latest of them. */
const MOST_FOLDERS = 200;

/** What is kept of earlier builds. */
interface LastBuilt {
  readonly catalog: string | null;
  /** The last catalog that was built in a folder, by that folder. */
  readonly folders: Readonly<Record<string, string>>;
}

const NOTHING_BUILT: LastBuilt = { catalog: null, folders: {} };

/** The last catalog that was built in the current folder, else the last one of all. */
function lastBuilt(io: Io): string | null {
  const { catalog, folders } = readNote(io);
  const known = [folders[io.cwd] ?? null, catalog];
  return known.find((file) => file !== null && existsSync(file)) ?? null;
}

function readNote(io: Io): LastBuilt {
  try {
    const note: unknown = JSON.parse(readFileSync(lastBuiltNote(io), 'utf8'));
    if (typeof note !== 'object' || note === null) return NOTHING_BUILT;
    const catalog = 'catalog' in note && typeof note.catalog === 'string' ? note.catalog : null;
    const folders =
      'folders' in note && typeof note.folders === 'object' ? Object.entries(note.folders ?? {}) : [];
    return { catalog, folders: Object.fromEntries(folders.filter(([, file]) => typeof file === 'string')) };
  } catch {
    return NOTHING_BUILT;
  }
}

function lastBuiltNote(io: Io): string {
  return join(cacheFolder(io), 'last-build.json');
}

function localConfig(io: Io): string | null {
  const file = join(io.cwd, CONFIG_NAME);
  return existsSync(file) ? file : null;
}

function pathsOrExamples(paths: readonly string[], io: Io): readonly string[] {
  if (paths.length > 0) return paths.map((path) => resolve(io.cwd, path));
  const examples = examplesFolder();
  if (examples !== null) return [examples];
  throw usageError(`Name the folders of the rules, or write a ${CONFIG_NAME} here.`);
}

/** The examples beside Rulescope's own sources; null where it was installed without them. */
function examplesFolder(): string | null {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const folder = join(root, 'examples');
  return existsSync(join(root, 'packages', 'cli', 'package.json')) && existsSync(folder) ? folder : null;
}

function overridden(sources: readonly RuleSource[], options: SourceOptions): readonly RuleSource[] {
  const { platform, licence, link } = options;
  return sources.map((source) => ({
    ...source,
    platform: platform ?? source.platform,
    licence: licence ?? source.licence,
    link: link ?? source.link,
  }));
}

/** A configuration file keeps its catalog whatever it says. */
function configCatalog(file: string, io: Io): string {
  return catalogNamed(existsSync(file) ? realpathSync(file) : file, io);
}

function catalogNamed(key: unknown, io: Io): string {
  const hash = createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 16);
  return join(cacheFolder(io), `catalog-${hash}.sqlite`);
}
