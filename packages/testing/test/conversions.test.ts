import { describe, expect, it } from 'vitest';
import { oracleFile, sigmaConversions } from '../src/index.ts';

const name = 'sigma-conversions.jsonl.gz';

describe.skipIf(oracleFile(name) === null)(`${name} (needs ../shared/oracles)`, () => {
  it('has a row for each rule, and what agrees was converted', () => {
    const rows = sigmaConversions();
    expect(rows.length).toBeGreaterThan(1_500);
    expect(new Set(rows.map(({ path }) => path)).size).toBe(rows.length);
    for (const { path, queries, agreed } of rows) {
      for (const key of agreed) expect(queries[key]?.join(''), `${path} ${key}`).toMatch(/\S/);
    }
  });
});
