import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import rules from '../src/equivalence/data/rules.json' with { type: 'json' };

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

interface EquivalenceRule {
  readonly row: number;
  readonly class: string;
  readonly title: string;
  readonly same?: readonly string[];
  readonly related?: readonly string[];
  readonly different?: readonly string[];
  readonly source: string;
}

const RULES: readonly EquivalenceRule[] = rules;
const numbers = new Set(RULES.map(({ row }) => row));

/** The numbers that a text cites: `"row": 5`, and `equivalence rules, 33 and 35`, `Equivalence rules, 1-5, 14`. */
function citedIn(text: string): readonly number[] {
  const keys = [...text.matchAll(/["']?\brow["']?: (\d+)\b/g)].map((found) => Number(found[1]));
  const lists = [...text.matchAll(/equivalence rules?,? (\d+(?:(?:-|, | and )\d+)*)/gi)];
  return [...keys, ...lists.flatMap((found) => (found[1] ?? '').match(/\d+/g) ?? []).map(Number)];
}

describe('the numbered equivalence rules', () => {
  test('are numbered without a gap, and in order', () => {
    expect(RULES.map(({ row }) => row)).toEqual(RULES.map((_, i) => i + 1));
  });

  test('each says what is the same, near or different, and where that is documented', () => {
    const keys = ['row', 'class', 'title', 'same', 'related', 'different', 'source'];
    for (const rule of RULES) {
      expect(Object.keys(rule).filter((key) => !keys.includes(key))).toEqual([]);
      expect([rule.class, rule.title, rule.source]).not.toContain('');
      const said = [rule.same, rule.related, rule.different].filter((it) => it !== undefined);
      expect(said.length, rule.title).toBeGreaterThan(0);
      for (const list of said) expect(list.length, rule.title).toBeGreaterThan(0);
    }
  });

  test('are all that is cited', () => {
    const paths = globSync('packages/{knowledge,catalog}/{src,test}/**/*.{ts,json}', { cwd: ROOT });
    const cited = paths
      .filter((path) => !path.endsWith('data/rules.json'))
      .flatMap((path) => citedIn(readFileSync(join(ROOT, path), 'utf8')).map((row) => [path, row] as const));
    expect(cited.length).toBeGreaterThan(RULES.length);
    expect(cited.filter(([, row]) => !numbers.has(row))).toEqual([]);
  });

  test('citations are found in each of their ways', () => {
    expect(citedIn('{ "row": 5 }')).toEqual([5]);
    expect(citedIn('row: 8,')).toEqual([8]);
    expect(citedIn('Equivalence rules, 1-5, 14')).toEqual([1, 5, 14]);
    expect(citedIn('(equivalence rules, 33 and 35)')).toEqual([33, 35]);
  });
});
