import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import {
  type Catalog,
  type CatalogRule,
  contextBeside,
  contextOf,
  overlapSubject,
  ruleFilesOf,
  rulesOfFile,
  type SourceContext,
} from '@rulescope/catalog';
import type { LanguageId } from '@rulescope/logic';
import { CliError } from '../errors.ts';
import { isFolder, MOST_FILES } from '../explain/folder.ts';
import { readText, STDIN } from '../explain/input.ts';
import type { Io } from '../io.ts';
import type { OverlapSubject } from '../output/overlap.ts';
import { findRule } from './show.ts';

/** How rules are read and compared. */
interface CompareOptions {
  readonly language: LanguageId | null;
  /** The folder whose macros and lookups searches may use. */
  readonly source?: string;
  readonly retired?: boolean;
  readonly limit: number;
}

/** Rules that were compared with those of a catalog. */
export interface Compared {
  readonly subjects: readonly OverlapSubject[];
  /** Whether they are those of a folder, which are told in short. */
  readonly inFolder: boolean;
  /** Whether the folder has more files than were read. */
  readonly more: boolean;
}

/** The rules of a file or of a folder, each compared; what is neither is the id of a rule of the catalog. */
export async function compare(
  name: string,
  options: CompareOptions,
  catalog: Catalog,
  io: Io,
): Promise<Compared> {
  const path = resolve(io.cwd, name);
  const named = options.source === undefined ? null : contextOf(resolve(io.cwd, options.source));
  if (name !== STDIN && !existsSync(path)) {
    return {
      subjects: [subjectOf(ruleNamed(catalog, name), catalog, options)],
      inFolder: false,
      more: false,
    };
  }
  if (name === STDIN || !isFolder(path)) {
    const around = named ?? contextBeside(path);
    return {
      subjects: await rulesCompared(name, around, options, catalog, io),
      inFolder: false,
      more: false,
    };
  }
  const { paths, more } = ruleFilesOf(path, MOST_FILES);
  const around = named ?? contextOf(path);
  const subjects: OverlapSubject[] = [];
  for (const file of paths) {
    const shown = join(name, relative(path, file));
    try {
      subjects.push(...(await rulesCompared(shown, around, options, catalog, io)));
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      io.stderr.write(`rulescope: ${error.message}\n`);
    }
  }
  if (subjects.length === 0) throw new CliError(`There is no rule in ${name}.`);
  return { subjects, inFolder: true, more };
}

/** The rules of a file. Throws a CliError where it cannot be read or has none. */
async function rulesCompared(
  name: string,
  around: SourceContext | null,
  options: CompareOptions,
  catalog: Catalog,
  io: Io,
): Promise<readonly OverlapSubject[]> {
  const shown = name === STDIN ? 'standard input' : name;
  const read = await readText(name, io);
  if (read.kind === 'too-large') throw new CliError(`${shown} has too many characters to be read.`);
  if (read.kind === 'unreadable') throw new CliError(`Cannot read ${shown}: ${read.reason}.`);
  const file = { name: name === STDIN ? null : name, text: read.text, language: options.language };
  const found = rulesOfFile(file, around);
  if (found === null) throw new CliError(`Nothing tells the language of ${shown}: say it with --language.`);
  if (found.rules.length === 0) {
    const [first] = found.diagnostics;
    throw new CliError(
      first === undefined
        ? `${shown}: there is no rule in it.`
        : `${shown}:${first.line}:${first.column}: ${first.message}`,
    );
  }
  return found.rules.map((rule) => {
    const { indicators: _indicators, ...about } = rule;
    const asked = overlapSubject(rule, catalog);
    const id = asked.rule ?? rule.id;
    const overlap = catalog.overlap(asked, limits(options));
    return { ...about, name: shown, id, known: asked.rule !== undefined, overlap };
  });
}

/** A rule of the catalog. What has the ending of a file was most likely meant as one. */
function ruleNamed(catalog: Catalog, name: string): CatalogRule {
  if (/\.[a-z]{2,6}$/i.test(name) && catalog.rule(name) === null) {
    throw new CliError(`There is no file ${name}, and no rule of that id in ${catalog.path}.`);
  }
  return findRule(catalog, name);
}

/** What a rule of the catalog shares with others. */
function subjectOf(
  { id, title, language, understood, result }: CatalogRule,
  catalog: Catalog,
  options: CompareOptions,
): OverlapSubject {
  const { diagnostics } = result;
  const overlap = catalog.overlap({ rule: id }, limits(options));
  return { name: id, id, title, language, understood, diagnostics, known: true, overlap };
}

function limits({ limit, retired = false }: CompareOptions): {
  readonly limit: number;
  readonly retired: boolean;
} {
  return { limit, retired };
}
