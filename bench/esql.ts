import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { language } from '@rulescope/esql';
import { reporter } from '@rulescope/logic/parsing';
import { measure } from 'mitata';
import { parsePipeline } from '../languages/esql/dist/syntax/parser.js';
import type { Figure } from './figures.ts';

/** A query in a rule or hunt of Elastic: the value of `query`, or one of its list, in three quotes of either kind. */
const QUERY = /(?:^query\s*=\s*|^)(?:\[\s*)?(?:'''([\s\S]*?)'''|"""([\s\S]*?)""")/gm;

/** The ES|QL queries of a folder of Elastic's rules: those of files that say so, without the queries in SQL of hunts. */
export function esqlTexts(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.toml'))
    .sort()
    .flatMap((path) => {
      const toml = readFileSync(join(folder, path), 'utf8');
      const named = /^language = (.*)$/m.exec(toml)?.[1] ?? '';
      if (!/esql|ES\|QL/i.test(named)) return [];
      const texts = [...toml.matchAll(QUERY)].map((found) => found[1] ?? found[2] ?? '');
      return texts.filter((text) => /^\s*(?:\/\/|from\b|row\b|ts\b)/i.test(text));
    });
}

/** How fast ES|QL is parsed and lowered on one core. */
export async function esqlFigures(texts: readonly string[]): Promise<readonly Figure[]> {
  const options = { min_samples: 5, min_cpu_time: 3_000_000_000, warmup_samples: 1 };
  const parsing = await measure(() => {
    for (const text of texts) parsePipeline(text, reporter(text));
  }, options);
  const whole = await measure(() => {
    for (const text of texts) language.parse(text);
  }, options);
  const perSecond = (nanoseconds: number): number => Math.round(texts.length / (nanoseconds / 1e9));
  return [
    { name: 'parsing alone', value: perSecond(parsing.p50), unit: 'queries/s' },
    { name: 'parsing and lowering', value: perSecond(whole.p50), unit: 'queries/s', atLeast: 8_000 },
  ];
}
