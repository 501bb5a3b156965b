import { join } from 'node:path';
import {
  CatalogError,
  ConfigError,
  parseConfig,
  readConfig,
  sourceFor,
  sourcesFor,
} from '@rulescope/catalog';
import { describe, expect, test } from 'vitest';
import { folderWith, temporaryFolder } from './folder.ts';

describe('a configuration file', () => {
  test('names sources, their paths relative to its own folder', () => {
    const folder = folderWith({
      'rules/a.yml': '',
      'conf/rulescope.yml': [
        'catalog: ../out/rules.sqlite',
        'sources:',
        '  - name: own_rules-1',
        '    path: ../rules',
        '    platform: splunk',
        '    licence: DRL-1.1',
        '    link: https://example.org/blob/main/{path}?plain=1',
        '  - { name: "2024", path: . }',
      ].join('\n'),
    });
    expect(readConfig(join(folder, 'conf/rulescope.yml'))).toEqual({
      file: join(folder, 'conf/rulescope.yml'),
      catalog: join(folder, 'out/rules.sqlite'),
      sources: [
        {
          name: 'own_rules-1',
          path: join(folder, 'rules'),
          platform: 'splunk',
          licence: 'DRL-1.1',
          link: 'https://example.org/blob/main/{path}?plain=1',
        },
        { name: '2024', path: join(folder, 'conf'), platform: null, licence: null, link: null },
      ],
    });
  });

  test('keeps a name as it is written, also where YAML would read a number', () => {
    const folder = folderWith({ 'rulescope.yml': 'sources: [{ name: 1e3, path: . }]' });
    expect(readConfig(join(folder, 'rulescope.yml')).sources[0]?.name).toBe('1e3');
  });

  test('that is not there is a CatalogError', () => {
    expect(() => readConfig(join(temporaryFolder(), 'no.yml'))).toThrow(CatalogError);
  });
});

describe('what is wrong with a configuration file', () => {
  /** Each issue as `line:column message`, the file's name being told with each of them. */
  function issuesOf(text: string): readonly string[] {
    const file = join(temporaryFolder(), 'rulescope.yml');
    try {
      parseConfig(text, file);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      expect(error.file).toBe(file);
      expect(error.message.split('\n').every((line) => line.startsWith(`${file}:`))).toBe(true);
      return error.issues.map(({ line, column, message }) => `${line}:${column} ${message}`);
    }
    return [];
  }

  test.each([
    [
      'an unknown key',
      'sources: [{ name: a, path: . }]\nsource: b',
      ['2:1 "source" is not a key of the file: use `sources`, `catalog`.'],
    ],
    [
      'an unknown key of a source',
      'sources:\n  - name: a\n    path: .\n    license: MIT',
      ['4:5 "license" is not a key of a source: use `name`, `path`, `platform`, `licence`, `link`.'],
    ],
    [
      'a name twice',
      'sources:\n- { name: a, path: . }\n- { name: a, path: . }',
      ['3:11 Another source is called "a" already: names are unique.'],
    ],
    [
      'a bad name',
      'sources: [{ name: a/b, path: . }]',
      ['1:19 The name "a/b" may hold only letters, digits, `-` and `_`.'],
    ],
    [
      'a bad platform',
      'sources: [{ name: a, path: ., platform: "a b" }]',
      ['1:41 The platform "a b" may hold only letters, digits, `-` and `_`.'],
    ],
    [
      'no name, no path',
      'sources:\n  - platform: sigma',
      [
        '2:5 The source has no `name`: give it one of letters, digits, `-` and `_`.',
        '2:5 The source has no `path`: name the folder or file of its rules.',
      ],
    ],
    ['an empty name', 'sources:\n  - name:\n    path: .', ['2:10 `name` must be a text that is not empty.']],
    [
      'a list for a path',
      'sources: [{ name: a, path: [b] }]',
      ['1:28 `path` must be a text that is not empty.'],
    ],
    [
      'a link that is a script',
      'sources: [{ name: a, path: ., link: "javascript:alert(1)//{path}" }]',
      ['1:37 The link must be a web address such as `https://example.org/rules/{path}`.'],
    ],
    [
      'a link without a path',
      'sources: [{ name: a, path: ., link: "https://example.org" }]',
      ['1:37 The link must hold `{path}`, such as `https://example.org/rules/{path}`.'],
    ],
    [
      'no sources',
      'sources: []',
      ['1:10 Name at least one source: `sources:` is a list of items with a `name` and a `path`.'],
    ],
    [
      'nothing',
      '',
      ['1:1 Name at least one source: `sources:` is a list of items with a `name` and a `path`.'],
    ],
    ['a source that is a text', 'sources: [rules]', ['1:11 A source is a map with a `name` and a `path`.']],
  ])('%s is named with its line', (_, text, issues) => {
    expect(issuesOf(text)).toEqual(issues);
  });

  test('a path that is not there is named in full', () => {
    expect(issuesOf('sources:\n  - name: a\n    path: ./no-such-folder')[0]).toMatch(
      /^3:11 There is no ".*no-such-folder": write the path as it is from the folder of this file\.$/,
    );
  });

  test('broken YAML and keys written twice are told where they are', () => {
    expect(issuesOf('sources: [')[0]).toMatch(/^1:11 /);
    expect(issuesOf('catalog: a\ncatalog: b')[0]).toMatch(/^2:1 .*unique/);
  });

  test('an alias is not followed, so that none can be a bomb', () => {
    expect(issuesOf('catalog: &a x\nsources: [{ name: *a, path: . }]')).toEqual([
      '2:19 `name` must be a text that is not empty.',
    ]);
  });

  test('everything is told at once', () => {
    expect(issuesOf('catalogue: x\nsources: [{ name: "", pth: x }]')).toHaveLength(4);
  });
});

describe('a folder on the command line', () => {
  test.each([
    ['/data/my rules', 'my-rules'],
    ['/data/sigma/', 'sigma'],
    ['/data/sigma.d', 'sigma-d'],
    ['/data/proc_creation.yml', 'proc_creation'],
    ['/data/правила', 'rules'],
    ['/', 'rules'],
  ])('%s is the source %s', (path, name) => {
    expect(sourceFor(path)).toMatchObject({ name, platform: null, licence: null, link: null });
  });

  test('several that would share a name are numbered', () => {
    expect(sourcesFor(['/a/rules', '/b/rules', '/c/rules-2']).map(({ name }) => name)).toEqual([
      'rules',
      'rules-2',
      'rules-2-2',
    ]);
  });
});
