import { describe, expect, test } from 'vitest';
import { recognise } from '../src/readers/index.ts';
import { ALL, build, catalogOf, folderWith, open, simpleRule, source } from './folder.ts';
import { armoryRule, detection } from './splunk-rules.ts';

function toldAs(text: string, path = 'a.yml'): string | null {
  const known = recognise(path, text);
  return known === null ? null : `${known.format.name} ${known.role}`;
}

describe('the format of a file', () => {
  test.each([
    ['a Sigma rule', simpleRule('a'), 'sigma rules'],
    [
      'a Sigma rule whose detection looks for a search',
      `title: T\ndetection:\n  search: x\n  condition: search\nsearch: y\n`,
      'sigma rules',
    ],
    ['a detection of security_content', detection({}), 'security-content rules'],
    ['a detection that lost its search', 'name: A\nhow_to_implement: Read on.\n', 'security-content rules'],
    ['a detection with broken YAML', `name: "A\nsearch: index=a\n`, 'security-content rules'],
    ['a baseline', 'name: A\ntype: Baseline\nsearch: index=a\n', 'security-content beside-rules'],
    ['a macro', 'name: a\ndefinition: index=a\n', 'security-content beside-rules'],
    ['a lookup', 'name: a\nfilename: a.csv\n', 'security-content beside-rules'],
    ['a data source', 'name: A\nsource: s\nsourcetype: t\n', 'security-content beside-rules'],
    ['an analytic story', 'name: A\nnarrative: Once …\n', 'security-content beside-rules'],
    ['a rule of the armory', armoryRule({}), 'armory rules'],
    ['a configuration', 'line-length: 120\n', null],
  ])('is told by its text: %s', (_, text, expected) => {
    expect(toldAs(text)).toBe(expected);
  });

  test('is told by its name where that says it', () => {
    expect(toldAs('title: x', 'a.spl')).toBe('spl rules');
  });

  test('of a file that was named itself is told by its text alone', () => {
    expect(toldAs(detection({}), 'notes.txt')).toBe('security-content rules');
    expect(toldAs('index=main TERM(EventCode=1)', 'notes.txt')).toBe('spl rules');
  });
});

describe('a folder of several formats', () => {
  test('gives each rule the platform of its own format', async () => {
    const catalog = await catalogOf(
      {
        'one.yml': simpleRule('a'),
        'two.yml': detection({ id: 'b' }),
        'three.yml': armoryRule({ id: 'c' }),
        'four.yml': armoryRule({ id: 'd', logic_format: 'snowflake', logic: 'select 1' }),
        'five.spl': 'index=main foo',
      },
      { platform: null },
    );
    expect(
      catalog
        .rules({}, ALL)
        .rules.map(({ id, language }) => `${id} ${language}`)
        .toSorted(),
    ).toEqual([
      'sigma/a sigma',
      'snowflake/d null',
      'splunk/b spl',
      'splunk/c spl',
      'splunk/own/five.spl#0 spl',
    ]);
    expect(catalog.problems()).toEqual([]);
    expect(catalog.stats().sources.map(({ name, platform, rules }) => [name, platform, rules])).toEqual([
      ['own', 'sigma', 1],
      ['own', 'snowflake', 1],
      ['own', 'splunk', 3],
    ]);
    expect(catalog.rules({ platform: 'splunk' }, ALL).total).toBe(3);
    expect(catalog.rules({ language: 'spl' }, ALL).total).toBe(3);
    expect(catalog.search('b', ALL).rules.map(({ id }) => id)).toContain('splunk/b');
  });

  test('of one that a source names counts as that', async () => {
    const catalog = await catalogOf({ 'two.yml': detection({ id: 'b' }) }, { platform: 'house' });
    expect(catalog.rule('house/b')?.platform).toBe('house');
  });

  test('names a rule without a title after its file', async () => {
    const catalog = await catalogOf({ 'deep/odd-logons.spl': 'index=main foo' }, { platform: null });
    expect(catalog.rules({}, ALL).rules.map(({ title }) => title)).toEqual(['odd-logons']);
  });
});

describe('a file that nobody can make a rule of', () => {
  test.each([
    ['a configuration', 'app: x\nversion: 1\n', 'no-rule', 'app, version'],
    ['a detection without its search', 'name: A\nhow_to_implement: Read on.\n', 'no-search', 'search'],
    ['an armory rule without its logic', 'title: A\nlogic_format: Splunk\n', 'no-search', 'logic'],
    ['broken YAML', 'name: A\nhow_to_implement: "Read on.\nsearch: index=a\n', 'yaml-invalid', 'quote'],
  ])('is a problem that says why: %s', async (_, text, code, words) => {
    const { problems, rules } = await build([
      source('own', folderWith({ 'a.yml': text }), { platform: null }),
    ]);
    const found = problems.flatMap(({ diagnostics }) => diagnostics);
    const kept = rules === 0 ? found : [];
    expect(kept.map((diagnostic) => diagnostic.code)).toContain(code);
    expect(kept.map(({ message }) => message).join(' ')).toContain(words);
  });

  test('but stands beside rules is none', async () => {
    const files = {
      'macros/a.yml': 'name: a\ndefinition: index=a\n',
      'lookups/a.csv': 'b,c\n1,2\n',
      'r.yml': detection({}),
    };
    const {
      problems,
      rules,
      files: read,
    } = await build([source('own', folderWith(files), { platform: null })]);
    expect({ problems, rules, read }).toEqual({ problems: [], rules: 1, read: 2 });
  });
});

describe('a rule whose YAML is broken behind its search', () => {
  test('is kept, understood in part, with the place', async () => {
    const text = `${detection({ id: 'a' })}references: [\n`;
    const { output } = await build([source('own', folderWith({ 'a.yml': text }), { platform: null })]);
    const rule = open(output).rule('splunk/a');
    expect(rule).toMatchObject({ understood: 'partial' });
    const line = text.split('\n').length - 1;
    expect(rule?.result.diagnostics).toMatchObject([{ code: 'yaml-invalid', severity: 'error' }]);
    expect(rule?.result.diagnostics[0]?.line).toBeGreaterThanOrEqual(line);
  });
});
