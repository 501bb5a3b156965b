import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reporter } from '@rulescope/logic/parsing';
import { readSigma } from '@rulescope/sigma';
import { measure } from 'mitata';
import { parseAllDocuments } from 'yaml';
import { lowerDocuments } from '../languages/sigma/dist/read.js';
import { readYaml } from '../languages/sigma/dist/text/yaml.js';
import type { Figure } from './figures.ts';

/** The texts of a folder of Sigma rules. */
export function sigmaTexts(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yml'))
    .sort()
    .map((path) => readFileSync(join(folder, path), 'utf8'));
}

/**
 * How fast Sigma is lowered on one core: the YAML of all texts is read first, and only what comes after it is
 * measured. The same texts in the `yaml` package alone are the peer that every reader of Sigma in JavaScript stands on.
 */
export async function sigmaFigures(texts: readonly string[]): Promise<readonly Figure[]> {
  const rules = texts.reduce((sum, text) => sum + readSigma(text).rules.length, 0);
  const options = { min_samples: 5, min_cpu_time: 3_000_000_000, warmup_samples: 1 };
  const read = texts.map((text) => {
    const to = reporter(text);
    return { documents: readYaml(text, to), to };
  });
  const yaml = await measure(() => {
    for (const text of texts)
      parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
  }, options);
  const lowering = await measure(() => {
    for (const { documents, to } of read) lowerDocuments(documents, reporter(to.text));
  }, options);
  const whole = await measure(() => {
    for (const text of texts) readSigma(text);
  }, options);
  const perSecond = (nanoseconds: number): number => Math.round(rules / (nanoseconds / 1e9));
  return [
    { name: 'YAML alone (the yaml package)', value: perSecond(yaml.p50), unit: 'rules/s' },
    { name: 'lowering alone', value: perSecond(lowering.p50), unit: 'rules/s', atLeast: 3000 },
    { name: 'YAML and lowering', value: perSecond(whole.p50), unit: 'rules/s' },
  ];
}
