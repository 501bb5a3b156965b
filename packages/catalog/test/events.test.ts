import { eventValue, verdictValue } from '@rulescope/catalog';
import type { Verdict } from '@rulescope/knowledge';
import { describe, expect, test } from 'vitest';
import { build, catalogOf, folderWith, open, put, sigmaRule, source } from './folder.ts';

describe('the events of a rule', () => {
  test('are those that its log source can mean, each with its verdict', async () => {
    const catalog = await catalogOf({
      'a.yml': sigmaRule('a', 's:\n    - OriginalFileName: x\n    - Image: y\ncondition: s'),
    });
    const events = catalog.rule('sigma/a')?.events ?? [];
    const rows = events.map((event) => [eventValue(event), event.version, event.verdict, event.missing]);
    // Sysmon 1 has both fields. Security 4688 has NewProcessName for Image, in each version, but nothing for
    // OriginalFileName: one of two alternatives can never hold there.
    expect(rows.filter(([value]) => value === 'Microsoft-Windows-Sysmon/1')).toMatchObject([
      [expect.anything(), expect.anything(), 'full', []],
    ]);
    const audited = rows.filter(([value]) => value === 'Microsoft-Windows-Security-Auditing/4688');
    expect(audited.map(([, version]) => version)).toEqual(expect.arrayContaining([0, 1, 2]));
    expect(new Set(audited.map(([, , verdict, missing]) => `${verdict} ${missing}`))).toEqual(
      new Set(['partial OriginalFileName']),
    );
  });

  test('are a facet by verdict too, that of the newest version, blind ones included', async () => {
    const catalog = await catalogOf({
      // Security 4688 has no OriginalFileName in any version.
      'a.yml': sigmaRule('a', 's:\n    OriginalFileName: x\ncondition: s'),
      // It has the parent's name since version 2 only: an exclusion by it works there, and not before.
      'b.yml': sigmaRule('b', 's:\n    Image: y\nf:\n    ParentImage: z\ncondition: s and not f'),
    });
    const on = (verdict: Verdict, event: string) =>
      catalog
        .rules({ verdict: verdictValue(verdict, event) }, { limit: 10, offset: 0 })
        .rules.map(({ id }) => id);
    expect(on('blind', 'Microsoft-Windows-Security-Auditing/4688')).toEqual(['sigma/a']);
    expect(on('full', 'Microsoft-Windows-Security-Auditing/4688')).toEqual(['sigma/b']);
    expect(on('full', 'Microsoft-Windows-Sysmon/1')).toEqual(['sigma/a', 'sigma/b']);
    expect(on('noisier', 'Microsoft-Windows-Security-Auditing/4688')).toEqual([]);
  });

  test('are none where nobody knows its log source', async () => {
    const catalog = await catalogOf({
      'a.yml': sigmaRule('a', 's:\n    A: x\ncondition: s').replace(
        /^logsource: .*$/m,
        'logsource: { product: ours }',
      ),
    });
    expect(catalog.rule('sigma/a')?.events).toEqual([]);
    expect(catalog.facets({}, ['event'], 10)).toEqual([{ name: 'event', total: 0, values: [] }]);
  });

  test('of a correlation are those of its rules', async () => {
    const folder = folderWith({
      'a.yml': sigmaRule('a', 's:\n    OriginalFileName: x\ncondition: s', 'name: base'),
    });
    put(
      folder,
      'many.yml',
      "title: Many\nid: many\ncorrelation:\n    type: event_count\n    rules: ['base']\n    group-by: [User]\n    timespan: 5m\n    condition: { gte: 10 }\n",
    );
    const catalog = open((await build([source('own', folder)])).output);
    const firing = catalog.rule('sigma/many')?.events.filter(({ verdict }) => verdict !== 'blind') ?? [];
    expect(new Set(firing.map(eventValue))).toEqual(new Set(['Microsoft-Windows-Sysmon/1']));
    expect(catalog.facets({ kind: 'correlation' }, ['event'], 10)[0]?.values).toEqual([
      { value: 'Microsoft-Windows-Sysmon/1', label: 'Sysmon 1 Process creation', rules: 1 },
    ]);
  });

  test('come from the cache as they came from the rule', async () => {
    const cacheFolder = folderWith({});
    const folder = folderWith({ 'a.yml': sigmaRule('a', 's:\n    Image: x\ncondition: s') });
    const values = async () =>
      open((await build([source('own', folder)], { cacheFolder })).output).facets({}, ['event'], 10);
    const first = await values();
    expect(first[0]?.total).toBeGreaterThan(0);
    expect(await values()).toEqual(first);
  });
});

describe('the events of a Splunk rule', () => {
  const detection = (id: string, search: string, more = '') =>
    `name: ${id}\nid: ${id}\ntype: TTP\n${more}search: '${search}'\nknown_false_positives: none\n`;

  test('are told by its data sources and its search; it is listed by them and by their log sources', async () => {
    const catalog = await catalogOf(
      {
        'detections/a.yml': detection(
          'a',
          '| tstats count from datamodel=Endpoint.Processes where Processes.process=x by Processes.dest',
          'data_source:\n- Sysmon EventID 1\n',
        ),
        'detections/b.yml': detection('b', 'source="XmlWinEventLog:Security" EventCode=4688 CommandLine=x'),
        'detections/c.yml': detection('c', 'index=ours x=1'),
      },
      { platform: null },
    );
    const values = (id: string) => new Set(catalog.rule(`splunk/${id}`)?.events.map(eventValue));
    expect(values('a')).toEqual(new Set(['Microsoft-Windows-Sysmon/1']));
    expect(values('b')).toEqual(new Set(['Microsoft-Windows-Security-Auditing/4688']));
    expect(values('c')).toEqual(new Set());
    const listed = (filter: object) =>
      catalog.rules(filter, { limit: 10, offset: 0 }).rules.map(({ id }) => id.replace('splunk/', ''));
    expect(listed({ event: 'Microsoft-Windows-Sysmon/1' })).toEqual(['a']);
    expect(listed({ product: 'windows' })).toEqual(['a', 'b']);
    expect(listed({ logsource: 'windows/process_creation/' })).toEqual(['a']);
    expect(listed({ logsource: 'windows//security' })).toEqual(['b']);
    expect(listed({ verdict: verdictValue('full', 'Microsoft-Windows-Security-Auditing/4688') })).toEqual([
      'b',
    ]);
  });

  test('of the armory are told by its data categories too', async () => {
    const catalog = await catalogOf(
      {
        'a.yml':
          'title: A\nid: a\nlogic_format: Splunk\nlogic: TERM(EventCode=1) x\ndata_category:\n- Windows Sysmon\n',
      },
      { platform: null },
    );
    expect(catalog.rule('splunk/a')?.events.map((event) => [eventValue(event), event.verdict])).toEqual([
      ['Microsoft-Windows-Sysmon/1', 'full'],
    ]);
  });
});

describe('the value of an event', () => {
  test.each([
    [{ provider: 'Microsoft-Windows-Sysmon', channels: ['X'], id: 1 }, 'Microsoft-Windows-Sysmon/1'],
    [{ provider: 'auditd', channels: [], id: 'EXECVE' }, 'auditd/EXECVE'],
    [{ provider: 'Proxy', channels: ['proxy log'], id: null }, 'Proxy/*'],
    [{ provider: null, channels: ['Application'], id: null }, 'Application/*'],
    [{ provider: null, channels: [], id: 7 }, '/7'],
  ])('%j is %s', (event, value) => {
    expect(eventValue(event)).toBe(value);
  });
});
