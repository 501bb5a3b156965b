import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSigma } from '@rulescope/sigma';
import { measure } from 'mitata';
import { parseAllDocuments } from 'yaml';
import type { Figure } from './figures.ts';

/** The texts of a folder of Sigma rules. */
export function sigmaTexts(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yml'))
    .sort()
    .map((path) => readFileSync(join(folder, path), 'utf8'));
}

/**
 * How fast Sigma is lowered on one core. The time of the same texts in the `yaml` package alone, with the options
 * that the parser uses, is taken off: it is the peer that every reader of Sigma in JavaScript stands on.
 */
export async function sigmaFigures(texts: readonly string[]): Promise<readonly Figure[]> {
  const rules = texts.reduce((sum, text) => sum + readSigma(text).rules.length, 0);
  const options = { min_samples: 5, min_cpu_time: 4_000_000_000, warmup_samples: 1 };
  const yaml = await measure(() => {
    for (const text of texts)
      parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
  }, options);
  const whole = await measure(() => {
    for (const text of texts) readSigma(text);
  }, options);
  const perSecond = (nanoseconds: number): number => Math.round(rules / (nanoseconds / 1e9));
  return [
    { name: 'YAML alone (the yaml package)', value: perSecond(yaml.p50), unit: 'rules/s' },
    { name: 'Sigma, YAML and lowering', value: perSecond(whole.p50), unit: 'rules/s' },
    { name: 'Sigma, lowering alone', value: perSecond(whole.p50 - yaml.p50), unit: 'rules/s', atLeast: 3000 },
  ];
}
