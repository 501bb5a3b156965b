import type { Catalog, CatalogStats, Facet, FacetName } from '@rulescope/catalog';
import { FACETS } from '@rulescope/catalog';
import { type Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { usageError } from '../errors.ts';
import { openFound } from '../open.ts';
import type { Paint } from '../output/paint.ts';
import { plainJson, plainLine } from '../output/plain.ts';
import { print, printLines } from '../output/print.ts';
import { FEW_RULES, renderNotUnderstood } from '../output/report.ts';
import { attackTitle } from '../output/rule.ts';
import { columns } from '../output/table.ts';
import { renderUnderstanding } from '../output/understanding.ts';
import { formatNumber, plural } from '../output/words.ts';
import { addFilterOptions, chosenFacets, type FilterFlags, filterOf } from './filter.ts';
import { examples, globalFlags, wholeNumber } from './options.ts';
import type { CatalogFlags } from './search.ts';
import { addCatalogOptions } from './search.ts';
import { resolveFilter } from './values.ts';

interface StatsFlags extends CatalogFlags, FilterFlags {
  readonly by?: FacetName;
  readonly coverage?: boolean;
  readonly limit: number;
}

/** Adds `rulescope stats`. */
export function addStats(program: Command, context: Context): void {
  const command = program
    .command('stats')
    .description('show what the catalog holds, and what was not understood');
  addFilterOptions(addCatalogOptions(command))
    .addOption(new Option('--by <what>', 'count rules by technique, event, field …').choices([...FACETS]))
    .option(
      '--coverage',
      'what is understood by source and language, which fields are known, what is missing',
    )
    .option('-n, --limit <number>', 'values to print with --by or --coverage', wholeNumber(1, 1_000_000), 20)
    .addHelpText(
      'after',
      examples(
        [
          ['rulescope stats', 'the figures of the last catalog that was built'],
          ['rulescope stats --by technique', 'the techniques that most rules are for'],
          ['rulescope stats --by event --tactic credential-access', 'the events that some rules need'],
          ['rulescope stats --coverage', 'how much of the rules is read, and what stands in the way'],
          ['rulescope stats --json | jq .diagnostics', 'how often each diagnostic was given'],
        ],
        'Deprecated and unsupported rules are left out, unless --retired or their status asks for them.',
      ),
    )
    .action(async (flags: StatsFlags, self: Command) => {
      const { io, paint } = context;
      const { catalog: file = null, config = null } = flags;
      if (flags.by === undefined && Object.keys(chosenFacets(flags)).length > 0) {
        throw usageError('Say what to count such rules by: --by technique, --by event, --by field …');
      }
      const catalog = await openFound(
        { catalog: file, config, json: flags.json === true },
        globalFlags(self),
        io,
      );
      try {
        const { path, builtAt } = catalog;
        if (flags.by !== undefined) {
          const { filter, notes } = resolveFilter(catalog, filterOf(flags));
          for (const note of globalFlags(self).quiet ? [] : notes) io.stderr.write(`rulescope: ${note}\n`);
          const facets = catalog.facets(filter, [flags.by], flags.limit);
          if (flags.json === true)
            await print(io.stdout, `${plainJson({ catalog: path, builtAt, filter, facets }, 2)}\n`);
          else await printLines(io.stdout, facets.flatMap(renderFacet));
          return;
        }
        if (flags.coverage === true) {
          const report = catalog.understanding({ retired: flags.retired === true });
          if (flags.json === true)
            await print(io.stdout, `${plainJson({ catalog: path, builtAt, ...report }, 2)}\n`);
          else await printLines(io.stdout, renderUnderstanding(report, flags.limit, paint));
          return;
        }
        const stats = catalog.stats({ retired: flags.retired === true });
        const { version, derived, source } = catalog.attack;
        const attack = { version, derived, source };
        const all = flags.json === true || globalFlags(self).verbose;
        const limit = all ? Number.MAX_SAFE_INTEGER : FEW_RULES;
        const { total, rules: notUnderstood } = catalog.notUnderstood({ limit, offset: 0 });
        if (flags.json === true) {
          const figures = { catalog: path, builtAt, attack, ...stats, notUnderstood };
          await print(io.stdout, `${plainJson(figures, 2)}\n`);
          return;
        }
        const named = renderNotUnderstood(notUnderstood, { total, places: 'rule' }, paint);
        await printLines(io.stdout, renderStats(catalog, stats, named, flags.retired === true, paint));
      } finally {
        catalog.close();
      }
    });
}

/** The values of a facet: what filters take, and what people read where that is something else. */
function renderFacet({ values, total }: Facet): readonly string[] {
  const rows = values.map(({ value, label, rules }) => {
    const names = label.startsWith(value) ? [label] : [value, label];
    return [formatNumber(rules), ...names.map(plainLine)];
  });
  const more = total - values.length;
  return [
    ...columns(rows, ['right', 'left', 'left']),
    ...(more > 0 ? [`and ${formatNumber(more)} more: --limit`] : []),
  ];
}

function renderStats(
  catalog: Catalog,
  stats: CatalogStats,
  notUnderstood: readonly string[],
  withRetired: boolean,
  paint: Paint,
): readonly string[] {
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
    ...(stats.retired === 0
      ? []
      : [
          `${plural(stats.retired, 'rule')} deprecated or unsupported, ${withRetired ? 'counted' : 'not counted (--retired)'}.`,
        ]),
    '',
    paint.heading(head),
    ...sources,
    '',
    ...(notUnderstood.length === 0 ? [] : [...notUnderstood, '']),
    ...(diagnostics.length === 0
      ? []
      : [paint.heading('Diagnostics (`rulescope help CODE` explains each)'), ...diagnostics, '']),
    `${attackTitle(catalog.attack)}, from ${plainLine(catalog.attack.source)}`,
  ];
}
