import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Catalog,
  type CatalogRule,
  contextBeside,
  contextOf,
  overlapSubject,
  rulesOfFile,
} from '@rulescope/catalog';
import type { LanguageId } from '@rulescope/logic';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError, EXIT } from '../errors.ts';
import { readText, STDIN } from '../explain/input.ts';
import type { Io } from '../io.ts';
import { LANGUAGE_LIST, languageFlag } from '../language-name.ts';
import { openFound } from '../open.ts';
import { type OverlapSubject, renderOverlap } from '../output/overlap.ts';
import { plainJson } from '../output/plain.ts';
import { print } from '../output/print.ts';
import { examples, globalFlags, wholeNumber } from './options.ts';
import { addCatalogOptions, type CatalogFlags } from './search.ts';
import { findRule } from './show.ts';

interface OverlapFlags extends CatalogFlags {
  readonly language?: string;
  readonly source?: string;
  readonly retired?: boolean;
  readonly limit: number;
}

/** Adds `rulescope overlap`. */
export function addOverlap(program: Command, context: Context): void {
  const command = program
    .command('overlap')
    .description('find the rules, in any language, that look for the same as a rule');
  addCatalogOptions(command)
    .option('-l, --language <id>', `its language: ${LANGUAGE_LIST}`)
    .option('-s, --source <folder>', 'the folder whose macros and lookups a search may use')
    .option('--retired', 'deprecated and unsupported rules, too')
    .option('-n, --limit <number>', 'rules to print', wholeNumber(1, 500), 10)
    .argument('<file-or-id>', 'a file of rules, - for standard input, or the id of a rule of the catalog')
    .addHelpText(
      'after',
      examples(
        [
          ['rulescope overlap new-rule.yml', 'does somebody have this rule already?'],
          ['rulescope overlap 79a87aa6-e4bd-42fc-a5bb-5e6fbdcd62f5', 'what is like a rule of the catalog'],
          ['cat search.txt | rulescope overlap --language spl -', 'a search from another program'],
          ['rulescope overlap new-rule.kql --json | jq ".subjects[].rules[].rule.id"', 'for a program'],
        ],
        'The rules that share the most and the rarest indicators come first: the percentage is how much of what ' +
          'the rule looks for the other one looks for too, and the fewer rules have an indicator, the more it ' +
          'weighs. What is excluded is listed apart; event IDs and the like count for nothing. The rule itself ' +
          'and its copies are left out.',
      ),
    )
    .action(async (name: string, flags: OverlapFlags, self: Command) => {
      const { io, paint } = context;
      const { catalog: file = null, config = null, limit } = flags;
      const language = languageFlag(flags.language);
      const catalog = await openFound(
        { catalog: file, config, json: flags.json === true },
        globalFlags(self),
        io,
      );
      try {
        const subjects = await subjectsOf(name, { ...flags, language }, catalog, io);
        const text = flags.json === true ? asJson(catalog, subjects, limit) : renderOverlap(subjects, paint);
        await print(io.stdout, text);
        if (subjects.every(({ understood }) => understood === 'none')) context.exit(EXIT.failed);
      } finally {
        catalog.close();
      }
    });
}

function asJson({ path, builtAt }: Catalog, subjects: readonly OverlapSubject[], limit: number): string {
  const flat = subjects.map(({ overlap, name: _name, ...rule }) => ({ ...rule, ...overlap }));
  return `${plainJson({ catalog: path, builtAt, limit, subjects: flat }, 2)}\n`;
}

/** The rules of a file, each compared; what is no file is the id of a rule of the catalog. */
async function subjectsOf(
  name: string,
  flags: Omit<OverlapFlags, 'language'> & { readonly language: LanguageId | null },
  catalog: Catalog,
  io: Io,
): Promise<readonly OverlapSubject[]> {
  const { language, source, limit } = flags;
  const retired = flags.retired === true;
  const isFile = name === STDIN || existsSync(resolve(io.cwd, name));
  if (!isFile) return [subjectOf(ruleNamed(catalog, name), catalog, { limit, retired })];
  const shown = name === STDIN ? 'standard input' : name;
  const read = await readText(name, io);
  if (read.kind === 'too-large') throw new CliError(`${shown} has too many characters to be read.`);
  if (read.kind === 'unreadable') throw new CliError(`Cannot read ${shown}: ${read.reason}.`);
  const context =
    source === undefined ? contextBeside(resolve(io.cwd, name)) : contextOf(resolve(io.cwd, source));
  const file = { name: name === STDIN ? null : name, text: read.text, language };
  const found = rulesOfFile(file, context);
  if (found === null) throw new CliError(`Nothing tells the language of ${shown}: say it with --language.`);
  if (found.rules.length === 0) {
    const [first] = found.diagnostics;
    throw new CliError(`${shown}: ${first === undefined ? 'there is no rule in it.' : first.message}`);
  }
  return found.rules.map((rule) => {
    const { indicators: _indicators, ...about } = rule;
    const asked = overlapSubject(rule, catalog);
    const id = asked.rule ?? rule.id;
    const overlap = catalog.overlap(asked, { limit, retired });
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
  options: { readonly limit: number; readonly retired: boolean },
): OverlapSubject {
  const { diagnostics } = result;
  const overlap = catalog.overlap({ rule: id }, options);
  return { name: id, id, title, language, understood, diagnostics, known: true, overlap };
}
