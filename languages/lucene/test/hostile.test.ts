import { LIMITS, toResult } from '@rulescope/logic';
import { schemaFaults } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { language } from '../src/index.ts';

/** Texts that cost a careless parser time or stack; each must end, and say what is wrong. */
const MANY = 20_000;
const texts: readonly (readonly [string, string])[] = [
  ['parentheses', '('.repeat(MANY)],
  ['closing parentheses', ')'.repeat(MANY)],
  ['empty parentheses', '()'.repeat(MANY)],
  ['groups of a field', 'a:('.repeat(MANY)],
  ['quotation marks', '"a '.repeat(MANY)],
  ['phrases', '"a" '.repeat(MANY)],
  ['slashes', '/'.repeat(MANY)],
  ['escaped slashes', '/\\'.repeat(MANY)],
  ['slashes that are never closed', `/${'a\\/'.repeat(MANY)}`],
  ['open ranges', '['.repeat(MANY)],
  ['ranges that are never closed', '[a TO '.repeat(MANY)],
  ['ranges of quotation marks', `[${'"'.repeat(MANY)}]`],
  ['ranges of many words', `[${'a TO '.repeat(MANY)}]`],
  ['closing brackets', ']'.repeat(MANY)],
  ['NOTs', 'NOT '.repeat(MANY)],
  ['minus signs', '-'.repeat(MANY)],
  ['lone minus signs', '- '.repeat(MANY)],
  ['ORs', 'a OR '.repeat(MANY)],
  ['ANDs alone', 'AND '.repeat(MANY)],
  ['optional clauses', `${'a:1 '.repeat(MANY)}AND b:2`],
  ['colons', ':'.repeat(MANY)],
  ['tildes', 'a~'.repeat(MANY)],
  ['boosts', 'a^1'.repeat(MANY)],
  ['backslashes', '\\'.repeat(MANY + 1)],
  ['stars', '*'.repeat(MANY)],
  ['wildcards', `a:${'b*?'.repeat(MANY)}`],
  ['words', 'a '.repeat(MANY)],
  ['words of a group', `x:(${'a '.repeat(MANY)})`],
  ['comparisons', 'a:< '.repeat(MANY)],
  ['brackets of a class', `a:/${'['.repeat(MANY)}/`],
  ['a long list of alternating patterns', `a:(${'b* OR *c OR '.repeat(MANY)}d)`],
  ['a proximity of many words', `"${'a '.repeat(MANY)}"~5`],
];

describe('hostile queries', () => {
  it.each(texts)('end: %s', (_name, text) => {
    const [query] = language.parse(text).queries;
    expect(query?.stages.length).toBe(1);
    expect(query?.diagnostics.length).toBeLessThan(2_000);
  });

  it.each<[string, string]>([
    ['parentheses', `${'('.repeat(100_000)}a:1${')'.repeat(100_000)}`],
    ['negated groups', `${'NOT ('.repeat(100_000)}a:1${')'.repeat(100_000)}`],
    ['groups of fields', `${'a:('.repeat(100_000)}1${')'.repeat(100_000)}`],
  ])('100,000 %s are too deep', (_, text) => {
    const result = toResult(language.parse(text), 'hostile');
    expect(result.diagnostics.map(({ code }) => code)).toContain('nesting-too-deep');
    expect(result.understood).toBe('partial');
    expect(schemaFaults(result)).toEqual([]);
  });

  it.each<[string, string]>([
    ['conditions', `a:1${' AND b:2'.repeat(LIMITS.values)}`],
    ['values', `a:(b${' OR c'.repeat(LIMITS.values)})`],
    ['words', 'a '.repeat(LIMITS.values + 1)],
  ])('more %s than a result may have are told, and kept as unknown text', (_, text) => {
    const [query] = language.parse(text).queries;
    expect(query?.diagnostics.map(({ code }) => code)).toContain('result-too-large');
    expect(query?.understood).toBe('partial');
    expect(JSON.stringify(query?.where)).toContain('"unknown"');
  });
});
