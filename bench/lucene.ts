import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { reporter } from '@rulescope/logic/parsing';
import { language, parseLuceneTree } from '@rulescope/lucene';
import { measure } from 'mitata';
import type { Figure } from './figures.ts';

/** The Lucene queries of `../shared/oracles/sigma-conversions.jsonl.gz`: rules of Sigma as a converter writes them. */
export function luceneTexts(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  return gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const row: { readonly queries: Readonly<Record<string, readonly string[] | undefined>> } =
        JSON.parse(line);
      return [...(row.queries.lucene ?? []), ...(row.queries.lucene_ecs ?? [])];
    });
}

/** How fast Lucene's query syntax is parsed and lowered on one core. */
export async function luceneFigures(texts: readonly string[]): Promise<readonly Figure[]> {
  const options = { min_samples: 5, min_cpu_time: 3_000_000_000, warmup_samples: 1 };
  const parsing = await measure(() => {
    for (const text of texts) parseLuceneTree(text, reporter(text));
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
