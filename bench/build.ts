import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figures.ts';

const COMMAND = fileURLToPath(new URL('../packages/cli/bin/rulescope.js', import.meta.url));
const METER = new URL('./meter.ts', import.meta.url).href;

interface Run {
  /** From the start of the process to its end. */
  readonly seconds: number;
  /** Of the processor, all threads together: a busy machine changes it less. */
  readonly processor: number;
  readonly megabytes: number;
}

/** What is held of a folder of rules and its catalog, in seconds and megabytes. */
export interface BuildBounds {
  readonly cold: number;
  readonly edit: number;
  readonly unchanged: number;
  readonly memory: number;
}

/**
 * How long the command takes to build a catalog of folders of rules, as a whole process, and its peak memory: with
 * nothing in the cache, again with nothing changed, and after an edit of one file, `edited`. The folders are copied.
 */
export function buildFigures(
  folders: readonly string[],
  edited: string,
  bounds: BuildBounds,
): readonly Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'rulescope-bench-'));
  try {
    const copies = folders.map((path) => join(folder, 'rules', basename(path)));
    for (const [i, path] of folders.entries()) cpSync(path, copies[i] ?? folder, { recursive: true });
    const build = (): Run =>
      timed(['build', ...copies, '--output', join(folder, 'catalog.sqlite'), '--quiet'], folder);
    const cold = build();
    const again = median(Array.from({ length: TIMES }, build));
    const edits = Array.from({ length: TIMES }, (_, i) => {
      appendFileSync(join(folder, 'rules', edited), `# edit ${i}\n`);
      return build();
    });
    const edit = median(edits);
    const figures = (name: string, { seconds, processor, megabytes }: Run, atMost: number): Figure[] => [
      { name, value: seconds, unit: 's', atMost },
      { name: `${name}, processor time`, value: processor, unit: 's' },
      { name: `${name}, peak memory`, value: megabytes, unit: 'MB', atMost: bounds.memory },
    ];
    return [
      ...figures('cold build', cold, bounds.cold),
      ...figures('after an edit of one file', edit, bounds.edit),
      ...figures('with nothing changed', again, bounds.unchanged),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Builds of each kind that the median is of. */
const TIMES = 5;

function timed(args: readonly string[], folder: string): Run {
  const start = performance.now();
  const done = spawnSync(process.execPath, ['--import', METER, COMMAND, ...args], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') },
  });
  if (done.status !== 0) throw new Error(`The build failed:\n${done.stderr}`);
  const seconds = (performance.now() - start) / 1000;
  const used = /^used: (\d+) kB, (\d+) us$/m.exec(done.stderr);
  return { seconds, processor: Number(used?.[2]) / 1e6, megabytes: Number(used?.[1]) / 1024 };
}

function median(runs: readonly Run[]): Run {
  const middle = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
  return {
    seconds: middle(runs.map(({ seconds }) => seconds)),
    processor: middle(runs.map(({ processor }) => processor)),
    megabytes: middle(runs.map(({ megabytes }) => megabytes)),
  };
}
