import type { IndicatorCount } from '@rulescope/catalog';
import { describe, expect, test } from 'vitest';
import { build, catalogOf, folderWith, open, put, sigmaRule, source } from './folder.ts';

/** The rows of a rule in short: `+field op value` (`-` where it excludes), the encoding, how many others. */
function short(rows: readonly IndicatorCount[]): readonly string[] {
  return rows.map(({ polarity, field, op, value, encoding, others }) =>
    [`${polarity === 'include' ? '+' : '-'}${field} ${op} ${value}`, encoding, `${others.total}`]
      .filter((part) => part !== '')
      .join(' '),
  );
}

/** Catalogues rules by their ids, and gives the rows of one of them. */
async function rowsOf(
  id: string,
  rules: Readonly<Record<string, string>>,
): Promise<readonly IndicatorCount[]> {
  const files = Object.entries(rules).map(([name, detection]) => [`${name}.yml`, sigmaRule(name, detection)]);
  return (await catalogOf(Object.fromEntries(files))).indicatorCounts(`sigma/${id}`);
}

describe('an indicator', () => {
  test('is counted in other rules, once in each', async () => {
    const rows = await rowsOf('a', {
      a: "s:\n    Image|endswith: '\\cmd.exe'\n    CommandLine|contains: ['x', 'y', 'z']\ncondition: s",
      b: "s:\n    Image|endswith: '\\cmd.exe'\nt:\n    CommandLine|contains: ['x', 'X']\ncondition: s or t",
      c: "s:\n    CommandLine|contains|all: ['x', 'y']\nt:\n    CommandLine|contains: 'x'\ncondition: s and t",
    });
    expect(short(rows)).toEqual([
      '+Image ends_with \\cmd.exe 1',
      '+CommandLine contains x 2',
      '+CommandLine contains y 1',
      '+CommandLine contains z 0',
    ]);
  });

  test('is counted by platform, its own without the rule that asks', async () => {
    const of = (id: string) => sigmaRule(id, 's:\n    Image: cmd\ncondition: s');
    const sigma = folderWith({ 'a.yml': of('a'), 'b.yml': of('b') });
    const splunk = folderWith({ 'c.yml': of('c'), 'd.yml': of('d'), 'e.yml': of('e') });
    const elastic = folderWith({ 'f.yml': sigmaRule('f', 's:\n    Image: other\ncondition: s') });
    const { output } = await build([
      source('one', sigma),
      source('two', splunk, { platform: 'splunk' }),
      source('three', elastic, { platform: 'elastic' }),
    ]);
    const catalog = open(output);
    const others = (id: string) => catalog.indicatorCounts(id).map((row) => row.others);
    expect(others('sigma/a')).toEqual([{ total: 4, byPlatform: { sigma: 1, splunk: 3 } }]);
    expect(others('splunk/c')).toEqual([{ total: 4, byPlatform: { sigma: 2, splunk: 2 } }]);
    expect(others('elastic/f')).toEqual([{ total: 0, byPlatform: {} }]);
    expect(others('elastic/none')).toEqual([]);
  });

  test('counts apart where it is excluded: an odd number of Nots', async () => {
    const rows = await rowsOf('a', {
      a: 's:\n    A: 1\nf:\n    B: 2\ng:\n    C: 3\ncondition: s and not (f or not g)',
      b: 's:\n    A: 1\nf:\n    B: 2\ncondition: s and not f',
      c: 's:\n    A: 1\n    B: 2\n    C: 3\ncondition: s',
      d: 's:\n    C: 3\nt:\n    D: 4\ncondition: t and not s',
    });
    expect(short(rows)).toEqual(['+A eq 1 2', '-B eq 2 1', '+C eq 3 1']);
  });

  test('that a rule both wants and does not want has two rows', async () => {
    const rows = await rowsOf('a', {
      a: 's:\n    A: x\nf:\n    A: X\n    B: y\ncondition: s and not f',
      b: 's:\n    A: x\ncondition: s',
    });
    expect(short(rows)).toEqual(['+A eq x 1', '-A eq x 0', '-B eq y 0']);
  });

  test('is the same in any case, as number or text; a regex is not', async () => {
    const rows = await rowsOf('a', {
      a: "s:\n    EventID: 4688\n    Image: 'C:\\ÄB.exe'\n    CommandLine|re: 'A+'\ncondition: s",
      b: "s:\n    eventid: '4688'\n    image: 'c:\\äb.EXE'\n    commandline|re: 'a+'\ncondition: s",
      c: "s:\n    CommandLine|re: 'A+'\ncondition: s",
    });
    expect(short(rows)).toEqual(['+EventID eq 4688 1', '+Image eq c:\\äb.exe 1', '+CommandLine regex A+ 1']);
    expect(rows.map(({ shown }) => shown)).toEqual(['4688', 'C:\\ÄB.exe', 'A+']);
  });

  test('is another with another operator or field, or encoded; windash looks for it too, and cased', async () => {
    const rows = await rowsOf('a', {
      a: "s:\n    CommandLine|contains: '-q'\ncondition: s",
      b: "s:\n    CommandLine|contains|windash: '-q'\ncondition: s",
      c: "s:\n    CommandLine|contains|cased: '-Q'\ncondition: s",
      d: "s:\n    CommandLine|startswith: '-q'\ncondition: s",
      e: "s:\n    ParentCommandLine|contains: '-q'\ncondition: s",
      f: "s:\n    CommandLine|base64offset|contains: '-q'\ncondition: s",
      g: "s:\n    '|contains': '-q'\ncondition: s",
    });
    expect(short(rows)).toEqual(['+CommandLine contains -q 2']);
  });

  test('is each of the literals that a value stands for, written out or not', async () => {
    const rows = await rowsOf('a', {
      a: "s:\n    CommandLine|contains|windash: '-q'\ncondition: s",
      b: "s:\n    CommandLine|contains: ['-q', '/q', '\u2013q', '\u2014q', '\u2015q']\ncondition: s",
      c: "s:\n    CommandLine|contains: '-q'\ncondition: s",
    });
    expect(short(rows)).toEqual(['+CommandLine contains -q 2']);
    expect(rows[0]?.literals.map(({ value, others }) => `${value} ${others.total}`)).toEqual([
      '/q 1',
      '\u2013q 1',
      '\u2014q 1',
      '\u2015q 1',
    ]);
  });

  test('is what an encoded text looks like, wide and utf16le being one; never the plain text', async () => {
    const catalog = await catalogOf({
      'a.yml': sigmaRule('a', "s:\n    CommandLine|wide|base64offset|contains: 'http'\ncondition: s"),
      'b.yml': sigmaRule('b', "s:\n    CommandLine|utf16le|base64offset|contains: 'http'\ncondition: s"),
      'c.yml': sigmaRule('c', "s:\n    CommandLine|base64offset|contains: 'http'\ncondition: s"),
    });
    const [row] = catalog.indicatorCounts('sigma/b');
    // Base64 of h\0t\0t\0p\0 at each of the three offsets, without what depends on the text around it.
    expect(short(catalog.indicatorCounts('sigma/b'))).toEqual(['+CommandLine contains aab0ahqaca 1']);
    expect(row?.literals.map(({ value }) => value)).toEqual(['gadab0ahaa', 'oahqadabwa']);
    expect(row?.transforms).toEqual(['utf16le', 'base64offset']);
    const key = { field: 'CommandLine', op: 'contains', value: 'aAB0AHQAcA', encoding: '' } as const;
    expect(catalog.indicator(key).including.map(({ id }) => id)).toEqual(['sigma/a', 'sigma/b']);
  });

  test('may be a term, which has no field', async () => {
    const rows = await rowsOf('a', {
      a: "keywords:\n    - 'Evil'\n    - 'bad thing'\ncondition: keywords",
      b: "keywords: ['evil']\ncondition: keywords",
      c: "s:\n    A|contains: 'evil'\ncondition: s",
    });
    expect(short(rows)).toEqual(['+null contains evil 1', '+null contains bad thing 0']);
  });

  test('may have no value', async () => {
    const rows = await rowsOf('a', {
      a: "s:\n    A|exists: true\n    B: null\n    C: ''\n    D: '*'\ncondition: s",
      b: 's:\n    A|exists: true\ncondition: s',
      c: "s:\n    A: '*'\n    B: null\ncondition: s",
    });
    expect(short(rows)).toEqual(['+A exists  2', '+B is_null  1', '+C eq  0', '+D exists  0']);
  });

  test('of ten thousand is no trouble', async () => {
    const hashes = Array.from(
      { length: 10_000 },
      (_, i) => `        - '${i.toString(16).padStart(32, '0')}'`,
    );
    const list = `s:\n    md5:\n${hashes.join('\n')}\ncondition: s`;
    const rows = await rowsOf('a', {
      a: list,
      b: list,
      c: `s:\n    md5: '${'0'.repeat(31)}1'\ncondition: s`,
    });
    expect(rows).toHaveLength(10_000);
    expect(rows.slice(0, 3).map(({ others }) => others.total)).toEqual([1, 2, 1]);
  });
});

describe('what is not counted', () => {
  test('are the tests that a correlation takes over: its rules count them themselves', async () => {
    const folder = folderWith({
      'a.yml': sigmaRule('a', 's:\n    A: x\ncondition: s'),
      'b.yml': sigmaRule('b', 's:\n    A: x\ncondition: s', 'name: base'),
    });
    put(
      folder,
      'correlation.yml',
      "title: Many\nid: many\ncorrelation:\n    type: event_count\n    rules: ['base']\n    group-by: [User]\n    timespan: 5m\n    condition: { gte: 10 }\n",
    );
    put(
      folder,
      'filter.yml',
      'title: Not X\nid: filter\nlogsource: { category: process_creation, product: windows }\nfilter:\n    rules: [a]\n    s:\n        A: x\n        B: y\n    condition: not s\n',
    );
    const { output } = await build([source('own', folder)]);
    const catalog = open(output);
    expect(short(catalog.indicatorCounts('sigma/a'))).toEqual(['+A eq x 1']);
    expect(short(catalog.indicatorCounts('sigma/many'))).toEqual([]);
    expect(short(catalog.indicatorCounts('sigma/filter'))).toEqual(['-A eq x 0', '-B eq y 0']);
    // Yet they are linked: the correlation holds its rule, the rule its filter.
    expect(catalog.rule('sigma/b')?.standalone).toBe(false);
    expect(catalog.rule('sigma/many')?.result.stages[0]?.queries.map(({ id }) => id)).toEqual(['b']);
    const vias = catalog
      .rule('sigma/a')
      ?.result.exclusions.map(({ where }) => JSON.stringify(where).includes('document:filter'));
    expect(vias).toEqual([true]);
  });

  test('are derived tests', async () => {
    const rows = await rowsOf('a', { a: 's:\n    A: x\ncondition: s | count() by B > 10' });
    expect(short(rows)).toEqual(['+A eq x 0']);
  });

  test('are selections that the condition does not use', async () => {
    const rows = await rowsOf('a', {
      a: 's:\n    A: x\nt:\n    A: y\ncondition: s',
      b: 's:\n    A: y\ncondition: s',
    });
    expect(short(rows).filter((row) => row.startsWith('+A eq y'))).toEqual([]);
  });
});

describe('the rules behind an indicator', () => {
  test('are those that include it and those that exclude it, whatever the case of the question', async () => {
    const catalog = await catalogOf({
      'a.yml': sigmaRule('a', "s:\n    Image|endswith: '\\Cmd.exe'\ncondition: s"),
      'b.yml': sigmaRule('b', "s:\n    A: 1\nf:\n    Image|endswith: '\\cmd.exe'\ncondition: s and not f"),
      'c.yml': sigmaRule('c', "keywords: ['\\cmd.exe']\ncondition: keywords"),
    });
    const found = catalog.indicator({ field: 'IMAGE', op: 'ends_with', value: '\\CMD.EXE', encoding: '' });
    expect(found).toMatchObject({ field: 'Image', op: 'ends_with', value: '\\cmd.exe', encoding: '' });
    expect(found.including.map(({ id }) => id)).toEqual(['sigma/a']);
    expect(found.excluding.map(({ id }) => id)).toEqual(['sigma/b']);
    const term = catalog.indicator({ field: null, op: 'contains', value: '\\cmd.exe', encoding: '' });
    expect(term.including.map(({ id }) => id)).toEqual(['sigma/c']);
  });

  test('write it in their own ways, and what is near it or broader is counted apart', async () => {
    const catalog = await catalogOf({
      'a.yml': sigmaRule('a', "s:\n    Image|endswith: '\\x.exe'\ncondition: s"),
      'b.yml': sigmaRule('b', "s:\n    Image|endswith: '\\X.exe'\ncondition: s"),
      'c.yml': sigmaRule('c', "s:\n    Image|contains: 'x.e'\ncondition: s"),
      'd.kql': 'DeviceProcessEvents | where FileName =~ "x.exe"',
    });
    const found = catalog.indicator({ field: 'Image', op: 'ends_with', value: '\\x.exe', encoding: '' });
    expect(found.written).toEqual([
      { language: 'sigma', field: 'Image', through: [], op: 'ends_with', value: '\\x.exe', rules: 2 },
      { language: 'kql', field: 'FileName', through: [], op: 'eq', value: 'x.exe', rules: 1 },
    ]);
    expect(found.broader).toMatchObject([{ op: 'contains', value: 'x.e', others: { total: 1 } }]);
    expect(found.total).toBe(1);
  });

  test('are none where nobody tests it', async () => {
    const catalog = await catalogOf({ 'a.yml': sigmaRule('a', 's:\n    A: x\ncondition: s') });
    for (const key of [
      { field: 'None', op: 'eq', value: 'x', encoding: '' },
      { field: null, op: 'eq', value: 'x', encoding: '' },
      { field: 'A', op: 'contains', value: 'x', encoding: '' },
      { field: 'A', op: 'eq', value: 'y', encoding: '' },
    ] as const) {
      const nothing = { including: [], excluding: [], written: [], near: [], total: 0, broader: [] };
      expect(catalog.indicator(key)).toEqual({ ...key, ...nothing });
    }
  });
});
