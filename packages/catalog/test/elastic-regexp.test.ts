import { describe, expect, test } from 'vitest';
import { detectionRule, ruleOf } from './elastic-rules.ts';

describe('a regexp filter beside the query', () => {
  // Elasticsearch Guide, "Regular expression syntax": `~` is an operator, ^ and $ are no anchors.
  test('has a regular expression of Lucene', async () => {
    const asked = async (pattern: string) => {
      const { result, understood } = await ruleOf(
        detectionRule({ filters: [{ query: { regexp: { a: { value: pattern } } } }] }),
      );
      expect(understood).toBe('full');
      return { where: result.stages[1]?.where, said: result.diagnostics.map(({ code }) => code) };
    };
    const literals = (found: readonly string[]) => ({ test: { op: 'regex', literals: [found] } });
    expect(await asked('abc.*def')).toMatchObject({ where: literals(['abc', 'def']), said: [] });
    expect(await asked('abc~def')).toMatchObject({ where: literals([]), said: [] });
    expect(await asked('(abc')).toMatchObject({ said: ['elastic-filter-regex'] });
    expect(await asked('^abc$')).toMatchObject({
      where: literals(['^abc$']),
      said: ['elastic-filter-regex'],
    });
  });
});
