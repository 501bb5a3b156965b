import { type Catalog, FACETS, type FacetName, type RuleFilter, type RuleList } from '@rulescope/catalog';
import { nearest } from '@rulescope/logic';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, usageError } from '../errors.ts';
import { openFound } from '../open.ts';
import { plainJson, plainLine } from '../output/plain.ts';
import { print, printLines } from '../output/print.ts';
import { columns } from '../output/table.ts';
import { formatNumber, plural } from '../output/words.ts';
import { addFilterOptions, chosenFacets, type FilterFlags, filterOf } from './filter.ts';
import { examples, globalFlags, wholeNumber } from './options.ts';
import { resolveFilter } from './values.ts';

/** The options that say which catalog to read. */
export interface CatalogFlags {
  readonly catalog?: string;
  readonly config?: string;
  readonly json?: boolean;
}

interface SearchFlags extends CatalogFlags, FilterFlags {
  readonly limit: number;
  readonly offset: number;
}

/** Adds the options that say which catalog to read, and `--json`. */
export function addCatalogOptions(command: Command): Command {
  return command
    .option('--catalog <file>', 'the catalog to read (default: the last one built here)')
    .option('-c, --config <file>', 'read the catalog of this configuration')
    .option('--json', 'print the answer as JSON');
}

/** Adds `rulescope search`. */
export function addSearch(program: Command, context: Context): void {
  const command = program.command('search').description('find rules by words, technique, event and more');
  addFilterOptions(addCatalogOptions(command))
    .argument('[words...]', 'words of a title, a description, a value or the rule text; all must be there')
    .allowUnknownOption()
    .option('-n, --limit <number>', 'rules to print', wholeNumber(1, 10_000), 20)
    .option('--offset <number>', 'rules to pass over', wholeNumber(0, 100_000_000), 0)
    .addHelpText(
      'after',
      examples(
        [
          ['rulescope search msiexec quiet', 'rules that hold both words'],
          ['rulescope search --technique T1218 --severity high', 'rules by what they are for'],
          ['rulescope search certutil -urlcache', 'a word that starts with a dash'],
          ['rulescope search -- -quiet --status', 'words that would be options: all that follows --'],
          ['rulescope search --json powershell | jq -r ".rules[].id"', 'their ids, for a program'],
        ],
        'Deprecated and unsupported rules are left out, unless --retired or their status asks for them. The ' +
          'exit code is 1 where no rule is found.',
      ),
    )
    .action(async (words: readonly string[], flags: SearchFlags, self: Command) => {
      const { io } = context;
      const { catalog: file = null, config = null, limit, offset } = flags;
      for (const word of oddWords(words, self))
        io.stderr.write(`rulescope: ${plainLine(word)} is no option: it is searched for as a word.\n`);
      const facets = chosenFacets(flags);
      if (words.length === 0 && Object.keys(facets).length === 0) {
        throw usageError('Give words, or say which rules: --technique, --event, --status …');
      }
      const catalog = await openFound(
        { catalog: file, config, json: flags.json === true },
        globalFlags(self),
        io,
      );
      try {
        const q = words.join(' ');
        const page = { limit, offset };
        const { filter, notes } = resolveFilter(catalog, filterOf(flags));
        for (const note of globalFlags(self).quiet ? [] : notes) io.stderr.write(`rulescope: ${note}\n`);
        const list = words.length === 0 ? catalog.rules(filter, page) : catalog.search(q, page, filter);
        if (list.total === 0) context.exit(EXIT.failed);
        if (flags.json === true)
          await print(io.stdout, `${plainJson({ q, filter, limit, offset, ...list }, 2)}\n`);
        else await printLines(io.stdout, renderList(list, offset, globalFlags(self).quiet));
        for (const name of list.total === 0 ? unknownValues(catalog, filter) : []) {
          io.stderr.write(
            `rulescope: no rule has the ${name} ${JSON.stringify(plainLine(filter[name] ?? ''))}: \`rulescope stats --by ${name}\` lists what there is.\n`,
          );
        }
      } finally {
        catalog.close();
      }
    });
}

/**
 * The words that look like options and are none; one that is nearly an option is an error. What follows `--` is
 * meant as words, whatever it looks like.
 */
function oddWords(words: readonly string[], command: Command): readonly string[] {
  const known = command.options.flatMap(({ long }) => long ?? []);
  const odd = words.filter((word) => word.startsWith('--') && !known.includes(word));
  for (const word of odd) {
    const meant = nearest(word, known);
    if (meant !== null)
      throw usageError(
        `unknown option '${word}': did you mean ${meant}? As a word, write it without the dashes.`,
      );
  }
  return odd;
}

/** The facets that were asked for a value that no rule has. */
function unknownValues(catalog: Catalog, chosen: RuleFilter): readonly FacetName[] {
  return FACETS.filter((name) => {
    const value = chosen[name];
    if (value === undefined) return false;
    return catalog.rules({ [name]: value, retired: true }, { limit: 1, offset: 0 }).total === 0;
  });
}

function renderList(list: RuleList, offset: number, quiet: boolean): readonly string[] {
  const rows = list.rules.map((rule) => [
    plainLine(rule.id),
    plainLine(rule.severity ?? ''),
    plainLine(rule.status ?? ''),
    plainLine(rule.title),
  ]);
  const lines = columns(rows, ['left', 'left', 'left', 'left']);
  if (quiet) return lines;
  const last = offset + list.rules.length;
  const part =
    list.rules.length === 0 || list.rules.length === list.total
      ? ''
      : `, ${formatNumber(offset + 1)} to ${formatNumber(last)} shown (--limit, --offset)`;
  return [...lines, `${list.total === 0 ? 'No rule' : plural(list.total, 'rule')} found${part}.`];
}
