import { explainFile } from '@rulescope/catalog';
import { describe, expect, test } from 'vitest';
import { behaviorRule, detectionRule, factsOf, hunt, ruleOf, shown, stagesOf } from './elastic-rules.ts';
import { ALL, build, catalogOf, folderWith, source } from './folder.ts';

const ELASTIC = { platform: null };

describe('a detection rule', () => {
  test('has its metadata', async () => {
    const rule = await ruleOf(
      detectionRule(
        {
          references: ['https://example.org/installer'],
          false_positives: ['    Software distribution.\n'],
          tags: [
            'Domain: Endpoint',
            'OS: Windows',
            'OS: Linux',
            'Tactic: Defense Evasion',
            'Data Source: Elastic Defend',
            'Use Case: Threat Detection',
            'Resources: Investigation Guide',
          ],
          from: 'now-9m',
          interval: '5m',
          note: '## Triage and analysis\n\n### Investigating Quiet Installer\n\nLook.\n',
          setup: '## Setup\n\n> Quoted.\n\nCollect process events\nwith Elastic Defend.\n\nMore.\n',
          timestamp_override: 'event.ingested',
          max_signals: 33,
          threat: [
            {
              framework: 'MITRE ATT&CK',
              technique: [
                { id: 'T1218', name: 'A', subtechnique: [{ id: 'T1218.007', name: 'B' }] },
                { id: 'T1562', name: 'C' },
              ],
              tactic: { id: 'TA0005', name: 'Defense Evasion' },
            },
            { framework: 'MITRE ATT&CK', tactic: { id: 'TA0002', name: 'Execution' } },
          ],
          alert_suppression: {
            group_by: ['host.name', 'user.id'],
            missing_fields_strategy: 'suppress',
            duration: { value: 6, unit: 'h' },
          },
          severity_mapping: [{ field: 'event.severity', operator: 'equals', severity: 'high', value: '73' }],
          risk_score_mapping: [{ field: 'event.risk_score', operator: 'equals', value: '' }],
        },
        { transform: { osquery: [{ label: 'Processes', query: 'SELECT * FROM processes' }] } },
      ),
    );
    expect(rule).toMatchObject({ id: 'elastic/a', platform: 'elastic', language: 'eql', retired: false });
    expect(rule.metadata).toEqual({
      kind: 'eql',
      title: 'Quiet Installer',
      description: 'An installer asks nothing.',
      status: 'production',
      severity: 'medium',
      riskScore: 47,
      author: 'A. Author',
      licence: 'Elastic License v2',
      date: '2026/01/02',
      modified: '2026/02/03',
      references: ['https://example.org/installer'],
      falsePositives: ['Software distribution.'],
      tags: [
        'attack.defense-evasion',
        'attack.t1218',
        'attack.t1218.007',
        'attack.t1562',
        'attack.execution',
      ],
      related: [],
      logsource: null,
      facts: [
        { name: 'Rule type', values: ['eql'] },
        { name: 'Index pattern', values: ['logs-endpoint.events.process-*'] },
        { name: 'Integration', values: ['endpoint'] },
        { name: 'Data source', values: ['Elastic Defend'] },
        { name: 'Domain', values: ['Endpoint'] },
        { name: 'Operating system', values: ['Windows', 'Linux'] },
        { name: 'Use case', values: ['Threat Detection'] },
        { name: 'Runs every', values: ['5m'] },
        { name: 'Looks back from', values: ['now-9m'] },
        { name: 'Timestamp override', values: ['event.ingested'] },
        { name: 'Maximum alerts', values: ['33'] },
        { name: 'Alert suppression', values: ['by host.name, user.id for 6h, missing fields: suppress'] },
        { name: 'Severity override', values: ['event.severity equals 73: high'] },
        { name: 'Risk score override', values: ['event.risk_score'] },
        { name: 'Investigation guide', values: ['Yes'] },
        { name: 'Setup', values: ['Collect process events with Elastic Defend.'] },
        { name: 'Osquery query', values: ['Processes'] },
        { name: 'Tag', values: ['Tactic: Defense Evasion', 'Resources: Investigation Guide'] },
      ],
    });
    // ATT&CK 19: Defense Evasion became Stealth and Defense Impairment, T1562 became T1685.
    const techniques = rule.attack.techniques.map(({ id, ownTactics }) => [id, ownTactics]);
    expect(techniques.map(([id]) => id)).toEqual(['T1218', 'T1218.007', 'T1685']);
    expect(techniques[0]?.[1]).toEqual(['defense-evasion']);
  });

  test('has its sources: index patterns, integrations, the category of its query', async () => {
    const { result } = await ruleOf(detectionRule({ index: ['a-*', 'b-*'] }));
    expect(result.sources).toEqual([
      { kind: 'index', value: 'a-*' },
      { kind: 'index', value: 'b-*' },
      { kind: 'integration', value: 'endpoint' },
      { kind: 'category', value: 'process' },
    ]);
  });

  test('that is deprecated is out of force', async () => {
    const metadata = { maturity: 'deprecated', deprecation_date: '2026/03/04' };
    const rule = await ruleOf(detectionRule({}, { metadata }));
    expect(rule).toMatchObject({ retired: true, status: 'deprecated' });
    expect(factsOf(rule)).toMatchObject({ 'Deprecated on': ['2026/03/04'] });
  });

  test('that builds alerts for others is a building block, whatever its type', async () => {
    const rule = await ruleOf(detectionRule({ building_block_type: 'default' }));
    expect(rule.kind).toBe('building_block');
    expect(factsOf(rule)).toMatchObject({ 'Rule type': ['eql'] });
  });

  test('without a threat mapping has the tactics of its tags', async () => {
    const rule = await ruleOf(detectionRule({ tags: ['Tactic: Lateral Movement'] }));
    expect(rule.metadata.tags).toEqual(['attack.lateral-movement']);
  });

  test('has its diagnostics and stages at their places in the file', async () => {
    const text = detectionRule({ query: 'process where process.name == "*.exe"\n | head 5' });
    const rule = await ruleOf(text);
    const [star] = rule.result.diagnostics;
    expect(text.slice(...(star?.span ?? [0, 0]))).toContain('*.exe');
    expect(star?.line).toBe(text.slice(0, text.indexOf('*.exe')).split('\n').length);
    expect(stagesOf(rule).map(({ name }) => name)).toEqual(['where', 'head']);
  });

  test('whose event category is the value of another field tests that field, in each step', async () => {
    const single = await ruleOf(
      detectionRule({
        query: 'info where event.action == "x"',
        event_category_override: 'event.type',
      }),
    );
    expect(shown(single.result.where)).toBe(
      'event.type = "info" [case-sensitive] and event.action = "x" [case-sensitive]',
    );
    expect(single.result.sources.map(({ kind }) => kind)).toEqual(['index', 'integration']);
    expect(factsOf(single)).toMatchObject({ 'Event category field': ['event.type'] });
    expect(single.result.indicators.map(({ span }) => single.text.slice(...span))[0]).toBe('info');
    const several = await ruleOf(
      detectionRule({
        query: 'sequence by host.id [info where a == 1] [any where b == 2]',
        event_category_override: 'event.type',
      }),
    );
    const steps = several.result.stages[0]?.queries ?? [];
    expect(steps.map(({ where }) => shown(where))).toEqual([
      'event.type = "info" [case-sensitive] and a = 1',
      'b = 2',
    ]);
  });
});

describe('a behaviour rule of Elastic Endpoint', () => {
  test('has its metadata and query', async () => {
    const text = behaviorRule(
      { reference: ['https://example.org'], reputation: true },
      {
        internal: { min_endpoint_version: '8.4.0' },
        actions: [{ action: 'kill_process', field: 'process.entity_id', state: 0, tree: true }],
        optional_actions: [{ action: 'rollback', field: 'process.entity_id', state: 0 }],
        threat: [
          {
            framework: 'MITRE ATT&CK',
            technique: [{ id: 'T1218', name: 'A' }],
            tactic: { id: 'TA0005', name: 'Defense Evasion' },
          },
        ],
      },
    );
    const rule = await ruleOf(text, 'b');
    expect(rule).toMatchObject({ kind: 'behavior', language: 'eql', severity: null, status: null });
    expect(rule.metadata).toMatchObject({
      licence: 'Elastic License v2',
      references: ['https://example.org'],
      tags: ['attack.defense-evasion', 'attack.t1218'],
      facts: [
        { name: 'Version', values: ['1.0.3'] },
        { name: 'Operating system', values: ['windows'] },
        { name: 'Minimum endpoint version', values: ['8.4.0'] },
        { name: 'Action', values: ['kill_process (process.entity_id, state 0, with its children)'] },
        { name: 'Optional action', values: ['rollback (process.entity_id, state 0)'] },
        { name: 'Asks for reputation', values: ['true'] },
      ],
    });
    expect(rule.result.sources).toEqual([
      { kind: 'integration', value: 'endpoint' },
      { kind: 'category', value: 'process' },
    ]);
    expect(rule.result.indicators.map(({ field }) => field)).toEqual(['event.action', 'process.name']);
  });
});

describe('a hunt', () => {
  test('of one query is one rule', async () => {
    const rule = await ruleOf(hunt({ mitre: ['T1218.007', 'AML.T0051'] }), 'c');
    expect(rule).toMatchObject({ kind: 'hunt', title: 'Quiet Installers', language: 'eql' });
    expect(rule.metadata).toMatchObject({ tags: ['attack.t1218.007'], licence: 'Elastic License v2' });
    expect(factsOf(rule)).toEqual({
      Integration: ['endpoint'],
      Note: ['Look at the parent.'],
      'MITRE ATLAS': ['AML.T0051'],
    });
  });

  test('of several queries is a rule for each, in the language that it begins like', async () => {
    const text = hunt({
      language: ['EQL', 'SQL'],
      query: [
        'process where process.name == "a"\n',
        '-- all of them\nSELECT * FROM processes\n',
        '/* in order */ sequence by host.id [any where true] [any where true]',
      ],
    });
    const catalog = await catalogOf({ 'a.toml': text }, ELASTIC);
    const { rules } = catalog.rules({}, ALL);
    expect(rules.map(({ id, title, language }) => [id, title, language])).toEqual([
      ['elastic/c', 'Quiet Installers (1 of 3)', 'eql'],
      ['elastic/c-2', 'Quiet Installers (2 of 3)', null],
      ['elastic/c-3', 'Quiet Installers (3 of 3)', 'eql'],
    ]);
    const unread = catalog.rule('elastic/c-2');
    expect(unread?.metadata.facts).toContainEqual({ name: 'Language', values: ['SQL (osquery)'] });
    expect(unread?.result.diagnostics.map(({ code }) => code)).toEqual(['language-not-read']);
    const last = catalog.rule('elastic/c-3');
    const [start = 0, end = 0] = last?.result.stages[0]?.spans[0] ?? [];
    expect(last?.text.slice(start, end)).toMatch(/^(?:\/\* in order \*\/ )?sequence by/);
  });
});

describe('the language of a query of a hunt', () => {
  const kuery = 'process.name : x and user.name : b';
  const esql = 'from logs-* | where a == "b"';
  const settings = 'set time_zone = "Europe/Berlin"; from logs-* | where a == "b"';
  test.each([
    ['like no ES|QL', ['ES|QL', 'KQL'], kuery, 'kuery'],
    ['like no EQL', ['EQL', 'Lucene'], 'process.name:x AND a:b', 'lucene'],
    ['like ES|QL', ['KQL', 'ES|QL'], esql, 'esql'],
    ['like EQL', ['kuery', 'EQL'], 'process where process.name == "a"', 'eql'],
    ['like ES|QL with settings', ['SQL', 'ES|QL'], settings, 'esql'],
    ['like SQL', ['ES|QL', 'SQL'], 'SELECT * FROM processes', null],
    ['like a language that is not listed', ['SQL', 'EQL'], esql, 'esql'],
    ['like none', ['ESQL', 'SQL'], kuery, 'esql'],
  ])('that begins %s, of %j', (_, language, query, expected) => {
    const text = hunt({ language, query: [query] });
    const found = explainFile({ name: 'a.toml', text, language: null }, null);
    expect(found?.language).toBe(expected);
  });
});

describe('a rule that is explained alone', () => {
  const explained = (text: string, name: string | null = 'rule.toml') =>
    explainFile({ name, text, language: null }, null);

  test('is told by its name, or by its text', () => {
    for (const name of ['rule.toml', null, 'rule.conf']) {
      expect(explained(detectionRule({}), name)).toMatchObject({
        id: 'a',
        language: 'eql',
        understood: 'full',
      });
    }
    expect(explained('[tool]\nname = "x"\n')).toBeNull();
  });

  test('of a hunt gives each query, of a job what is asked of it', () => {
    const query = ['any where a == 1', 'any where b == 2'];
    expect(explained(hunt({ query }))?.queries?.map(({ id }) => id)).toEqual(['c', 'c-2']);
    const job = { type: 'machine_learning', query: undefined, language: undefined, anomaly_threshold: 50 };
    expect(explained(detectionRule(job))).toMatchObject({ language: null, understood: 'full' });
  });

  test('with broken TOML says where', () => {
    expect(explained('[rule]\nquery = "x\n')).toMatchObject({
      understood: 'none',
      diagnostics: [{ code: 'toml-invalid', line: 2 }],
    });
  });
});

describe('a hostile rule', () => {
  test.each([
    ['filters nested in headers', `[rule.filters.query${'.bool.must'.repeat(5_000)}.exists]\nfield = "a"\n`],
    ['a long list of terms', `[rule.filters.query.terms]\na = [${'1,'.repeat(300_000)}]\n`],
    ['many filters', '[[rule.filters]]\n[rule.filters.query.exists]\nfield = "a"\n'.repeat(20_000)],
    ['many filters of no kind', '[[rule.filters]]\n[rule.filters.query.none]\nfield = "a"\n'.repeat(20_000)],
  ])('is read all the same: %s', (_, filters) => {
    const text = `[rule]\nrule_id = "a"\nquery = "any where true"\ntype = "eql"\n${filters}`;
    const result = explainFile({ name: 'a.toml', text, language: null }, null);
    expect(result?.stages.map(({ name }) => name)).toEqual(['where', 'filters']);
    expect(result?.diagnostics.length).toBeLessThan(300);
  });
});

describe('a TOML file', () => {
  const reading = (text: string) =>
    build([source('own', folderWith({ 'a.toml': text }), { platform: null })]);

  test.each([
    ['the configuration of a tool', '[tool]\nname = "x"\n'],
    ['a list of versions', 'version = 1\n[[rules]]\nid = 1\n'],
  ])('that is no rule stands beside the rules: %s', async (_, text) => {
    expect(await reading(text)).toMatchObject({ rules: 0, files: 1, problems: [] });
  });

  test.each([
    ['broken TOML', '[rule]\nname = "A"\nquery = "x\n', 'toml-invalid', 3],
    ['a rule without its query', '# x\n[rule]\nrule_id = "a"\ntype = "eql"\n', 'no-search', 2],
    ['a hunt without queries', '[hunt]\nname = "A"\nquery = []\n', 'no-search', 1],
    ['an empty file', ' \n', 'no-rule', 1],
  ])('that lost something is a problem with its line: %s', async (_, text, code, line) => {
    const { rules, problems } = await reading(text);
    expect(rules).toBe(0);
    expect(problems.flatMap(({ diagnostics }) => diagnostics)).toMatchObject([{ code, line }]);
  });

  test('whose keys have other types than a rule’s is read as far as it goes', async () => {
    const odd = detectionRule({
      name: 1,
      threat: 'x',
      tags: { a: 1 },
      threshold: [1],
      new_terms: 'x',
      filters: 'x',
      threat_mapping: [1],
      alert_suppression: [],
      references: 5,
    });
    const { rules, problems } = await reading(odd);
    expect({ rules, problems }).toEqual({ rules: 1, problems: [] });
  });
});
