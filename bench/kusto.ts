import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { language } from '@rulescope/kusto';
import { library } from '../languages/kusto/dist/syntax/library.js';
import type { Figure } from './figures.ts';

/** The queries of a folder: `.kql` and `.txt` files, and the fences of Markdown that name the language. */
export function kustoTexts(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:kql|txt|md)$/.test(path))
    .sort()
    .flatMap((path) => {
      const text = readFileSync(join(folder, path), 'utf8');
      if (!path.endsWith('.md')) return [text];
      return [...text.matchAll(/^```[ \t]*(?:kql|kusto|c#)[ \t]*\n([\s\S]*?)^[ \t]*```/gim)].map(
        (fence) => fence[1] ?? '',
      );
    });
}

/** Each text is read this often by either; its best times count, so that a busy machine does not. */
const ROUNDS = 7;

/**
 * How fast Kusto texts are read on one core once the parser is warm: Microsoft's parser alone is the peer, and
 * what we add to it is bounded by it.
 */
export function kustoFigures(texts: readonly string[]): readonly Figure[] {
  const kusto = library();
  if (kusto === null) throw new Error("Microsoft's parser of KQL cannot be loaded");
  const queries = texts.reduce((sum, text) => sum + language.parse(text).queries.length, 0);
  const alone = new Float64Array(texts.length).fill(Number.POSITIVE_INFINITY);
  const whole = new Float64Array(texts.length).fill(Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round += 1) {
    texts.forEach((text, i) => {
      alone[i] = Math.min(
        alone[i] ?? 0,
        timeOf(() => kusto.parse(kusto.tokens(text))),
      );
      whole[i] = Math.min(
        whole[i] ?? 0,
        timeOf(() => language.parse(text)),
      );
    });
  }
  const [parser, both] = [sumOf(alone), sumOf(whole)];
  const before = heapInUse();
  for (const text of texts) language.parse(text);
  const growth = heapInUse() - before;
  return [
    { name: "Microsoft's parser alone", value: Math.round(queries / (parser / 1e3)), unit: 'queries/s' },
    {
      name: 'parser and lowering',
      value: Math.round(queries / (both / 1e3)),
      unit: 'queries/s',
      atLeast: 200,
    },
    { name: 'what lowering adds to the parser', value: (both / parser - 1) * 100, unit: '%', atMost: 30 },
    { name: `memory kept after ${queries} more queries`, value: growth / 1e6, unit: 'MB', atMost: 5 },
  ];
}

function timeOf(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function sumOf(times: Float64Array): number {
  return times.reduce((sum, time) => sum + time, 0);
}

/** What is still in use after everything that can go has gone. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}
