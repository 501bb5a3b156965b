import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { language } from '@rulescope/spl';
import { measure } from 'mitata';
import { parse } from 'yaml';
import type { Figure } from './figures.ts';

/** The searches of folders of Splunk rules: `search` of a detection, `logic` of an armory rule. */
export function splTexts(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yml'))
      .sort()
      .flatMap((path) => {
        const options = { logLevel: 'silent', uniqueKeys: false } as const;
        const rule = parse(readFileSync(join(folder, path), 'utf8'), options);
        const text = rule?.search ?? (/splunk/i.test(String(rule?.logic_format)) ? rule?.logic : null);
        return typeof text === 'string' ? [text] : [];
      }),
  );
}

/** How fast searches are parsed and lowered on one core. */
export async function splFigures(texts: readonly string[]): Promise<readonly Figure[]> {
  const options = { min_samples: 5, min_cpu_time: 3_000_000_000, warmup_samples: 1 };
  const whole = await measure(() => {
    for (const text of texts) language.parse(text);
  }, options);
  const value = Math.round(texts.length / (whole.p50 / 1e9));
  return [{ name: 'parsing and lowering', value, unit: 'searches/s', atLeast: 8_000 }];
}
