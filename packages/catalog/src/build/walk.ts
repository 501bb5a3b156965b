import { isUtf8 } from 'node:buffer';
import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '@rulescope/logic';
import { CONFIG_NAME } from '../config.ts';
import { catalogCode, fileDiagnostic } from '../diagnostic-codes.ts';
import { CatalogError, reasonOf } from '../errors.ts';
import type { RuleSource } from '../types.ts';

/** A file of a source that is to be read. */
export interface FoundFile {
  /** Within the source, with `/`; a byte that is not UTF-8 is shown as `\xNN`. */
  readonly path: string;
  /** What the operating system calls it, which need not be UTF-8. */
  readonly location: Buffer;
  /** Whether the source names this file, not a folder that it is in. */
  readonly isNamed?: boolean;
}

/** Something in a source that could not be reached. */
interface FoundProblem {
  readonly path: string;
  readonly diagnostic: Diagnostic;
}

export interface Found {
  /** In the order of their paths. */
  readonly files: readonly FoundFile[];
  readonly problems: readonly FoundProblem[];
}

/**
 * Finds the files of a source whose names `matches` accepts. Folders whose names start with a dot and
 * `rulescope.yml` are passed over. A link is followed where it leads to something not found already, so that
 * loops end and nothing is read twice. What cannot be reached becomes a problem; only a source that is not
 * there at all throws a CatalogError (`source-unreadable`).
 */
export function findFiles(source: RuleSource, matches: (path: string) => boolean): Found {
  const root = Buffer.from(resolve(source.path));
  const stats = rootStats(source);
  if (!stats.isDirectory()) {
    const name = nameOf(root.subarray(root.lastIndexOf(separatorOf(root)) + 1));
    return { files: [{ path: name, location: root, isNamed: true }], problems: [] };
  }
  const walk: Walk = { matches, files: [], problems: [], links: [], seen: new Set() };
  walkFolder({ path: '', location: root }, walk);
  followLinks(walk);
  return { files: walk.files.toSorted(byPath), problems: walk.problems.toSorted(byPath) };
}

interface Walk {
  readonly matches: (path: string) => boolean;
  readonly files: FoundFile[];
  readonly problems: FoundProblem[];
  /** Links are kept until everything that has a place of its own was found there. */
  readonly links: FoundFile[];
  /** The real paths of the folders and files found. */
  readonly seen: Set<string>;
}

function rootStats(source: RuleSource): Stats {
  try {
    return statSync(source.path);
  } catch (error) {
    const message = `Cannot read ${source.path}, the path of the source ${JSON.stringify(source.name)}: ${reasonOf(error)}.`;
    throw new CatalogError('source-unreadable', message, error);
  }
}

function walkFolder(folder: FoundFile, walk: Walk): void {
  const real = realPath(folder.location);
  if (real !== null && walk.seen.has(real)) return;
  let entries: readonly Dirent<Buffer>[];
  try {
    entries = readdirSync(folder.location, { withFileTypes: true, encoding: 'buffer' });
  } catch (error) {
    addProblem(folder.path === '' ? '.' : folder.path, reasonOf(error), walk);
    return;
  }
  if (real !== null) walk.seen.add(real);
  for (const entry of entries) {
    const found = entryOf(folder, entry.name);
    if (entry.isSymbolicLink()) walk.links.push(found);
    else if (entry.isDirectory()) walkInto(found, walk);
    else if (entry.isFile()) addFile(found, walk);
    else if (isWanted(found.path, walk)) addProblem(found.path, 'it is not an ordinary file', walk);
  }
}

function walkInto(folder: FoundFile, walk: Walk): void {
  if (!lastName(folder.path).startsWith('.')) walkFolder(folder, walk);
}

function addFile(file: FoundFile, walk: Walk): void {
  if (isWanted(file.path, walk)) walk.files.push(file);
}

function isWanted(path: string, walk: Walk): boolean {
  return lastName(path) !== CONFIG_NAME && walk.matches(path);
}

/** Follows the links, in the order of their paths; a folder that is reached by one may hold more of them. */
function followLinks(walk: Walk): void {
  const known = new Set<string | null>();
  let listed = 0;
  while (walk.links.length > 0) {
    for (; listed < walk.files.length; listed += 1) known.add(realPath(walk.files[listed]?.location));
    for (const link of walk.links.splice(0).toSorted(byPath)) {
      const target = targetOf(link, walk);
      if (target === null) continue;
      if (target.stats.isDirectory()) walkInto(link, walk);
      else if (!isWanted(link.path, walk)) continue;
      else if (!target.stats.isFile()) addProblem(link.path, 'it is not an ordinary file', walk);
      else if (!known.has(target.real)) {
        known.add(target.real);
        walk.files.push(link);
      }
    }
  }
}

function targetOf(
  link: FoundFile,
  walk: Walk,
): { readonly stats: Stats; readonly real: string | null } | null {
  try {
    return { stats: statSync(link.location), real: realPath(link.location) };
  } catch (error) {
    if (isWanted(link.path, walk)) addProblem(link.path, reasonOf(error), walk);
    return null;
  }
}

function addProblem(path: string, reason: string, walk: Walk): void {
  const message = `Cannot read it: ${reason}.`;
  walk.problems.push({ path, diagnostic: fileDiagnostic(catalogCode('file-unreadable'), message) });
}

/** Latin-1 keeps apart whatever bytes a name has. */
function realPath(location: Buffer | undefined): string | null {
  if (location === undefined) return null;
  try {
    return realpathSync.native(location, 'buffer').toString('latin1');
  } catch {
    return null;
  }
}

const SLASH = Buffer.from('/');

function entryOf(folder: FoundFile, name: Buffer): FoundFile {
  const shown = nameOf(name);
  return {
    path: folder.path === '' ? shown : `${folder.path}/${shown}`,
    location: Buffer.concat([folder.location, SLASH, name]),
  };
}

function nameOf(name: Buffer): string {
  if (isUtf8(name)) return name.toString('utf8');
  return Array.from(name, (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`,
  ).join('');
}

function separatorOf(path: Buffer): string {
  return path.includes('\\') && !path.includes('/') ? '\\' : '/';
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** By UTF-16 units, whatever the language of the machine, so that every machine builds the same catalog. */
function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
