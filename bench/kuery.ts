import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { language, parseKueryTree } from '@rulescope/kuery';
import { reporter } from '@rulescope/logic/parsing';
import { measure } from 'mitata';
import type { Figure } from './figures.ts';

/** A query in a rule file of Elastic: the value of `query` or `threat_query` in three quotes of one kind or the other. */
const QUERY = /^(?:threat_)?query\s*=\s*(?:'''([\s\S]*?)'''|"""([\s\S]*?)""")/gm;

/** The kuery queries of a folder of Elastic's rules. */
export function kueryTexts(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.toml'))
    .sort()
    .flatMap((path) => {
      const toml = readFileSync(join(folder, path), 'utf8');
      if (!/^language = "kuery"/m.test(toml)) return [];
      const rule = toml.slice(toml.search(/^\[rule\]/m));
      return [...rule.matchAll(QUERY)].map((found) => found[1] ?? found[2] ?? '');
    });
}

/** How fast the Kibana Query Language is parsed and lowered on one core. */
export async function kueryFigures(texts: readonly string[]): Promise<readonly Figure[]> {
  const options = { min_samples: 5, min_cpu_time: 3_000_000_000, warmup_samples: 1 };
  const parsing = await measure(() => {
    for (const text of texts) parseKueryTree(text, reporter(text));
  }, options);
  const whole = await measure(() => {
    for (const text of texts) language.parse(text);
  }, options);
  const perSecond = (nanoseconds: number): number => Math.round(texts.length / (nanoseconds / 1e9));
  return [
    { name: 'parsing alone', value: perSecond(parsing.p50), unit: 'queries/s' },
    { name: 'parsing and lowering', value: perSecond(whole.p50), unit: 'queries/s', atLeast: 20_000 },
  ];
}
