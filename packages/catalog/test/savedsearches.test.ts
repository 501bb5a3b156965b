import { describe, expect, test } from 'vitest';
import { recognise } from '../src/readers/index.ts';
import { ALL, build, catalogOf, folderWith, open, put, source, temporaryFolder } from './folder.ts';
import { PATH, stanza } from './stanza.ts';

const SPLUNK = { platform: null } as const;

async function metadataOf(...settings: readonly string[]) {
  const catalog = await catalogOf({ [PATH]: stanza(['search = index=main', ...settings]) }, SPLUNK);
  const rule = catalog.rule('splunk/Quiet Installer');
  if (rule === null) throw new Error('There is no rule');
  return rule.metadata;
}

describe('a stanza of savedsearches.conf', () => {
  test('is a rule with its metadata', async () => {
    const text = stanza([
      'description = An installer asks nothing.',
      'disabled = 0',
      'search = index=main process_name="msiexec.exe"',
      'cron_schedule = */5 * * * *',
      'enableSched = 1',
      'dispatch.earliest_time = -10m',
      'dispatch.latest_time = now',
      'counttype = number of events',
      'relation = greater than',
      'quantity = 0',
      'alert.suppress = 1',
      'alert.suppress.period = 1h',
      'alert.suppress.fields = dest',
      'actions = notable, risk',
      'action.correlationsearch.enabled = 1',
      'action.correlationsearch.annotations = {"mitre_attack": ["T1218.007", "T1105"], "analytic_story": ["Tools"], \\',
      '  "nist": ["DE.CM"], "confidence": 80, "our_frame": ["X1"], "cve": ["CVE-2021-44228"]}',
      'action.notable.param.rule_title = Installed on $dest$',
      'action.notable.param.security_domain = endpoint',
      'action.notable.param.severity = High',
      'action.notable.param.drilldown_name = All of $dest$',
      'action.notable.param.drilldown_search = dest="$dest$"',
      'action.risk.param._risk_message = It was $dest$',
      'action.risk.param._risk = [{"risk_object_field": "dest", "risk_object_type": "system", "risk_score": 30}, {"risk_object_field": "user", "risk_object_type": "user", "risk_score": "45"}, {"threat_object_field": "process_name", "threat_object_type": "process"}]',
      'action.risk.param._risk_score = 0',
    ]);
    const catalog = await catalogOf({ [PATH]: text }, SPLUNK);
    const rule = catalog.rule('splunk/Quiet Installer');
    expect(rule?.result.understood).toBe('full');
    expect(rule?.metadata).toEqual({
      kind: 'correlation-search',
      title: 'Quiet Installer',
      description: 'An installer asks nothing.',
      status: 'enabled',
      severity: 'high',
      riskScore: 45,
      author: null,
      licence: null,
      date: null,
      modified: null,
      references: [],
      falsePositives: [],
      tags: ['attack.t1218.007', 'attack.t1105', 'cve.2021-44228'],
      related: [],
      logsource: null,
      facts: [
        { name: 'Schedule', values: ['*/5 * * * *'] },
        { name: 'Earliest time', values: ['-10m'] },
        { name: 'Latest time', values: ['now'] },
        { name: 'Alert condition', values: ['number of events greater than 0'] },
        { name: 'Suppressed for', values: ['1h'] },
        { name: 'Suppressed by', values: ['dest'] },
        { name: 'Analytic story', values: ['Tools'] },
        { name: 'NIST', values: ['DE.CM'] },
        { name: 'Confidence', values: ['80'] },
        { name: 'our_frame', values: ['X1'] },
        { name: 'Risk message', values: ['It was $dest$'] },
        { name: 'Risk object', values: ['dest (system, 30)', 'user (user, 45)'] },
        { name: 'Threat object', values: ['process_name (process)'] },
        { name: 'Action', values: ['notable', 'risk'] },
        { name: 'Finding', values: ['Installed on $dest$'] },
        { name: 'Security domain', values: ['endpoint'] },
        { name: 'Drilldown search', values: ['All of $dest$: dest="$dest$"'] },
      ],
    });
    expect(rule?.attack.techniques.map(({ id }) => id)).toEqual(['T1218.007', 'T1105']);
  });

  test.each([
    [['alert.severity = 4'], 'high', null],
    [['alert.severity = 2'], 'low', null],
    [['alert.severity = 9'], null, null],
    [['action.risk.param._risk_score = 64'], 'high', 64],
    [['action.risk.param._risk_score = 64', 'action.notable.param.severity = low'], 'low', 64],
    [['action.notable.param.severity = unknown', 'alert.severity = 5'], 'critical', null],
    [[], null, null],
  ])('with %j has the severity %j and the risk score %j', async (settings, severity, riskScore) => {
    expect(await metadataOf(...settings)).toMatchObject({ severity, riskScore, kind: 'saved-search' });
  });

  test.each([
    ['disabled = 1', 'disabled'],
    ['disabled = false', 'enabled'],
    ['x = 1', null],
  ])('that says %j has the status %j', async (setting, status) => {
    expect((await metadataOf(setting)).status).toBe(status);
  });

  test('of a detection has the id and the status that its metadata say', async () => {
    const about = 'action.correlationsearch.metadata = {"deprecated": "1", "detection_id": "f1b0"}';
    const catalog = await catalogOf({ [PATH]: stanza(['search = index=main', about]) }, SPLUNK);
    expect(catalog.rule('splunk/f1b0')).toMatchObject({ retired: true, title: 'Quiet Installer' });
  });

  test('has what [default] says, where it says nothing else', async () => {
    const text = [
      '[default]',
      'dispatch.earliest_time = -1h',
      'disabled = 1',
      '[A]',
      'search = a',
      '[B]',
      'disabled = 0',
      'search = b',
      '',
    ].join('\n');
    const catalog = await catalogOf({ [PATH]: text }, SPLUNK);
    const earliest = { name: 'Earliest time', values: ['-1h'] };
    expect(catalog.rule('splunk/A')?.metadata).toMatchObject({ status: 'disabled', facts: [earliest] });
    expect(catalog.rule('splunk/B')?.metadata).toMatchObject({ status: 'enabled', facts: [earliest] });
  });

  test('has its stages at their places in the file', async () => {
    const text = [
      '[Other]',
      'search = index=none',
      '',
      '# What follows is ours.',
      '[A]',
      'search = index=main user="svc" \\',
      '    NOT host="b" \\',
      '| where count > 5',
      'disabled = 1',
      '',
    ].join('\n');
    const catalog = await catalogOf({ [PATH]: text }, SPLUNK);
    const rule = catalog.rule('splunk/A');
    const own = rule?.text ?? '';
    expect(own).toBe(text.slice(text.indexOf('[A]')).trimEnd());
    expect(rule?.result.stages.map(({ spans }) => spans.map((span) => own.slice(...span)).join(''))).toEqual([
      'index=main user="svc" \\\n    NOT host="b"',
      '| where count > 5',
    ]);
    expect(rule?.result.indicators.map(({ span }) => own.slice(...span))).toEqual([
      'user="svc"',
      'count > 5',
    ]);
  });

  test('that gathers what detections compare with is no rule', async () => {
    const text = [
      stanza(['search = a', 'action.escu.search_type = support'], 'Baseline'),
      stanza(['search = b', 'action.escu.search_type = detection'], 'Detection'),
    ].join('\n');
    const catalog = await catalogOf({ [PATH]: text }, SPLUNK);
    expect(catalog.rules({}, ALL).rules.map(({ title }) => title)).toEqual(['Detection']);
    expect(catalog.problems()).toEqual([]);
  });
});

describe('what is wrong with a file', () => {
  test('is said of the rule that it is in, which is understood in part', async () => {
    const text = ['[A]', 'search = index=main \\ ', '| where x > 5', '[B]', 'search = b', ''].join('\n');
    const catalog = await catalogOf({ [PATH]: text }, SPLUNK);
    const found = catalog.rule('splunk/A')?.result;
    expect(found?.understood).toBe('partial');
    expect(found?.diagnostics.map(({ code, line, column }) => [code, line, column])).toEqual(
      expect.arrayContaining([
        ['conf-invalid', 2, 21],
        ['conf-invalid', 3, 1],
      ]),
    );
    expect(catalog.rule('splunk/B')?.result).toMatchObject({ understood: 'full', diagnostics: [] });
  });

  test('and in no rule is said of the file', async () => {
    const text = ['nonsense', '[A]', 'search =', '[B]', 'search = b', ''].join('\n');
    const catalog = await catalogOf({ [PATH]: text }, SPLUNK);
    expect(
      catalog.problems().flatMap(({ diagnostics }) => diagnostics.map(({ code, line }) => [code, line])),
    ).toEqual([
      ['conf-invalid', 1],
      ['no-search', 3],
    ]);
  });

  test('such as JSON that is none costs what it says alone', async () => {
    const text = stanza(['search = index=main', 'action.correlationsearch.annotations = {"mitre_attack": [']);
    const catalog = await catalogOf({ [PATH]: text }, SPLUNK);
    const rule = catalog.rule('splunk/Quiet Installer');
    expect(rule?.metadata.tags).toEqual([]);
    expect(rule?.result.understood).toBe('full');
    expect(rule?.result.diagnostics.map(({ code, line, column }) => [code, line, column])).toEqual([
      ['conf-json-invalid', 3, 40],
    ]);
  });
});

describe('a file in a folder local', () => {
  const LOCAL = 'app/local/savedsearches.conf';

  test('changes settings of a rule that was delivered', async () => {
    const catalog = await catalogOf(
      {
        [PATH]: stanza(['search = index=main a=1', 'disabled = 1', 'cron_schedule = 1 * * * *']),
        [LOCAL]: stanza(['disabled = 0']),
      },
      SPLUNK,
    );
    expect(catalog.rule('splunk/Quiet Installer')).toMatchObject({
      path: PATH,
      metadata: { status: 'enabled', facts: [{ name: 'Schedule', values: ['1 * * * *'] }] },
    });
    expect(catalog.problems()).toEqual([]);
  });

  test('has the rule where it has another search, with what was delivered beside it', async () => {
    const catalog = await catalogOf(
      {
        [PATH]: `[default]\ndispatch.latest_time = now\n${stanza(['search = index=main a=1', 'description = Old.'])}`,
        [LOCAL]: stanza(['search = index=main a=2']),
      },
      SPLUNK,
    );
    expect(catalog.rules({}, ALL).total).toBe(1);
    expect(catalog.rule('splunk/Quiet Installer')).toMatchObject({
      path: LOCAL,
      metadata: { description: 'Old.', facts: [{ name: 'Latest time', values: ['now'] }] },
    });
    expect(catalog.problems()).toMatchObject([
      { path: PATH, diagnostics: [{ code: 'conf-overridden', line: 4, column: 1 }] },
    ]);
  });

  test('does not outrank a stanza with what it has for all', async () => {
    const catalog = await catalogOf(
      { [PATH]: stanza(['search = a', 'disabled = 1']), [LOCAL]: '[default]\ndisabled = 0\n' },
      SPLUNK,
    );
    expect(catalog.rule('splunk/Quiet Installer')?.metadata.status).toBe('disabled');
  });

  test('makes rules anew when it changes', async () => {
    const folder = folderWith({ [PATH]: stanza(['search = a', 'disabled = 1']) });
    const cacheFolder = temporaryFolder();
    const status = async () => {
      const { output } = await build([source('own', folder, SPLUNK)], { cacheFolder });
      return open(output).rule('splunk/Quiet Installer')?.metadata.status;
    };
    expect(await status()).toBe('disabled');
    put(folder, LOCAL, stanza(['disabled = 0']));
    expect(await status()).toBe('enabled');
  });
});

test.each([
  ['savedsearches.conf', '[a]\nsearch = b\n', 'savedsearches rules'],
  ['savedsearches.conf', '[a]\ndisabled = 1\n', 'savedsearches beside-rules'],
  ['mine.conf', '[a]\nsearch = b\n', 'savedsearches rules'],
])('%s with %j is told as %j', (path, text, expected) => {
  const known = recognise(path, text);
  expect(known === null ? null : `${known.format.name} ${known.role}`).toBe(expected);
});
