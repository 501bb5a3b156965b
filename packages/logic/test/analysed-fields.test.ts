import { describe, expect, it } from 'vitest';
import { ANALYSED_FIELDS, isAnalysed } from '../src/elastic.ts';

describe('analysed fields', () => {
  it.each(ANALYSED_FIELDS)('$name is documented', ({ name, documentation }) => {
    expect(documentation).toMatch(/^(Elastic Common Schema|Winlogbeat), .*\((text|match_only_text)\)$/);
    expect(isAnalysed(name.replace('*', 'process.title'))).toBe(true);
  });

  it('are no others', () => {
    for (const field of ['process.name', 'message.keyword', 'text', 'my.message', 'context'])
      expect(isAnalysed(field)).toBe(false);
  });
});
