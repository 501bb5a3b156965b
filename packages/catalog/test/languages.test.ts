import { languageByName, languageByText, languages } from '@rulescope/catalog';
import { expect, test } from 'vitest';

test('every language is told by the names of its files', () => {
  expect(languages.map(({ id }) => id)).toEqual(expect.arrayContaining(['sigma', 'spl']));
  expect(['rule.yml', 'a/RULE.YAML', 'a.spl', 'rule.txt', 'yml'].map(languageByName)).toEqual([
    'sigma',
    'sigma',
    'spl',
    null,
    null,
  ]);
});

test('a text is told by what only its language has', () => {
  expect(languageByText('title: x\nlogsource:\n  product: windows\n')).toBe('sigma');
  expect(languageByText('--- \n"detection" : {}')).toBe('sigma');
  expect(languageByText('some words, detection: x')).toBeNull();
});

test.each([
  ['index=main foo', 'spl'],
  ['(index=a OR index=b) foo', 'spl'],
  ['sourcetype="x" foo', 'spl'],
  ['`sysmon` EventID=1', 'spl'],
  ['``` a comment ``` foo', 'spl'],
  ['| tstats count from datamodel=Web', 'spl'],
  ['  | inputlookup a.csv', 'spl'],
  ['process where true', null],
  ['SecurityEvent | where EventID == 1', null],
  ['from logs-* | where a == 1', null],
  ['process.name : "cmd.exe"', null],
])('a search is told by how it begins: %s', (text, language) => {
  expect(languageByText(text) === 'spl' ? 'spl' : null).toBe(language);
});

test.each([
  ['process where true', 'eql'],
  ['// a comment\n/* and\n another */ any where x == 1', 'eql'],
  ['"my category" where true', 'eql'],
  ['sequence by host.id [any where true] [any where true]', 'eql'],
  ['sequence with maxspan=1m [any where true] [any where true]', 'eql'],
  ['sample by host.id [any where true] [any where true]', 'eql'],
  ['from logs-* | where a == 1', null],
  ['SELECT a FROM b WHERE c', null],
  ['process.name : "where"', null],
])('an EQL query is told by how it begins: %s', (text, language) => {
  expect(languageByText(text) === 'eql' ? 'eql' : null).toBe(language);
});

test.each([
  ['from logs-* | where a == 1', 'esql'],
  ['// a comment\nFROM "logs-*", b metadata _id\n| limit 5', 'esql'],
  ['ROW a = 1', 'esql'],
  ['from the first day', null],
  ['| from datamodel:Web | search a=1', null],
  ['from.address : "a"', null],
])('an ES|QL query is told by how it begins: %s', (text, language) => {
  expect(languageByText(text) === 'esql' ? 'esql' : null).toBe(language);
});
