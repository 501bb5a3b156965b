import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { language } from '@rulescope/eql';
import { reporter } from '@rulescope/logic/parsing';
import { measure } from 'mitata';
import { parseEql } from '../languages/eql/dist/syntax/parser.js';
import type { Figure } from './figures.ts';

/** A query in a rule file of Elastic: the value of `query` in three quotes of one kind or the other. */
const QUERY = /^query\s*=\s*(?:\[\s*)?(?:'''([\s\S]*?)'''|"""([\s\S]*?)""")/gm;

/** The EQL queries of a folder of Elastic's rules: those that a rule file says are EQL, and all of behaviour rules. */
export function eqlTexts(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.toml'))
    .sort()
    .flatMap((path) => {
      const toml = readFileSync(join(folder, path), 'utf8');
      const named = /^language = (.*)$/m.exec(toml)?.[1] ?? 'eql';
      const rule = toml.slice(toml.search(/^\[(?:rule|hunt)\]/m));
      return /eql/i.test(named) ? [...rule.matchAll(QUERY)].map((found) => found[1] ?? found[2] ?? '') : [];
    });
}

/** How fast EQL is parsed and lowered on one core. */
export async function eqlFigures(texts: readonly string[]): Promise<readonly Figure[]> {
  const options = { min_samples: 5, min_cpu_time: 3_000_000_000, warmup_samples: 1 };
  const parsing = await measure(() => {
    for (const text of texts) parseEql(text, reporter(text));
  }, options);
  const whole = await measure(() => {
    for (const text of texts) language.parse(text);
  }, options);
  const perSecond = (nanoseconds: number): number => Math.round(texts.length / (nanoseconds / 1e9));
  return [
    { name: 'parsing alone', value: perSecond(parsing.p50), unit: 'queries/s' },
    { name: 'parsing and lowering', value: perSecond(whole.p50), unit: 'queries/s', atLeast: 15_000 },
  ];
}
