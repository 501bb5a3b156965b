import type { RuleReader } from './reader.ts';
import { sigmaReader } from './sigma.ts';

/** The formats of rule files that are read: a new one is a reader of its own and a line here. */
const readers: readonly RuleReader[] = [sigmaReader];

/** The reader of a file by its path within the source; null where no format has such names. */
export function readerOf(path: string): RuleReader | null {
  return readers.find((reader) => reader.matches(path)) ?? null;
}

/** The reader of a file that a source names itself, whatever its own name. */
export const defaultReader: RuleReader = sigmaReader;
