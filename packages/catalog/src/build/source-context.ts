import { createHash } from 'node:crypto';
import { CONTEXTS } from '../readers/index.ts';
import type { RuleFormat, SourceFile } from '../readers/reader.ts';
import { decode } from './decode.ts';
import { readBytes } from './read.ts';
import type { FoundFile } from './walk.ts';

/** The files beside the rules of a source that reading its rules depends on. */
export interface SourceContext {
  /** A hash of all that a format's rules may depend on: analyses are kept by it. */
  readonly keyOf: (format: RuleFormat) => Uint8Array;
  /** The files themselves; those that cannot be read are left out. */
  readonly filesOf: (format: RuleFormat) => readonly SourceFile[];
}

/** Files that are larger are no context: what they say could not be shown anyway. */
const MOST_BYTES = 1024 * 1024;

/** All files of a context together, at most, in the order of their paths. */
const MOST_BYTES_IN_ALL = 64 * 1024 * 1024;

interface Gathered {
  readonly key: Uint8Array;
  readonly files: readonly SourceFile[];
}

const NOTHING: Gathered = { key: new Uint8Array(0), files: [] };

/** Whether a format may need the content of a file although it holds no rule. */
export function isContextPath(path: string): boolean {
  return CONTEXTS.some((context) => context(path));
}

/** The context of a source, read when it is first asked for. `found` are its files, in the order of their paths. */
export function sourceContext(found: readonly FoundFile[]): SourceContext {
  const gathered = new Map<RuleFormat['context'], Gathered>();
  const of = ({ context }: RuleFormat): Gathered => {
    if (context === undefined) return NOTHING;
    const known = gathered.get(context) ?? gather(found.filter(({ path }) => context(path)));
    gathered.set(context, known);
    return known;
  };
  return { keyOf: (format) => of(format).key, filesOf: (format) => of(format).files };
}

function gather(found: readonly FoundFile[]): Gathered {
  const hash = createHash('sha256');
  const files: SourceFile[] = [];
  let total = 0;
  for (const { path, location } of found) {
    const read = readBytes(location);
    if (!('bytes' in read) || read.bytes.length > MOST_BYTES) continue;
    total += read.bytes.length;
    if (total > MOST_BYTES_IN_ALL) break;
    hash.update(JSON.stringify([path, read.bytes.length])).update(read.bytes);
    files.push({ path, text: decode(read.bytes).text });
  }
  return { key: hash.digest(), files };
}
