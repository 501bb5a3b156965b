import { CatalogError, ConfigError } from '@rulescope/catalog';
import { CommanderError } from 'commander';
import type { ExitCode } from './errors.ts';
import { CliError, EXIT, reasonOf, systemCode } from './errors.ts';
import type { Io } from './io.ts';
import { processIo } from './io.ts';
import { paintFor } from './output/paint.ts';
import { plain } from './output/plain.ts';
import { createProgram } from './program.ts';

/**
 * Runs one command. `argv` is what follows the name of the program. Nothing is thrown: errors are told on
 * stderr, and the exit code says how the command ended (0 done, 1 failed, 2 wrong command line).
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const program = createProgram({
    io,
    paint: paintFor(io.stdout, io),
    exit: (code) => {
      exitCode = code;
    },
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    // Whoever read the output has seen enough.
    if (systemCode(error) === 'EPIPE') return EXIT.ok;
    return report(error, program.opts<{ verbose?: boolean }>().verbose === true, io);
  }
}

/** Runs the command of this process: what the launcher calls. */
export async function start(): Promise<void> {
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error) => {
    if (systemCode(error) === 'EPIPE') process.exit(EXIT.ok);
    fail(`Cannot write the output: ${reasonOf(error)}.`);
  });
  process.exitCode = await run(process.argv.slice(2), worldOfProcess());
}

function worldOfProcess(): Io {
  try {
    return processIo();
  } catch (error) {
    return fail(`The current folder cannot be used: ${reasonOf(error)}. Change to another one.`);
  }
}

function fail(message: string): never {
  process.stderr.write(`rulescope: ${message}\n`);
  process.exit(EXIT.failed);
}

/** What to do about an error of the catalog, where its message does not say it. */
function hintOf(error: unknown): string {
  if (!(error instanceof CatalogError)) return '';
  switch (error.code) {
    case 'catalog-version':
    case 'catalog-damaged':
      return ' (`rulescope build` makes a catalog)';
    case 'output-unwritable':
      return ' (`rulescope build --output FILE` writes another file)';
    case 'source-unreadable':
      return ' (check the path)';
    default:
      return '';
  }
}

function report(error: unknown, verbose: boolean, io: Io): ExitCode {
  const expected = error instanceof CliError || error instanceof CatalogError || error instanceof ConfigError;
  const message = error instanceof Error ? error.message : String(error);
  const hint = expected || verbose ? hintOf(error) : ' (unexpected: --verbose shows where it comes from)';
  io.stderr.write(`rulescope: ${plain(message)}${hint}\n`);
  if (verbose && error instanceof Error && error.stack !== undefined)
    io.stderr.write(`${plain(error.stack)}\n`);
  return error instanceof CliError ? error.exitCode : EXIT.failed;
}
