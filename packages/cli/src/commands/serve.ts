import { existsSync } from 'node:fs';
import { type Catalog, openCatalog } from '@rulescope/catalog';
import type { createApp, RunningServer } from '@rulescope/web';
import type { Command } from 'commander';
import type { Context, GlobalFlags } from '../context.ts';
import { CliError, reasonOf, systemCode, usageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { openFound, openOrRebuild } from '../open.ts';
import { paintFor } from '../output/paint.ts';
import { plainJson, plainLine } from '../output/plain.ts';
import { print, printLines } from '../output/print.ts';
import { renderReport } from '../output/report.ts';
import type { SourceFlags } from './build.ts';
import { addSourceOptions, build, checkFound, planOf } from './build.ts';
import { examples, globalFlags, wholeNumber } from './options.ts';

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = 8750;

interface ServeFlags extends SourceFlags {
  readonly build?: boolean;
  readonly catalog?: string;
  readonly host: string;
  readonly port: number;
  readonly json?: boolean;
}

/** Adds `rulescope serve`. */
export function addServe(program: Command, context: Context): void {
  const command = program.command('serve').description('show a catalog as a web site on this machine');
  addSourceOptions(command)
    .option('-b, --build', 'build the catalog first')
    .option('--catalog <file>', 'the catalog to show (default: the last one built)')
    .option(
      '--host <address>',
      'where to listen; other machines reach only what is not loopback',
      DEFAULT_HOST,
    )
    .option('-p, --port <number>', 'the port; 0 takes any free one', wholeNumber(0, 65_535), DEFAULT_PORT)
    .option('--json', 'print the address as JSON')
    .addHelpText(
      'after',
      examples(
        [
          ['rulescope serve --build', 'build the catalog of this folder, or of the examples, and show it'],
          ['rulescope serve --build ~/sigma/rules', 'the same for a folder of rules'],
          ['rulescope serve --catalog rules.sqlite --port 0', 'show a catalog on any free port'],
        ],
        'The address is printed when the site can be reached. Ctrl-C ends it.',
      ),
    )
    .action(async (paths: readonly string[], flags: ServeFlags, self: Command) => {
      const global = globalFlags(self);
      const catalog = await catalogToServe(paths, flags, global, context.io);
      try {
        const app = (await web()).createApp(catalog, {
          onError: (error) => reportError(error, global, context.io),
        });
        const server = await listen(app, flags);
        await announce(server, catalog.path, flags, context.io);
        await context.io.untilStopped();
        await server.close();
      } finally {
        catalog.close();
      }
    });
}

/** Loaded only to serve: the other commands start sooner without it. */
function web(): Promise<typeof import('@rulescope/web')> {
  return import('@rulescope/web');
}

async function catalogToServe(
  paths: readonly string[],
  flags: ServeFlags,
  global: GlobalFlags,
  io: Io,
): Promise<Catalog> {
  const { catalog = null, config = null } = flags;
  if (flags.build === true) {
    if (catalog !== null) throw usageError('--build makes a catalog, --catalog names one: use one of them.');
    const plan = planOf(paths, flags, io);
    const report = await build(plan, flags, global, io);
    const lines = renderReport(report, global.verbose, paintFor(io.stderr, io));
    if (!global.quiet) await printLines(io.stderr, lines);
    checkFound(report, plan);
    return openCatalog(report.output);
  }
  if (paths.length === 0) return openFound({ catalog, config, json: flags.json === true }, global, io);
  const { output } = planOf(paths, flags, io);
  if (existsSync(output)) return openOrRebuild(output, global, io);
  throw new CliError(`There is no catalog of ${paths.join(', ')} yet: add --build.`);
}

/** Listens, and says what to do where that is not possible. */
async function listen(app: ReturnType<typeof createApp>, { host, port }: ServeFlags): Promise<RunningServer> {
  try {
    return await (await web()).serve(app, { host, port });
  } catch (error) {
    switch (systemCode(error)) {
      case 'EADDRINUSE':
        throw new CliError(`Port ${port} of ${host} is taken: choose another with --port, or 0 for any.`);
      case 'EACCES':
        throw new CliError(`Port ${port} may not be used: choose one from 1024 up with --port.`);
      case 'EADDRNOTAVAIL':
      case 'ENOTFOUND':
      case 'EAI_AGAIN':
        throw new CliError(`${host} is no address of this machine: choose another with --host.`);
      default:
        throw new CliError(`Cannot listen on ${host}, port ${port}: ${reasonOf(error)}`, 1, error);
    }
  }
}

function announce(server: RunningServer, catalog: string, flags: ServeFlags, io: Io): Promise<void> {
  const { url, port } = server;
  const text = flags.json === true ? plainJson({ url, port, catalog }) : `Rulescope is at ${url}`;
  return print(io.stdout, `${text}\n`);
}

function reportError(error: Error, global: GlobalFlags, io: Io): void {
  const text = global.verbose ? (error.stack ?? error.message) : plainLine(error.message);
  io.stderr.write(`rulescope: a page failed: ${text}\n`);
}
