import { describe, expect, it } from 'vitest';
import { hasAnchor, luceneLiterals, luceneRegexFault } from '../src/elastic.ts';

/** Lucene, `RegExp`, its abstract syntax; Elasticsearch, "Regular expression syntax". */
describe('luceneRegexFault', () => {
  it.each([
    '',
    'abc',
    'a(b|c)*d?',
    '()',
    'a{2}b{3,}c{4,5}',
    '[^a-z\\]0-9]+',
    '[]a]',
    '~(abc)@&.+',
    'foo<01-100>',
    '"a(b"c',
    '\\(\\"\\<',
    '[(*"<]',
    '^abc$',
    '#',
  ])('%s is a pattern', (pattern) => {
    expect(luceneRegexFault(pattern)).toBeNull();
  });

  it.each([
    ['(a', 'a ( is never closed'],
    ['a)', 'a ) closes nothing'],
    ['[a', 'a [ is never closed'],
    ['[]', 'a [ is never closed'],
    ['a\\', 'it ends with a backslash'],
    ['*a', 'a * repeats nothing'],
    ['(?i)a', 'Lucene has no groups that start with (?'],
    ['?a', 'a ? repeats nothing'],
    ['a|', 'nothing stands behind a |'],
    ['(a|)', 'nothing stands behind a |'],
    ['|a', 'nothing stands before a |'],
    ['a~', 'nothing stands behind a ~'],
    ['a{,3}', 'a { starts no number of times'],
    ['a{b}', 'a { starts no number of times'],
    ['say "x', 'a " is never closed'],
    ['a<b', 'a < is never closed'],
    ['<script>', 'what stands between < and > is no range of numbers'],
  ])('%s is none: %s', (pattern, fault) => {
    expect(luceneRegexFault(pattern)).toBe(fault);
  });
});

it('luceneLiterals gives what every match holds, by the syntax of Lucene', () => {
  expect(luceneLiterals('abc.*def')).toEqual(['abc', 'def']);
  // Lucene has no anchors: both are characters.
  expect(luceneLiterals('^abc$')).toEqual(['^abc$']);
  expect(luceneLiterals('a[^$]bc')).toEqual(['a', 'bc']);
  expect(luceneLiterals('\\d+ab\\.c')).toEqual(['ab.c']);
  // `\n` is an n there, and a line feed to others.
  expect(luceneLiterals('ab\\ncd')).toEqual([]);
  for (const pattern of ['a<1-2>', 'a&b', '~a', 'ab@', '#', '"a"'])
    expect(luceneLiterals(pattern)).toEqual([]);
  expect(luceneLiterals('[<&~"]ab')).toEqual(['ab']);
});

it('hasAnchor finds what looks like one', () => {
  expect(['^a', 'a$', '(^a|b)'].map(hasAnchor)).toEqual([true, true, true]);
  expect(['[^a]', '\\^a\\$', 'a'].map(hasAnchor)).toEqual([false, false, false]);
});
