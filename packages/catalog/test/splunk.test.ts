import { describe, expect, test } from 'vitest';
import { readCsv } from '../src/readers/csv.ts';
import { severityOfRisk } from '../src/readers/severity.ts';
import { build, catalogOf, folderWith, open, put, source, temporaryFolder } from './folder.ts';
import { armoryRule, detection } from './splunk-rules.ts';

const SPLUNK = { platform: null } as const;

describe('a detection of security_content', () => {
  test('has its metadata', async () => {
    const text = detection({
      id: 'a',
      data_source: ['Sysmon EventID 1'],
      tags: {
        analytic_story: ['Tools', 'Installers'],
        asset_type: 'Endpoint',
        confidence: 80,
        impact: 70,
        message: 'Installed on $dest$',
        mitre_attack_id: ['T1218.007', 'T1105'],
        risk_score: 56,
        security_domain: 'endpoint',
        cve: ['CVE-2021-44228'],
        atomic_guid: ['0000-1'],
        observable: [{ name: 'dest', type: 'Hostname', role: ['Victim'] }],
      },
      tests: [
        { name: 'True Positive Test', attack_data: [{ data: 'https://example.org/a.log', source: 's' }] },
      ],
      drilldown_searches: [{ name: 'All of $dest$', search: '| search dest="$dest$"' }],
    });
    const catalog = await catalogOf({ 'a.yml': text }, SPLUNK);
    const rule = catalog.rule('splunk/a');
    expect(rule?.metadata).toEqual({
      kind: 'TTP',
      title: 'Quiet Installer',
      description: 'An installer asks nothing.',
      status: 'production',
      severity: 'medium',
      riskScore: 56,
      author: 'A. Author',
      licence: null,
      date: '2026-01-02',
      modified: null,
      references: ['https://example.org/installer'],
      falsePositives: ['Software distribution.'],
      tags: ['attack.t1218.007', 'attack.t1105', 'cve.2021-44228'],
      related: [],
      logsource: null,
      facts: [
        { name: 'Version', values: ['1'] },
        { name: 'Data source', values: ['Sysmon EventID 1'] },
        { name: 'Analytic story', values: ['Tools', 'Installers'] },
        { name: 'Asset type', values: ['Endpoint'] },
        { name: 'Security domain', values: ['endpoint'] },
        { name: 'Confidence', values: ['80'] },
        { name: 'Impact', values: ['70'] },
        { name: 'Risk message', values: ['Installed on $dest$'] },
        { name: 'Risk object', values: ['dest (Hostname, Victim)'] },
        { name: 'Atomic Red Team test', values: ['0000-1'] },
        { name: 'Test data', values: ['https://example.org/a.log'] },
        { name: 'How to implement', values: ['Collect process events.'] },
        { name: 'Drilldown search', values: ['All of $dest$: | search dest="$dest$"'] },
      ],
    });
    expect(rule?.attack.techniques.map(({ id }) => id)).toEqual(['T1218.007', 'T1105']);
  });

  test('has the highest risk score of its risk objects, as newer files say it', async () => {
    const rba = {
      message: 'Installed on $dest$',
      risk_objects: [
        { field: 'dest', type: 'system', score: 30 },
        { field: 'user', type: 'user', score: 81 },
      ],
      threat_objects: [{ field: 'process_name', type: 'process_name' }],
    };
    const catalog = await catalogOf({ 'a.yml': detection({ id: 'a', rba }) }, SPLUNK);
    const { metadata } = catalog.rule('splunk/a') ?? {};
    expect(metadata).toMatchObject({ riskScore: 81, severity: 'critical' });
    expect(metadata?.facts).toContainEqual({
      name: 'Risk object',
      values: ['dest (system, 30)', 'user (user, 81)'],
    });
    expect(metadata?.facts).toContainEqual({
      name: 'Threat object',
      values: ['process_name (process_name)'],
    });
  });

  test.each(['deprecated', 'removed'])('that is %s is out of force', async (status) => {
    const catalog = await catalogOf({ 'a.yml': detection({ id: 'a', status }) }, SPLUNK);
    expect(catalog.rule('splunk/a')?.retired).toBe(true);
    expect(catalog.stats()).toMatchObject({ rules: 0, retired: 1 });
  });

  test('has its stages at their places in the file, with the query’s own text', async () => {
    const text = [
      'name: A',
      'id: a',
      "search: 'index=main user=\"it''s\"",
      '  | where count > 5\n',
      "  | table user'",
      '',
    ].join('\n');
    const catalog = await catalogOf({ 'a.yml': text }, SPLUNK);
    const { stages, indicators } = catalog.rule('splunk/a')?.result ?? { stages: [], indicators: [] };
    expect(stages.map(({ name, text: own }) => [name, own.trim()])).toEqual([
      ['search', 'index=main user="it\'s"'],
      ['where', '| where count > 5'],
      ['table', '| table user'],
    ]);
    const shown = stages.map(({ spans }) =>
      spans
        .map(([start, end]) => text.slice(start, end))
        .join('')
        .trim(),
    );
    expect(shown).toEqual(['index=main user="it\'\'s"', '| where count > 5', '| table user']);
    expect(indicators.map(({ span }) => text.slice(...span))).toContain('user="it\'\'s"');
  });

  test('has its diagnostics at the line of the file', async () => {
    const text = 'name: A\nid: a\nsearch: |-\n  index=main\n  | frobnicate a\n';
    const catalog = await catalogOf({ 'a.yml': text }, SPLUNK);
    expect(catalog.rule('splunk/a')?.result.diagnostics.map(({ line }) => line)).toContain(5);
  });
});

describe('macros and lookups of a source', () => {
  const files = {
    'detections/a.yml': detection({
      id: 'a',
      search: 'index=main `is_shell(Image)` | lookup tools name as Image OUTPUT bad | where bad="yes"',
    }),
    'macros/is_shell.yml': 'name: is_shell\narguments:\n- field\ndefinition: ($field$="*\\\\cmd.exe")\n',
    'lookups/tools.yml': 'name: tools\nfilename: tools.csv\ncase_sensitive_match: "false"\n',
    'lookups/tools.csv': 'name,bad\nevil.exe,yes\ngood.exe,no\n',
  };

  test('are used by its searches', async () => {
    const catalog = await catalogOf(files, SPLUNK);
    const found = catalog.rule('splunk/a')?.result.indicators ?? [];
    expect(found.map(({ values, via }) => [values, via])).toEqual([
      [['\\cmd.exe'], 'macro:is_shell'],
      [['evil.exe'], 'lookup:tools'],
    ]);
  });

  test('belong to the key of kept analyses: an edit of one is seen, and nothing else is analysed anew', async () => {
    const folder = folderWith({ ...files, 's.yml': 'title: S\ndetection:\n  a: { b: c }\n  condition: a\n' });
    const cacheFolder = temporaryFolder();
    const again = () => build([source('own', folder, SPLUNK)], { cacheFolder });
    expect(await again()).toMatchObject({ rules: 2, cached: 0 });
    expect(await again()).toMatchObject({ rules: 2, cached: 2 });
    put(
      folder,
      'macros/is_shell.yml',
      'name: is_shell\narguments:\n- field\ndefinition: ($field$="*\\\\sh.exe")\n',
    );
    const report = await again();
    expect(report).toMatchObject({ rules: 2, cached: 1 });
    const values = open(report.output)
      .rule('splunk/a')
      ?.result.indicators.flatMap((test) => test.values);
    expect(values).toContain('\\sh.exe');
    put(folder, 'lookups/tools.csv', 'name,bad\nworse.exe,yes\n');
    const last = await again();
    expect(last.cached).toBe(1);
    expect(
      open(last.output)
        .rule('splunk/a')
        ?.result.indicators.flatMap((test) => test.values),
    ).toContain('worse.exe');
  });

  test('of another source are not', async () => {
    const { 'detections/a.yml': rule, ...others } = files;
    const { output } = await build([
      source('one', folderWith({ 'a.yml': rule }), SPLUNK),
      source('two', folderWith(others), SPLUNK),
    ]);
    const { understood, result } = open(output).rule('splunk/a') ?? {};
    expect(understood).toBe('full');
    expect(result?.indicators.some(({ via }) => via?.startsWith('macro:'))).toBe(false);
  });
});

describe('a rule of the armory', () => {
  test('is titled with the source of its events, and keeps its own tactic', async () => {
    const catalog = await catalogOf({ 'a.yml': armoryRule({ id: '1.1' }) }, SPLUNK);
    const rule = catalog.rule('splunk/1.1');
    expect(rule?.title).toBe('Quiet Installer (Windows Event Log)');
    expect(rule?.metadata.tags).toEqual(['attack.defense-evasion', 'attack.t1218.007']);
    expect(rule?.attack.techniques).toMatchObject([{ id: 'T1218.007', ownTactics: ['defense-evasion'] }]);
    expect(rule?.metadata.facts).toEqual([
      { name: 'Data category', values: ['Windows event logs', 'Process command-line parameters'] },
    ]);
  });

  test.each([
    [['EDR Logs'], 'Quiet Installer (EDR)'],
    [['Windows Sysmon', 'Windows Registry'], 'Quiet Installer (Sysmon)'],
    [['Process command-line parameters'], 'Quiet Installer (Process command-line parameters)'],
    [null, 'Quiet Installer'],
  ])('with the data categories %j', async (data_category, title) => {
    const catalog = await catalogOf({ 'a.yml': armoryRule({ id: '1.1', data_category }) }, SPLUNK);
    expect(catalog.rule('splunk/1.1')?.title).toBe(title);
  });

  test('in a language that is not read has one stage that holds it, and says so', async () => {
    const text = armoryRule({ id: '1.1', logic_format: 'snowflake', logic: 'select 1' });
    const catalog = await catalogOf({ 'a.yml': text }, SPLUNK);
    const rule = catalog.rule('snowflake/1.1');
    expect(rule).toMatchObject({ language: null, understood: 'none', events: [] });
    expect(rule?.result).toMatchObject({
      language: null,
      stages: [{ text: 'select 1', understood: 'none' }],
      diagnostics: [
        {
          code: 'language-not-read',
          severity: 'info',
          line: text.split('\n').findIndex((line) => line.startsWith('logic:')) + 1,
        },
      ],
    });
    expect(catalog.notUnderstood({ limit: 10, offset: 0 }).rules).toMatchObject([{ id: 'snowflake/1.1' }]);
  });
});

describe('a search in a file of its own', () => {
  test('says in its leading comment what it is', async () => {
    const text =
      '``` Quiet Installer\nAn installer asks nothing.\nT1218.007 ```\nindex=main foo ```but not``` NOT bar\n';
    const catalog = await catalogOf({ 'a.spl': text }, SPLUNK);
    const rule = catalog.rule('splunk/own/a.spl#0');
    expect(rule).toMatchObject({
      title: 'Quiet Installer',
      understood: 'full',
      metadata: { description: 'An installer asks nothing.\nT1218.007', tags: ['attack.t1218.007'] },
      result: {
        terms: [
          { value: 'foo', polarity: 'include' },
          { value: 'bar', polarity: 'exclude' },
        ],
      },
    });
  });

  test('that is empty is a problem', async () => {
    const catalog = await catalogOf({ 'a.spl': '  \n' }, SPLUNK);
    expect(catalog.problems()).toMatchObject([{ path: 'a.spl', diagnostics: [{ code: 'empty-text' }] }]);
  });
});

test.each([
  [0, 'informational'],
  [20, 'informational'],
  [21, 'low'],
  [40, 'low'],
  [60, 'medium'],
  [80, 'high'],
  [81, 'critical'],
  [100, 'critical'],
  [101, null],
  [-1, null],
  [null, null],
])('a risk score of %j is %j', (score, severity) => {
  expect(severityOfRisk(score)).toBe(severity);
});

test.each([
  ['a,b\n1,2\n', { columns: ['a', 'b'], rows: [['1', '2']] }],
  [
    '\ufeffa,b\r\n"1, ""x""","2\n3"\r\n\r\n,\r\n',
    {
      columns: ['a', 'b'],
      rows: [
        ['1, "x"', '2\n3'],
        ['', ''],
      ],
    },
  ],
  ['a\n"open', { columns: ['a'], rows: [['open']] }],
  ['', { columns: [], rows: [] }],
  ['a\n1\n2\n3\n4\n', null],
])('reads the table %j', (text, table) => {
  expect(readCsv(text, 3)).toEqual(table);
});
