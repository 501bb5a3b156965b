import type { Catalog } from '@rulescope/catalog';
import { describe, expect, test } from 'vitest';
import { ALL, catalogOf, sigmaRule } from './folder.ts';

function titled(id: string, title: string, description: string, detection: string): string {
  return sigmaRule(id, detection).replace(/^title: .*/, `title: ${title}\ndescription: ${description}`);
}

const RULES = {
  'msi.yml': titled(
    'msi',
    'Msiexec Quiet Installation',
    'Installs without a word',
    "s:\n    Image|endswith: '\\msiexec.exe'\n    CommandLine|contains: '-q'\ncondition: s",
  ),
  'dll.yml': titled('dll', 'Odd DLL', 'Not msiexec at all', 's:\n    Image: x\ncondition: s'),
  'path/to/certutil.yml': titled(
    'path',
    'Download',
    'A file',
    "s:\n    CommandLine|contains: 'urlcache'\ncondition: s",
  ),
  'unicode.yml': titled(
    'unicode',
    'Über Straße',
    'Naïve café',
    "s:\n    CommandLine|contains: ['配置文件', 'Ünïcode.exe']\ncondition: s",
  ),
  'quiet.yml': titled('quiet', 'Silent', 'Runs q', "s:\n    CommandLine|contains: '/q'\ncondition: s"),
  'escape.yml': titled(
    'escape',
    'Escapes',
    'Only in YAML',
    's:\n    CommandLine|contains: "ab\\u0063def ghi"\ncondition: s',
  ),
};

describe('search', () => {
  let catalog: Catalog;
  const found = (words: string) => catalog.search(words, ALL).rules.map(({ id }) => id.replace('sigma/', ''));

  test('finds words, which may go on; titles come first', async () => {
    catalog = await catalogOf(RULES);
    expect(found('msiexec')).toEqual(['msi', 'dll']);
    expect(found('MSIEXEC')).toEqual(['msi', 'dll']);
    expect(found('msiex')).toEqual(['msi', 'dll']);
    expect(found('quiet inst')).toEqual(['msi']);
    expect(found('quie inst')).toEqual(['msi']);
    expect(found('uiet inst')).toEqual([]);
    expect(found('download urlcache')).toEqual(['path']);
    expect(found('nowhere')).toEqual([]);
    expect(found('msiexec nowhere')).toEqual([]);
  });

  test('finds the same whatever the order of the words', async () => {
    catalog = await catalogOf(RULES);
    const words = ['quie', 'inst', 'msiex', '-q', 'q', 's', 'wit', '.exe', 'sigma/msi', 'urlc', 'Naïv', '"'];
    const pairs = words.flatMap((a) => words.map((b) => [a, b] as const));
    for (const [a, b] of pairs) {
      expect(found(`${a} ${b}`).toSorted(), `${a} ${b}`).toEqual(found(`${b} ${a}`).toSorted());
    }
    expect(found('q quie msiex')).toEqual(['msi']);
    expect(found('msiex quie q')).toEqual(['msi']);
  });

  test('finds ids, as we write them too, in capitals too; that rule comes first', async () => {
    const id = '3f0b7f6e-2f0e-4a54-9a3b-0d1f4f4f6a01';
    catalog = await catalogOf({
      ...RULES,
      'a.yml': titled('other', `Instead of ${id}`, 'x', 's:\n    Image: x\ncondition: s'),
      'b.yml': titled(id, 'Rule', 'x', 's:\n    Image: x\ncondition: s'),
      'c.yml': titled('', 'None', 'x', 's:\n    Image: x\ncondition: s').replace(/^id:.*\n/m, ''),
    });
    expect(found(`sigma/${id}`)).toEqual([id]);
    expect(found(`SIGMA/${id.toUpperCase()}`)).toEqual([id]);
    expect(found(id.toUpperCase())).toEqual([id, 'other']);
    expect(found('sigma/own/c.yml#0')).toEqual(['own/c.yml#0']);
    expect(found(`sigma/${id} msiexec`)).toEqual([]);
  });

  test('finds paths, descriptions and parts of values', async () => {
    catalog = await catalogOf(RULES);
    expect(found('certutil')).toEqual(['path']);
    expect(found('path/to/certutil.yml')).toEqual(['path']);
    expect(found('word without')).toEqual(['msi']);
    expect(found('siexec.ex')).toEqual(['msi']);
    expect(found('rlcach')).toEqual(['path']);
    // The rule's text has an escape in the middle of the word: only its value is `abcdef ghi`.
    expect(found('bcde')).toEqual(['escape']);
    expect(found('abcdef')).toEqual(['escape']);
  });

  test('takes punctuation as it is', async () => {
    catalog = await catalogOf(RULES);
    expect(found('\\msiexec.exe')).toEqual(['msi']);
    expect(found('-q')).toEqual(['msi', 'quiet']);
    expect(found('/q')).toEqual(['quiet', 'msi']);
  });

  test('finds any language', async () => {
    catalog = await catalogOf(RULES);
    expect(found('straße')).toEqual(['unicode']);
    expect(found('cafe')).toEqual(['unicode']);
    expect(found('置文件')).toEqual(['unicode']);
    expect(found('ÜNÏCODE')).toEqual(['unicode']);
  });

  test.each([
    '"',
    '""',
    "'",
    '*',
    '^',
    'title:msiexec',
    'title : msiexec',
    'msiexec OR NOT nowhere',
    'NEAR(msiexec quiet)',
    '(msiexec',
    'msiexec*',
    '{title}',
    '- + | & ; -- /* */',
    '"msiexec" AND "',
    "'; DROP TABLE rule; --",
    '\0',
    '\ud800',
    'a\0b',
    '%_%',
    '...',
  ])('takes no syntax: %j', async (words) => {
    catalog = await catalogOf(RULES);
    expect(() => catalog.search(words, ALL)).not.toThrow();
  });

  test('finds nothing for nothing', async () => {
    catalog = await catalogOf(RULES);
    for (const words of ['', '  ', '\n\t'])
      expect(catalog.search(words, ALL)).toEqual({ total: 0, rules: [] });
  });

  test('does not care how much is asked', async () => {
    catalog = await catalogOf(RULES);
    expect(catalog.search('msiexec '.repeat(50_000), ALL).total).toBe(2);
    expect(catalog.search('x'.repeat(1_000_000), ALL).total).toBe(0);
    expect(catalog.search('"'.repeat(100_000), ALL).total).toBe(0);
  });

  test('gives pages of one order', async () => {
    catalog = await catalogOf(RULES);
    const all = catalog.search('s', ALL);
    const pages = [0, 2, 4, 6].flatMap((offset) => catalog.search('s', { limit: 2, offset }).rules);
    expect(pages).toEqual(all.rules);
    expect(all.total).toBe(all.rules.length);
  });
});
