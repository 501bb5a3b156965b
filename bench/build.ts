import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figures.ts';

const COMMAND = fileURLToPath(new URL('../packages/cli/bin/rulescope.js', import.meta.url));
const METER = new URL('./meter.ts', import.meta.url).href;

interface Run {
  readonly seconds: number;
  readonly megabytes: number;
}

/** How long the command takes to build a catalog of all corpora, cold and with every file in the cache. */
export function wholeFigures(corpora: readonly string[]): readonly Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'rulescope-bench-all-'));
  try {
    const build = (): Run =>
      timed(['build', ...corpora, '--output', join(folder, 'catalog.sqlite'), '--quiet'], folder);
    const cold = build();
    const warm = median(Array.from({ length: 5 }, build));
    return [
      { name: 'cold build of all corpora', value: cold.seconds, unit: 's', atMost: 60 },
      { name: 'cold build of all corpora, peak memory', value: cold.megabytes, unit: 'MB', atMost: 1000 },
      { name: 'all corpora again (median of 5)', value: warm.seconds, unit: 's', atMost: 4 },
      { name: 'all corpora again, peak memory', value: warm.megabytes, unit: 'MB', atMost: 1000 },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long the command takes to build a catalog of a folder as a whole process, and its peak memory. */
export function buildFigures(corpus: string, edited: string): readonly Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'rulescope-bench-'));
  try {
    const rules = join(folder, 'rules');
    cpSync(corpus, rules, { recursive: true });
    const build = (): Run =>
      timed(['build', rules, '--output', join(folder, 'catalog.sqlite'), '--quiet'], folder);
    const cold = build();
    const again = median(Array.from({ length: 5 }, build));
    const edits = Array.from({ length: 5 }, (_, i) => {
      appendFileSync(join(rules, edited), `# edit ${i}\n`);
      return build();
    });
    const edit = median(edits);
    return [
      { name: 'cold build, whole process', value: cold.seconds, unit: 's', atMost: 10 },
      { name: 'cold build, peak memory', value: cold.megabytes, unit: 'MB', atMost: 500 },
      { name: 'rebuild with nothing changed', value: again.seconds, unit: 's' },
      { name: 'rebuild after one edit (median of 5)', value: edit.seconds, unit: 's', atMost: 1.5 },
      { name: 'rebuild after one edit, peak memory', value: edit.megabytes, unit: 'MB', atMost: 500 },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timed(args: readonly string[], folder: string): Run {
  const start = performance.now();
  const done = spawnSync(process.execPath, ['--import', METER, COMMAND, ...args], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') },
  });
  if (done.status !== 0) throw new Error(`The build failed:\n${done.stderr}`);
  const kilobytes = Number(/peak memory: (\d+)/.exec(done.stderr)?.[1] ?? 'none');
  return { seconds: (performance.now() - start) / 1000, megabytes: kilobytes / 1024 };
}

function median(runs: readonly Run[]): Run {
  const middle = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
  return {
    seconds: middle(runs.map(({ seconds }) => seconds)),
    megabytes: middle(runs.map(({ megabytes }) => megabytes)),
  };
}
