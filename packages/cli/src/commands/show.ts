import type { Catalog, CatalogRule } from '@rulescope/catalog';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { openFound } from '../open.ts';
import { plainJson } from '../output/plain.ts';
import { print, widthOf } from '../output/print.ts';
import { renderRule } from '../output/rule.ts';
import { examples, globalFlags } from './options.ts';
import type { CatalogFlags } from './search.ts';
import { addCatalogOptions } from './search.ts';

interface ShowFlags extends CatalogFlags {
  readonly retired?: boolean;
}

/** Adds `rulescope show`. */
export function addShow(program: Command, context: Context): void {
  const command = program
    .command('show')
    .description('show one rule of the catalog: logic, corpus counts, events, ATT&CK');
  addCatalogOptions(command)
    .option('--retired', 'count deprecated and unsupported rules, too')
    .argument('<id>', 'the rule’s id, with its platform or without')
    .addHelpText(
      'after',
      examples([
        ['rulescope show sigma/79a87aa6-e4bd-42fc-a5bb-5e6fbdcd62f5', 'a rule, to read'],
        ['rulescope show 79a87aa6-e4bd-42fc-a5bb-5e6fbdcd62f5 --json', 'everything that is known of it'],
      ]),
    )
    .action(async (id: string, flags: ShowFlags, self: Command) => {
      const { io, paint } = context;
      const { catalog: file = null, config = null } = flags;
      const catalog = await openFound(
        { catalog: file, config, json: flags.json === true },
        globalFlags(self),
        io,
      );
      try {
        const rule = findRule(catalog, id);
        const counts = catalog.indicatorCounts(rule.id, { retired: flags.retired === true });
        const broader = catalog.broaderIndicators(rule.id);
        const text =
          flags.json === true
            ? `${plainJson({ ...rule, indicatorCounts: counts, broaderIndicators: broader }, 2)}\n`
            : renderRule(rule, { counts, broader, attack: catalog.attack }, { paint, width: widthOf(io) });
        await print(io.stdout, text);
      } finally {
        catalog.close();
      }
    });
}

/** Far more than any catalog has. */
const MOST_PLATFORMS = 1000;

/** A rule by its whole id, or by the one of its source where only one platform has it. */
export function findRule(catalog: Catalog, id: string): CatalogRule {
  const whole = catalog.rule(id);
  if (whole !== null) return whole;
  const [platforms] = catalog.facets({ retired: true }, ['platform'], MOST_PLATFORMS);
  const found = (platforms?.values ?? [])
    .map(({ value: platform }) => catalog.rule(`${platform}/${id}`))
    .filter((rule) => rule !== null);
  const [only] = found;
  if (only === undefined) {
    throw new CliError(
      `There is no rule ${id} in ${catalog.path}: \`rulescope search\` finds rules by words.`,
    );
  }
  if (found.length > 1) {
    throw new CliError(`Several rules have this id: ${found.map((rule) => rule.id).join(', ')}.`);
  }
  return only;
}
