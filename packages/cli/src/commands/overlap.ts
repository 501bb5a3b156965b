import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Catalog,
  contextOf,
  type FileRule,
  type Overlap,
  type OverlapSubject,
  rulesOfFile,
} from '@rulescope/catalog';
import type { LanguageId } from '@rulescope/logic';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { readText, STDIN } from '../explain/input.ts';
import type { Io } from '../io.ts';
import { LANGUAGE_LIST, languageFlag } from '../language-name.ts';
import { openFound } from '../open.ts';
import { renderOverlap } from '../output/overlap.ts';
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

/** A rule that others are compared with. */
interface Subject {
  readonly id: string | null;
  readonly title: string;
  readonly asked: OverlapSubject;
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
        'The rules that share the most and the rarest indicators come first. What is excluded is listed ' +
          'apart, and event IDs and the like count for nothing. The rule itself and its copies are left out.',
      ),
    )
    .action(async (name: string, flags: OverlapFlags, self: Command) => {
      const { io, paint } = context;
      const { catalog: file = null, config = null, limit } = flags;
      const language = languageFlag(flags.language);
      const catalog = await openFound({ catalog: file, config }, globalFlags(self), io);
      try {
        const subjects = await subjectsOf(name, { language, source: flags.source }, catalog, io);
        const options = { limit, retired: flags.retired === true };
        const answers = subjects.map(({ id, title, asked }) => ({
          id,
          title,
          ...catalog.overlap(asked, options),
        }));
        await print(
          io.stdout,
          flags.json === true ? asJson(catalog, answers) : renderOverlap(answers, paint),
        );
      } finally {
        catalog.close();
      }
    });
}

function asJson(catalog: Catalog, subjects: readonly Overlap[]): string {
  return `${plainJson({ catalog: catalog.path, builtAt: catalog.builtAt, subjects }, 2)}\n`;
}

/** The rules of a file; what is no file is the id of a rule. */
async function subjectsOf(
  name: string,
  { language, source }: { readonly language: LanguageId | null; readonly source: string | undefined },
  catalog: Catalog,
  io: Io,
): Promise<readonly Subject[]> {
  if (name !== STDIN && !existsSync(resolve(io.cwd, name))) {
    const { id, title } = findRule(catalog, name);
    return [{ id, title, asked: { rule: id } }];
  }
  const read = await readText(name, io);
  if (read.kind === 'too-large') throw new CliError(`${name} has too many characters to be read.`);
  if (read.kind === 'unreadable') throw new CliError(`Cannot read ${name}: ${read.reason}.`);
  const context = source === undefined ? null : contextOf(resolve(io.cwd, source));
  const file = { name: name === STDIN ? null : name, text: read.text, language };
  const found = rulesOfFile(file, context);
  if (found === null) throw new CliError(`Nothing tells the language of ${name}: say it with --language.`);
  if (found.rules.length === 0) {
    throw new CliError(
      `There is no rule in ${name}${found.diagnostics.map(({ message }) => `: ${message}`)[0] ?? '.'}`,
    );
  }
  return found.rules.map((rule) => subjectOf(rule, catalog));
}

/** A rule of a file; where the catalog has it already, it is no part of the answer. */
function subjectOf({ id, title, indicators }: FileRule, catalog: Catalog): Subject {
  const known = id === null ? null : catalog.rule(id);
  const asked = indicators.filter(({ selector }) => !selector);
  return { id, title, asked: { ...(known === null ? {} : { rule: known.id }), indicators: asked } };
}
