import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  type BuildOptions,
  type BuildReport,
  buildCatalog,
  type Catalog,
  openCatalog,
  type RuleSource,
} from '@rulescope/catalog';
import { afterEach } from 'vitest';

const folders: string[] = [];
const catalogs: Catalog[] = [];

afterEach(() => {
  for (const catalog of catalogs.splice(0)) catalog.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that goes after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rulescope-catalog-'));
  folders.push(folder);
  return folder;
}

/** A folder with files in it, by their paths. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) put(folder, path, content);
  return folder;
}

export function put(folder: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

export function source(name: string, path: string, more: Partial<RuleSource> = {}): RuleSource {
  return { name, path, platform: 'sigma', licence: null, link: null, ...more };
}

/** Builds without a cache, into a folder of its own, unless told otherwise. */
export function build(
  sources: readonly RuleSource[],
  more: Partial<BuildOptions> = {},
): Promise<BuildReport> {
  return buildCatalog({ sources, output: join(temporaryFolder(), 'c.sqlite'), cacheFolder: null, ...more });
}

/** Opens a catalog that is closed after the test. */
export function open(path: string): Catalog {
  const catalog = openCatalog(path);
  catalogs.push(catalog);
  return catalog;
}

/** The catalog of files, built and opened. */
export async function catalogOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  more: Partial<RuleSource> = {},
): Promise<Catalog> {
  const { output } = await build([source('own', folderWith(files), more)]);
  return open(output);
}

export const ALL = { limit: 1000, offset: 0 };

/** A Sigma rule; `detection` is YAML that belongs under that key. */
export function sigmaRule(id: string | null, detection: string, more = ''): string {
  const lines = detection.trim().split('\n');
  return [
    `title: Rule ${id ?? 'without id'}`,
    ...(id === null ? [] : [`id: ${id}`]),
    'logsource: { category: process_creation, product: windows }',
    ...(more === '' ? [] : [more]),
    'detection:',
    ...lines.map((line) => `    ${line}`),
    '',
  ].join('\n');
}

/** A rule that looks for one command line. */
export function simpleRule(id: string | null, value = 'whoami'): string {
  return sigmaRule(id, `selection:\n    CommandLine|contains: '${value}'\ncondition: selection`);
}
