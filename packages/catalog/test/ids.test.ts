import { describe, expect, test } from 'vitest';
import { ALL, build, catalogOf, folderWith, open, simpleRule, source } from './folder.ts';

describe('the id of a rule', () => {
  test('is its own, after its platform; without one, its place', async () => {
    const catalog = await catalogOf({
      'sub/a.yml': `${simpleRule('A-1')}---\n${simpleRule(null)}---\n${simpleRule(null)}`,
    });
    expect(
      catalog
        .rules({}, ALL)
        .rules.map(({ id }) => id)
        .toSorted(),
    ).toEqual(['sigma/A-1', 'sigma/own/sub/a.yml#1', 'sigma/own/sub/a.yml#2']);
    expect(catalog.rule('sigma/own/sub/a.yml#2')).toMatchObject({ ordinal: 2, title: 'Rule without id' });
    expect(catalog.rule('A-1')).toBeNull();
  });

  test('may be asked for in any case where only one rule has it so', async () => {
    const catalog = await catalogOf({
      'a.yml': simpleRule('A-1'),
      'b.yml': simpleRule('same'),
      'c.yml': simpleRule('SAME'),
    });
    expect(catalog.rule('Sigma/a-1')?.id).toBe('sigma/A-1');
    expect(catalog.rule('sigma/SAME')?.id).toBe('sigma/SAME');
    expect(catalog.rule('sigma/Same')).toBeNull();
  });

  test('stays with the first rule that has it: sources in their order, then paths, then places', async () => {
    const first = folderWith({ 'z.yml': simpleRule('same', 'first') });
    const second = folderWith({
      'a.yml': `${simpleRule('same')}---\n${simpleRule('same')}`,
      'b.yml': simpleRule('other'),
    });
    const { output } = await build([source('one', first), source('two', second)]);
    const catalog = open(output);
    expect(
      catalog
        .rules({}, ALL)
        .rules.map(({ id }) => id)
        .toSorted(),
    ).toEqual(['sigma/other', 'sigma/same', 'sigma/two/a.yml#0', 'sigma/two/a.yml#1']);
    expect(catalog.rule('sigma/same')).toMatchObject({
      source: 'one',
      path: 'z.yml',
      result: { diagnostics: [] },
    });
    const copy = catalog.rule('sigma/two/a.yml#1');
    const [found] = copy?.result.diagnostics ?? [];
    expect(found).toMatchObject({ code: 'duplicate-id', severity: 'warning', line: 2 });
    expect(found?.message).toContain('one/z.yml');
    expect(copy?.text.slice(...(found?.span ?? [0, 0]))).toBe('same');
    expect(catalog.stats().diagnostics).toEqual([{ code: 'duplicate-id', count: 2 }]);
  });

  test('is the same on two platforms without a clash', async () => {
    const folder = folderWith({ 'a.yml': simpleRule('same') });
    const { output } = await build([source('one', folder), source('two', folder, { platform: 'splunk' })]);
    expect(
      open(output)
        .rules({}, ALL)
        .rules.map(({ id }) => id)
        .toSorted(),
    ).toEqual(['sigma/same', 'splunk/same']);
  });

  test('may be the place of another rule: nothing is lost', async () => {
    const catalog = await catalogOf({
      'a.yml': simpleRule('own/b.yml#0', 'x'),
      'b.yml': simpleRule(null, 'y'),
    });
    expect(
      catalog
        .rules({}, ALL)
        .rules.map(({ id }) => id)
        .toSorted(),
    ).toEqual(['sigma/own/b.yml#0', 'sigma/own/b.yml#0~2']);
  });
});

describe('a rule in the catalog', () => {
  test('has the licence and the link of its source', async () => {
    const catalog = await catalogOf(
      { 'a b/ü#.yml': simpleRule('a'), 'own.yml': `license: MIT\n${simpleRule('b')}` },
      { licence: 'DRL-1.1', link: 'https://example.org/{path}?raw&also={path}' },
    );
    const rule = catalog.rule('sigma/a');
    expect(rule?.link).toBe('https://example.org/a%20b/%C3%BC%23.yml?raw&also=a%20b/%C3%BC%23.yml');
    expect(rule?.metadata.licence).toBe('DRL-1.1');
    expect(catalog.rule('sigma/b')?.metadata.licence).toBe('MIT');
  });

  test('says what it says of itself', async () => {
    const catalog = await catalogOf({
      'a.yml': [
        'title: A title',
        'id: a',
        'related: [{ id: b, type: derived }]',
        'status: test',
        'description: Finds it.',
        'license: MIT',
        'references: [https://example.org/1]',
        'author: Ada, Bob',
        'date: 2026-01-02',
        'modified: 2026-01-03',
        'tags: [attack.t1059]',
        'logsource: { category: process_creation, product: windows, definition: Logs are on. }',
        'detection: { selection: { A: b }, condition: selection }',
        'falsepositives: [Installers]',
        'level: high',
      ].join('\n'),
    });
    expect(catalog.rule('sigma/a')).toMatchObject({
      id: 'sigma/a',
      platform: 'sigma',
      source: 'own',
      path: 'a.yml',
      language: 'sigma',
      standalone: true,
      kind: 'rule',
      title: 'A title',
      status: 'test',
      severity: 'high',
      author: 'Ada, Bob',
      understood: 'full',
      link: null,
      metadata: {
        kind: 'rule',
        title: 'A title',
        description: 'Finds it.',
        status: 'test',
        severity: 'high',
        author: 'Ada, Bob',
        licence: 'MIT',
        date: '2026-01-02',
        modified: '2026-01-03',
        references: ['https://example.org/1'],
        falsePositives: ['Installers'],
        tags: ['attack.t1059'],
        related: [{ id: 'b', type: 'derived' }],
        logsource: {
          product: 'windows',
          category: 'process_creation',
          service: null,
          definition: 'Logs are on.',
        },
      },
      result: { schema: 1, id: 'a', language: 'sigma', understood: 'full' },
    });
  });

  test('is found by filters, in the order of titles', async () => {
    const titled = (id: string, title: string, more: string) =>
      simpleRule(id).replace(/^title: .*/, `title: ${title}\n${more}`);
    const folder = folderWith({
      '1.yml': titled('1', 'beta', 'status: test\nlevel: high'),
      '2.yml': titled('2', 'Alpha', 'status: test\nlevel: low'),
      '3.yml': titled('3', 'Gamma', 'status: stable\nlevel: high'),
    });
    const { output } = await build([source('one', folder), source('two', folder, { platform: 'splunk' })]);
    const catalog = open(output);
    const ids = (filter: Parameters<typeof catalog.rules>[0], limit = 10, offset = 0) => {
      const { total, rules } = catalog.rules(filter, { limit, offset });
      return [total, ...rules.map(({ id }) => id)];
    };
    expect(ids({ source: 'one' })).toEqual([3, 'sigma/2', 'sigma/1', 'sigma/3']);
    expect(ids({ platform: 'splunk', status: 'test' })).toEqual([2, 'splunk/2', 'splunk/1']);
    expect(ids({ severity: 'high', platform: 'sigma', status: 'stable' })).toEqual([1, 'sigma/3']);
    expect(ids({ understood: 'none' })).toEqual([0]);
    expect(ids({ understood: 'full' }, 2, 3)).toEqual([6, 'splunk/1', 'sigma/3']);
    expect(ids({}, 0)).toEqual([6]);
    expect(ids({}, -1, -5)).toEqual([6]);
    expect(ids({}, 1.9, 0.5)).toEqual([6, 'sigma/2']);
  });
});
