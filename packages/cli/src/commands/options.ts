import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { GlobalFlags } from '../context.ts';
import { wrap } from '../output/table.ts';

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

/** The end of a command's help: examples, and a paragraph about them. */
export function examples(items: readonly Example[], note = ''): string {
  const lines = items.flatMap(([commandLine, does]) => [`  # ${does}`, `  ${commandLine}`]);
  return ['', 'Examples:', ...lines, ...(note === '' ? [] : ['', wrap(note, 80)])].join('\n');
}
