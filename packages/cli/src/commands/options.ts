import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { GlobalFlags } from '../context.ts';

/** The flags that every command has, wherever they stand on the command line. */
export function globalFlags(command: Command): GlobalFlags {
  const { quiet, verbose } = command.optsWithGlobals<{ quiet?: boolean; verbose?: boolean }>();
  return { quiet: quiet === true, verbose: verbose === true };
}

/** A reader of whole numbers for an option. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) {
      throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

/** A command line of the help, and what it does. */
export type Example = readonly [commandLine: string, does: string];

/** The end of a command's help. */
export function examples(items: readonly Example[], notes: readonly string[] = []): string {
  const lines = items.flatMap(([commandLine, does]) => [`  # ${does}`, `  ${commandLine}`]);
  return ['', 'Examples:', ...lines, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}
