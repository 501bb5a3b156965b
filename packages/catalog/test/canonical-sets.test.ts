import { describe, expect, test } from 'vitest';
import { foldField, type TestedValue } from '../src/analyse/indicators.ts';
import { CORPORA, rulesOf } from './canonical-rules.ts';
import lookAlikes from './look-alikes.json' with { type: 'json' };
import sets from './same-indicators.json' with { type: 'json' };

/**
 * Rules of the corpora beside the checkout, by their paths, read by a person. A key is the canonical field, operator
 * and value that a person expects, and how the value is encoded, where it is; `row` is that of the equivalence rules.
 */
describe.skipIf(CORPORA === null)('indicators of real rules (needs ../shared/corpora)', () => {
  test.each(sets)('rules of several platforms share them: $reason', ({ keys, rules }) => {
    const expected = keys.map(textOf);
    const platforms = rules.flatMap((file) => {
      const found = rulesOf(file).find((rule) => {
        const own = keysOf(rule.tested);
        return expected.every((key) => own.has(key));
      });
      expect(found, `${file}: ${expected.join()}`).toBeDefined();
      return found === undefined ? [] : [found.platform];
    });
    expect(new Set(platforms).size).toBeGreaterThan(1);
  });

  test.each(lookAlikes)('row $row: $reason ($left.rule)', ({ left, right }) => {
    const [one, other] = [left, right].map(({ rule }) =>
      keysOf(rulesOf(rule).flatMap(({ tested }) => tested)),
    );
    const [own, near] = [left, right].map(({ key }) => textOf(key));
    expect(own).not.toBe(near);
    expect(one).toContain(own);
    expect(other).toContain(near);
    expect(one).not.toContain(near);
    expect(other).not.toContain(own);
  });

  test('there are at least 40 of each', () => {
    expect(sets.length).toBeGreaterThanOrEqual(40);
    expect(lookAlikes.length).toBeGreaterThanOrEqual(40);
  });
});

function keysOf(tested: readonly TestedValue[]): ReadonlySet<string> {
  return new Set(tested.map(({ field, op, value, encoding }) => textOf([field, op, value, encoding])));
}

/** A key as the catalog counts it: the case of a field's name says nothing. */
function textOf([field = null, op, value, encoding = '']: readonly (string | null)[]): string {
  return JSON.stringify([field === null ? null : foldField(field), op, value, encoding]);
}
