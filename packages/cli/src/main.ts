import { CatalogError, ConfigError } from '@rulescope/catalog';
import { CommanderError } from 'commander';
import type { ExitCode } from './errors.ts';
import { CliError, EXIT, systemCode } from './errors.ts';
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
  process.stdout.on('error', (error) => process.exit(systemCode(error) === 'EPIPE' ? EXIT.ok : EXIT.failed));
  process.stderr.on('error', () => undefined);
  process.exitCode = await run(process.argv.slice(2), processIo());
}

/** The command that puts a catalog right. */
function hintOf(error: unknown): string {
  const catalogIsWrong =
    error instanceof CatalogError && (error.code === 'catalog-version' || error.code === 'catalog-damaged');
  return catalogIsWrong ? ' (`rulescope build` makes a catalog)' : '';
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
