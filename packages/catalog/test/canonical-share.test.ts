import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isRulePath } from '../src/readers/index.ts';
import { CORPORA, filesOf, rulesOf } from './canonical-rules.ts';

/** Every so manieth file is read: a build of them all, and its figures, is the honesty page's. */
const EVERY = 5;

/** The share of tested fields, terms left out, that must be canonical or documented by their product. */
const SHARES: Readonly<Record<string, number>> = { sigma: 0.99, splunk: 0.98, kusto: 0.96, elastic: 0.99 };

describe.skipIf(CORPORA === null)('fields of the corpora (needs ../shared/corpora)', () => {
  test('are canonical, or known by their own names', () => {
    const counts = new Map<string, { known: number; all: number }>();
    for (const corpus of readdirSync(CORPORA ?? '')) {
      const files = filesOf(corpus).filter(({ path }) => isRulePath(path));
      for (const [number, { path }] of files.entries()) {
        if (number % EVERY !== 0) continue;
        for (const { platform, tested } of rulesOf(`${corpus}/${path}`)) {
          const count = counts.get(platform) ?? { known: 0, all: 0 };
          const fields = tested.filter(({ field }) => field !== null);
          count.all += fields.length;
          count.known += fields.filter(({ status }) => status !== 'unknown').length;
          counts.set(platform, count);
        }
      }
    }
    for (const [platform, least] of Object.entries(SHARES)) {
      const { known = 0, all = 0 } = counts.get(platform) ?? {};
      expect(all, platform).toBeGreaterThan(500);
      expect(known / all, `${platform}: ${known} of ${all}`).toBeGreaterThanOrEqual(least);
    }
  });
});
