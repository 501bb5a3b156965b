import type { Catalog } from '@rulescope/catalog';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT } from '../errors.ts';
import { tooManyFiles } from '../explain/folder.ts';
import { LANGUAGE_LIST, languageFlag } from '../language-name.ts';
import { openFound } from '../open.ts';
import { renderOverlap } from '../output/overlap.ts';
import { renderOverlapLines } from '../output/overlap-lines.ts';
import { plainJson } from '../output/plain.ts';
import { print, printLines } from '../output/print.ts';
import { examples, globalFlags, wholeNumber } from './options.ts';
import { type Compared, compare } from './overlap-subjects.ts';
import { addCatalogOptions, type CatalogFlags } from './search.ts';

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
    .argument(
      '<file-or-id>',
      'a file or folder of rules, - for standard input, or the id of a rule of the catalog',
    )
    .addHelpText(
      'after',
      examples(
        [
          ['rulescope overlap new-rule.yml', 'does somebody have this rule already?'],
          ['rulescope overlap ~/new-rules', 'the closest rule to each rule of a folder, one a line'],
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
        const compared = await compare(name, { ...flags, language }, catalog, io);
        const { subjects, inFolder, more } = compared;
        if (flags.json === true) await print(io.stdout, asJson(catalog, compared, limit));
        else if (inFolder) await printLines(io.stdout, renderOverlapLines(subjects, paint));
        else await print(io.stdout, renderOverlap(subjects, paint));
        if (more) io.stderr.write(`rulescope: ${tooManyFiles(name)}\n`);
        if (subjects.every(({ understood }) => understood === 'none')) context.exit(EXIT.failed);
      } finally {
        catalog.close();
      }
    });
}

/** Of a folder each rule has the file that it is in. */
function asJson({ path, builtAt }: Catalog, { subjects, inFolder }: Compared, limit: number): string {
  const flat = subjects.map(({ overlap, name, ...rule }) => ({
    ...(inFolder ? { file: name } : {}),
    ...rule,
    ...overlap,
  }));
  return `${plainJson({ catalog: path, builtAt, limit, subjects: flat }, 2)}\n`;
}
