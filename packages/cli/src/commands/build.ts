import { resolve } from 'node:path';
import type { BuildReport } from '@rulescope/catalog';
import { buildCatalog, readAttackRelease } from '@rulescope/catalog';
import type { Command } from 'commander';
import type { BuildPlan } from '../catalog-path.ts';
import { cacheFolder, planBuild, rememberCatalog } from '../catalog-path.ts';
import type { Context, GlobalFlags } from '../context.ts';
import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';
import { plainJson } from '../output/plain.ts';
import { print, printLines } from '../output/print.ts';
import { progressLine } from '../output/progress.ts';
import { renderReport } from '../output/report.ts';
import { examples, globalFlags } from './options.ts';

/** The options that say which rules a catalog holds. */
export interface SourceFlags {
  readonly config?: string;
  readonly platform?: string;
  readonly licence?: string;
  readonly link?: string;
  /** A release of ATT&CK: its version, or a STIX bundle. */
  readonly attack?: string;
  /** False with `--no-cache`. */
  readonly cache: boolean;
}

interface BuildFlags extends SourceFlags {
  readonly output?: string;
  readonly json?: boolean;
}

/** Adds `rulescope build`. */
export function addBuild(program: Command, context: Context): void {
  const command = program.command('build').description('read rules and write a catalog of them');
  addSourceOptions(command)
    .option('-o, --output <file>', 'the catalog file to write or replace')
    .option('--json', 'print what was done as JSON')
    .addHelpText(
      'after',
      examples(
        [
          ['rulescope build', 'the sources of ./rulescope.yml, or Rulescope’s own examples'],
          [
            'rulescope build ~/sigma/rules ~/security_content',
            'all rules of some folders, whatever their format',
          ],
          ['rulescope build rules --output rules.sqlite', 'a catalog file of your choice'],
          [
            'rulescope build rules --attack enterprise-attack.json',
            'tags resolved against MITRE’s own bundle',
          ],
        ],
        'A file that cannot be read is named with the reason and stops nothing. Rules that did ' +
          'not change since the last build are taken from the cache. The old catalog stays readable ' +
          'until the new one is complete.',
      ),
    )
    .action(async (paths: readonly string[], flags: BuildFlags, self: Command) => {
      const global = globalFlags(self);
      const { io, paint } = context;
      const plan = planOf(paths, flags, io);
      const output = flags.output === undefined ? plan.output : resolve(io.cwd, flags.output);
      const report = await build({ ...plan, output }, flags, global, io);
      if (flags.json === true) await print(io.stdout, `${plainJson(report, 2)}\n`);
      else if (!global.quiet) await printLines(io.stdout, renderReport(report, global.verbose, paint));
      checkFound(report, plan);
    });
}

/** The paths and options that say which rules a catalog holds. */
export function addSourceOptions(command: Command): Command {
  return command
    .argument('[paths...]', 'folders and files of rules')
    .option('-c, --config <file>', 'a file that names the sources (default: ./rulescope.yml)')
    .option('--platform <name>', 'the platform that all rules count as (default: what their format says)')
    .option('--licence <name>', 'the licence of rules that name none')
    .option('--link <template>', 'the address of a rule’s file, with {path} for its path')
    .option('--attack <release>', 'the release of ATT&CK: 19.1, 18.1 or a STIX bundle (default: 19.1)')
    .option('--no-cache', 'analyse every rule afresh');
}

/** What the paths and options ask for. */
export function planOf(paths: readonly string[], flags: SourceFlags, io: Io): BuildPlan {
  const { config = null, platform = null, licence = null, link = null } = flags;
  return planBuild({ paths, config, platform, licence, link }, io);
}

/** Builds a catalog, with a progress line where that takes long. */
export async function build(
  plan: BuildPlan,
  flags: Pick<SourceFlags, 'cache' | 'attack'>,
  global: GlobalFlags,
  io: Io,
): Promise<BuildReport> {
  const attack = flags.attack === undefined ? {} : { attack: readAttackRelease(flags.attack, io.cwd) };
  const progress = progressLine(io, global.quiet);
  let report: BuildReport;
  try {
    report = await buildCatalog({
      sources: plan.sources,
      output: plan.output,
      ...attack,
      cacheFolder: flags.cache ? resolve(cacheFolder(io), 'analyses') : null,
      onProgress: progress.show,
    });
  } finally {
    progress.end();
  }
  if (report.rules > 0) rememberCatalog(report.output, io);
  return report;
}

/** Throws a CliError where a build found no rule, for which its report has the reasons. */
export function checkFound({ rules, output, written }: BuildReport, { sources }: BuildPlan): void {
  if (rules > 0) return;
  const places = sources.map((source) => source.path).join(', ');
  const end = written ? 'is empty' : 'was left as it was';
  throw new CliError(`There is no rule in ${places}: the catalog ${output} ${end}.`);
}
