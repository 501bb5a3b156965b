import { statSync } from 'node:fs';
import { formatNumber } from '../output/words.ts';

/** Files of a folder that are read at most: a catalog answers for more of them in less time. */
export const MOST_FILES = 2000;

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** What is said of a folder that has more. */
export function tooManyFiles(name: string): string {
  return `${name} has more than ${formatNumber(MOST_FILES)} files of rules: the others were left out (\`rulescope build\` takes them all).`;
}
