import type { Catalog, CatalogStats } from '@rulescope/catalog';
import { openCatalog } from '@rulescope/catalog';
import type { Command } from 'commander';
import { findCatalog } from '../catalog-path.ts';
import type { Context } from '../context.ts';
import type { Paint } from '../output/paint.ts';
import { plainJson, plainLine } from '../output/plain.ts';
import { print, printLines } from '../output/print.ts';
import { columns } from '../output/table.ts';
import { formatNumber, plural } from '../output/words.ts';
import { examples } from './options.ts';
import type { CatalogFlags } from './search.ts';
import { addCatalogOptions } from './search.ts';

/** Adds `rulescope stats`. */
export function addStats(program: Command, context: Context): void {
  const command = program
    .command('stats')
    .description('show what the catalog holds, and what was not understood');
  addCatalogOptions(command)
    .addHelpText(
      'after',
      examples([
        ['rulescope stats', 'the figures of the last catalog that was built'],
        ['rulescope stats --json | jq .diagnostics', 'how often each diagnostic was given'],
      ]),
    )
    .action(async (flags: CatalogFlags) => {
      const { io, paint } = context;
      const { catalog: file = null, config = null } = flags;
      const catalog = openCatalog(findCatalog({ catalog: file, config }, io));
      try {
        const stats = catalog.stats();
        const { path, builtAt } = catalog;
        if (flags.json === true)
          await print(io.stdout, `${plainJson({ catalog: path, builtAt, ...stats }, 2)}\n`);
        else await printLines(io.stdout, renderStats(catalog, stats, paint));
      } finally {
        catalog.close();
      }
    });
}

function renderStats(catalog: Catalog, stats: CatalogStats, paint: Paint): readonly string[] {
  const [head = '', ...sources] = columns(
    [
      ['Source', 'Platform', 'Rules', 'In full', 'In part', 'Not'],
      ...stats.sources.map(({ name, platform, rules, understood }) => [
        plainLine(name),
        plainLine(platform),
        formatNumber(rules),
        formatNumber(understood.full),
        formatNumber(understood.partial),
        formatNumber(understood.none),
      ]),
    ],
    ['left', 'left', 'right', 'right', 'right', 'right'],
  );
  const diagnostics = columns(
    stats.diagnostics.map(({ code, count }) => [formatNumber(count), code]),
    ['right', 'left'],
  );
  return [
    `${plural(stats.rules, 'rule')} from ${plural(stats.files, 'file')}, ${plural(stats.indicators, 'indicator')}; ${plural(stats.problems, 'file')} with problems.`,
    '',
    paint.heading(head),
    ...sources,
    '',
    ...(diagnostics.length === 0
      ? []
      : [paint.heading('Diagnostics (`rulescope help CODE` explains each)'), ...diagnostics, '']),
    `Catalog: ${plainLine(catalog.path)}, built ${plainLine(catalog.builtAt)}`,
  ];
}
