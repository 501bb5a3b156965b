import { LIMITS, toResult } from '@rulescope/logic';
import { schemaFaults } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { language } from '../src/index.ts';

/** Texts that cost a careless parser time or stack; each must end, and say what is wrong. */
const MANY = 20_000;
const texts: readonly (readonly [string, string])[] = [
  ['parentheses', '('.repeat(MANY)],
  ['closing parentheses', ')'.repeat(MANY)],
  ['lists in lists', 'a: ('.repeat(MANY)],
  ['lists of one field', `a: ${'(b or '.repeat(MANY)}`],
  ['nested fields', 'a:{ '.repeat(MANY)],
  ['quotation marks', '"a '.repeat(MANY)],
  ['quotation marks on lines of their own', `"${'\n\\"'.repeat(MANY)}`],
  ['phrases', '"a" '.repeat(MANY)],
  ['NOTs', 'not '.repeat(MANY)],
  ['ORs', 'a or '.repeat(MANY)],
  ['ANDs alone', 'and '.repeat(MANY)],
  ['colons', ':'.repeat(MANY)],
  ['conditions without an operator', 'a: "b" '.repeat(MANY)],
  ['comparisons', 'a < '.repeat(MANY)],
  ['backslashes', '\\'.repeat(MANY)],
  ['escapes of code points', '\\u00'.repeat(MANY)],
  ['stars', '*'.repeat(MANY)],
  ['wildcards', `a: ${'b*'.repeat(MANY)}`],
  ['words', 'a '.repeat(MANY)],
  ['digits and dots', `a: ${'1.'.repeat(MANY)}`],
  ['colons in an address', `a: "${'a:'.repeat(MANY)}/1"`],
  ['a long list', `a: (${'b or '.repeat(MANY)}c)`],
  ['a long list of alternating patterns', `a: (${'b* or *c or '.repeat(MANY)}d)`],
];

describe('hostile queries', () => {
  it.each(texts)('end: %s', (_name, text) => {
    const [query] = language.parse(text).queries;
    expect(query?.stages.length).toBe(1);
    expect(query?.diagnostics.length).toBeLessThan(2_000);
  });

  it.each<[string, string]>([
    ['parentheses', `${'('.repeat(100_000)}a: 1${')'.repeat(100_000)}`],
    ['nots', `${'not '.repeat(100_000)}a: 1`],
    ['lists', `a: ${'('.repeat(100_000)}1${')'.repeat(100_000)}`],
    ['nested fields', `${'a:{ '.repeat(100_000)}b: 1${' }'.repeat(100_000)}`],
  ])('100,000 %s are too deep', (_, text) => {
    const result = toResult(language.parse(text), 'hostile');
    expect(result.diagnostics.map(({ code }) => code)).toContain('nesting-too-deep');
    expect(result.understood).toBe('partial');
    expect(schemaFaults(result)).toEqual([]);
  });

  it.each<[string, string]>([
    ['conditions', `a: 1${' and b: 2'.repeat(LIMITS.values)}`],
    ['values', `a: (b${' or c'.repeat(LIMITS.values)})`],
    ['words', 'a '.repeat(LIMITS.values + 1)],
  ])('more %s than a result may have are told, and kept as unknown text', (_, text) => {
    const [query] = language.parse(text).queries;
    expect(query?.diagnostics.map(({ code }) => code)).toContain('result-too-large');
    expect(query?.understood).toBe('partial');
    expect(JSON.stringify(query?.where)).toContain('"unknown"');
  });
});
