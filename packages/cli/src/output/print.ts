import { once } from 'node:events';
import type { Io, Output } from '../io.ts';

/** Writes a text and waits where the reader is slower, so that output never piles up in memory. */
export async function print(output: Output, text: string): Promise<void> {
  if (!output.write(text)) await once(output, 'drain');
}

/** How long the lines of a paragraph may be, in characters. */
export function widthOf({ stdout }: Pick<Io, 'stdout'>): number {
  return Math.min(stdout.columns ?? 80, 100);
}

/** Writes lines, each with its line feed. */
export function printLines(output: Output, lines: readonly string[]): Promise<void> {
  return print(output, lines.map((line) => `${line}\n`).join(''));
}
