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

/** Runs of all texts, each a round of the parser alone and a round with lowering, one behind the other. */
const ROUNDS = 5;

/**
 * How fast Kusto texts are read on one core once the parser is warm: Microsoft's parser alone is the peer, and
 * what we add to it is bounded by it. Rounds of both are taken in turn, so that a busy machine slows both.
 */
export function kustoFigures(texts: readonly string[]): readonly Figure[] {
  const kusto = library();
  if (kusto === null) throw new Error("Microsoft's parser of KQL cannot be loaded");
  const queries = texts.reduce((sum, text) => sum + language.parse(text).queries.length, 0);
  const parser: number[] = [];
  const whole: number[] = [];
  for (let i = 0; i < ROUNDS; i += 1) {
    parser.push(timeOf(texts, (text) => kusto.parse(kusto.tokens(text))));
    whole.push(timeOf(texts, (text) => language.parse(text)));
  }
  const [alone, both] = [Math.min(...parser), Math.min(...whole)];
  const before = heapInUse();
  for (const text of texts) language.parse(text);
  const growth = heapInUse() - before;
  return [
    { name: "Microsoft's parser alone", value: Math.round(queries / (alone / 1e3)), unit: 'queries/s' },
    {
      name: 'parser and lowering',
      value: Math.round(queries / (both / 1e3)),
      unit: 'queries/s',
      atLeast: 200,
    },
    { name: 'what lowering adds to the parser', value: (both / alone - 1) * 100, unit: '%', atMost: 30 },
    { name: `memory kept after ${queries} more queries`, value: growth / 1e6, unit: 'MB', atMost: 5 },
  ];
}

function timeOf(texts: readonly string[], run: (text: string) => unknown): number {
  const start = performance.now();
  for (const text of texts) run(text);
  return performance.now() - start;
}

/** What is still in use after everything that can go has gone. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}
