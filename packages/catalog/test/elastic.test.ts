import { type CatalogRule, explainFile, type RuleSource } from '@rulescope/catalog';
import { type Expression, printExpression } from '@rulescope/logic';
import { describe, expect, test } from 'vitest';
import { behaviorRule, detectionRule, hunt } from './elastic-rules.ts';
import { ALL, build, catalogOf, folderWith, source } from './folder.ts';

const ELASTIC: Partial<RuleSource> = { platform: null };

async function ruleOf(text: string, id = 'a'): Promise<CatalogRule> {
  const catalog = await catalogOf({ 'a.toml': text }, ELASTIC);
  const rule = catalog.rule(`elastic/${id}`);
  if (rule === null) throw new Error(`No rule ${id}: ${JSON.stringify(catalog.problems())}`);
  return rule;
}

/** A condition in a few words. */
function shown(where: Expression | null | undefined): string {
  return where == null ? '' : printExpression(where).replaceAll(/\s+/g, ' ');
}

/** Name, kind and filter of each stage, and the text at its places in the rule. */
function stagesOf({ text, result }: CatalogRule) {
  return result.stages.map(({ name, kind, where, spans }) => ({
    name,
    kind,
    where: shown(where),
    written: spans.map((span) => text.slice(...span)),
  }));
}

const factsOf = ({ metadata }: CatalogRule) =>
  Object.fromEntries(metadata.facts.map(({ name, values }) => [name, values]));

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

describe('a condition beside the query', () => {
  const filtered = (filters: readonly unknown[], more = {}) => ruleOf(detectionRule({ filters, ...more }));

  test.each([
    ['match_phrase', { match_phrase: { 'event.code': '4624' } }, is('event.code', 'eq', ['4624'], true)],
    ['match_phrase with options', { match_phrase: { a: { query: 'b' } } }, is('a', 'eq', ['b'], true)],
    ['term', { term: { a: { value: 'B', case_insensitive: true } } }, is('a', 'eq', ['B'], false)],
    ['terms', { terms: { a: ['b', 'c'] } }, is('a', 'eq', ['b', 'c'], true)],
    ['exists', { exists: { field: 'a.b' } }, exists('a.b')],
    ['prefix', { prefix: { a: 'b' } }, is('a', 'starts_with', ['b'], true)],
    ['wildcard', { wildcard: { a: { value: '*\\\\Temp\\\\*' } } }, is('a', 'contains', ['\\Temp\\'], true)],
    [
      'range',
      { range: { a: { gte: 1, lt: 5, format: 'x' } } },
      { and: [is('a', 'ge', [1], null), is('a', 'lt', [5], null)] },
    ],
    [
      'bool',
      {
        bool: {
          must: [{ match_phrase: { a: '1' } }],
          filter: { exists: { field: 'b' } },
          must_not: [{ exists: { field: 'c' } }],
          should: [{ exists: { field: 'd' } }],
        },
      },
      { and: [is('a', 'eq', ['1'], true), exists('b'), { not: exists('c') }] },
    ],
    [
      'bool of should clauses',
      { bool: { should: [{ exists: { field: 'a' } }, { exists: { field: 'b' } }] } },
      { or: [exists('a'), exists('b')] },
    ],
    [
      'bool of should clauses that are asked for',
      {
        bool: {
          must: [{ exists: { field: 'c' } }],
          should: [{ exists: { field: 'a' } }, { exists: { field: 'b' } }],
          minimum_should_match: 1,
        },
      },
      { and: [exists('c'), { or: [exists('a'), exists('b')] }] },
    ],
  ])('is a stage and a part of the filter on events: %s', async (_, query, expected) => {
    const rule = await filtered([{ query }]);
    expect(stagesOf(rule)[1]).toMatchObject({ name: 'filters', kind: 'filter' });
    expect(rule.understood).toBe('full');
    expect(comparable(rule.result.stages[1]?.where)).toEqual(expected);
  });

  test('that is negated is an exclusion, at its place in the file', async () => {
    const text = [
      '[rule]',
      'rule_id = "a"',
      'name = "A"',
      'type = "eql"',
      'query = "process where true"',
      '',
      '[[rule.filters]]',
      '[rule.filters.meta]',
      'negate = true',
      '[rule.filters.query.wildcard."file.path"]',
      'case_insensitive = true',
      'value = "?:\\\\\\\\Tools\\\\\\\\*.exe"',
      '',
      '[[rule.filters]]',
      'meta = { negate = true, disabled = true }',
      'query = { exists = { field = "x" } }',
    ].join('\n');
    const rule = await ruleOf(text);
    expect(rule.result.exclusions).toMatchObject([
      {
        where: {
          test: {
            field: 'file.path',
            op: 'wildcard',
            values: ['?:\\Tools\\\\*.exe'],
            caseSensitive: false,
          },
        },
        path: '/stages/1',
      },
    ]);
    const [{ where } = {}] = rule.result.exclusions;
    const span = where !== undefined && 'test' in where ? where.test.span : [0, 0];
    expect(text.slice(span[0], span[1])).toBe(
      text.slice(text.indexOf('[rule.filters.query'), text.indexOf('\n\n[[rule.filters]]\nmeta')),
    );
    expect(stagesOf(rule)[1]?.written).toEqual([text.slice(text.indexOf('[[rule.filters]]'))]);
  });

  test.each([
    ['a clause of another kind', { script: { script: 'x' } }],
    ['an option of a bool', { bool: { should: [{ exists: { field: 'a' } }], minimum_should_match: '75%' } }],
    ['two clauses', { exists: { field: 'a' }, term: { b: 'c' } }],
    ['a clause of two fields', { term: { a: 1, b: 2 } }],
  ])('that is not understood is kept as text: %s', async (_, query) => {
    const rule = await filtered([{ query }]);
    expect(rule.understood).toBe('partial');
    expect(rule.result.diagnostics.map(({ code }) => code)).toEqual(['elastic-filter-unknown']);
    expect(JSON.stringify(rule.result.stages[1]?.where)).toContain('unknown');
  });

  test('may combine others', async () => {
    const meta = {
      type: 'combined',
      relation: 'OR',
      params: [{ query: { exists: { field: 'a' } } }, { meta: { negate: true }, exists: { field: 'b' } }],
    };
    const rule = await filtered([{ meta }]);
    expect(rule.result.stages[1]?.where).toMatchObject({
      or: [{ test: { field: 'a', op: 'exists' } }, { not: { test: { field: 'b', op: 'exists' } } }],
    });
  });

  test('has its backslashes as escapes, and says so where that loses one', async () => {
    const rule = await filtered([{ query: { wildcard: { a: { value: 'C:\\Temp\\*' } } } }]);
    expect(rule.result.stages[1]?.where).toMatchObject({ test: { op: 'eq', values: ['C:Temp*'] } });
    expect(rule.result.diagnostics).toMatchObject([
      { code: 'elastic-filter-backslash', severity: 'warning' },
    ]);
    expect(rule.understood).toBe('full');
  });

  test('counts events and values: a threshold', async () => {
    const rule = await ruleOf(
      detectionRule({
        type: 'threshold',
        language: 'kuery',
        query: 'event.outcome : "failure"',
        threshold: {
          field: ['user.name', 'source.ip'],
          value: 25,
          cardinality: [{ field: 'host.id', value: 3 }],
        },
      }),
    );
    expect(rule.kind).toBe('threshold');
    expect(rule.result.stages[1]).toMatchObject({
      name: 'threshold',
      kind: 'aggregate',
      where: {
        and: [
          { test: { field: 'count', op: 'ge', values: [25], derived: true } },
          { test: { field: 'host.id', through: ['cardinality'], op: 'ge', values: [3], derived: true } },
        ],
      },
    });
    expect(JSON.stringify(rule.result.where)).toBe(JSON.stringify(rule.result.stages[0]?.where));
    expect(rule.result.indicators.filter(({ derived }) => !derived)).toHaveLength(1);
    expect(factsOf(rule).Threshold).toEqual([
      'user.name, source.ip: at least 25 events, at least 3 of host.id',
    ]);
    expect(stagesOf(rule)[1]?.written.join('')).toMatch(/^\[rule\.threshold\][\s\S]*value = 3$/);
  });

  test('asks for what is new: new terms', async () => {
    const rule = await ruleOf(
      detectionRule({
        type: 'new_terms',
        language: 'kuery',
        query: 'event.action : "start"',
        new_terms: {
          field: 'new_terms_fields',
          value: ['host.id', 'process.executable'],
          history_window_start: [{ field: 'history_window_start', value: 'now-14d' }],
        },
      }),
    );
    expect(rule.result.stages[1]).toMatchObject({ name: 'new_terms', kind: 'aggregate', where: null });
    expect(shown(rule.result.where)).toBe(shown(rule.result.stages[0]?.where));
    expect(factsOf(rule)).toMatchObject({
      'New terms': ['host.id', 'process.executable'],
      'New terms history': ['now-14d'],
    });
  });

  test('compares with indicators: a threat match', async () => {
    const text = detectionRule({
      type: 'threat_match',
      language: 'kuery',
      query: 'file.hash.md5 : *',
      threat_index: ['logs-ti_*'],
      threat_language: 'kuery',
      threat_query: 'event.module : "ti"',
      threat_filters: [{ query: { match_phrase: { 'event.kind': 'enrichment' } } }],
      threat_mapping: [
        {
          entries: [
            { field: 'file.hash.md5', type: 'mapping', value: 'threat.indicator.file.hash.md5' },
            { field: 'host.os.type', type: 'mapping', value: 'threat.indicator.os', negate: true },
          ],
        },
        { entries: [{ field: 'file.hash.sha1', type: 'mapping', value: 'threat.indicator.file.hash.sha1' }] },
      ],
    });
    const rule = await ruleOf(text);
    expect(rule.understood).toBe('full');
    const stage = rule.result.stages[1];
    expect(stage).toMatchObject({
      name: 'threat_match',
      kind: 'join',
      where: {
        or: [
          {
            and: [
              {
                test: {
                  field: 'file.hash.md5',
                  op: 'field_eq',
                  values: ['threat.indicator.file.hash.md5'],
                  derived: false,
                },
              },
              { not: { test: { field: 'host.os.type', op: 'field_eq' } } },
            ],
          },
          { test: { field: 'file.hash.sha1', op: 'field_eq' } },
        ],
      },
      queries: [{ language: 'kuery', sources: [{ kind: 'index', value: 'logs-ti_*' }] }],
    });
    const [indicators] = stage?.queries ?? [];
    expect(indicators?.stages.map(({ name }) => name).at(-1)).toBe('filters');
    const places = (indicators?.indicators ?? []).map(({ span }) => text.slice(...span));
    expect(places).toEqual(['event.module : \\"ti\\"', '"event.kind" = "enrichment"']);
    expect(JSON.stringify(rule.result.where)).not.toContain('threat.indicator');
    expect(factsOf(rule)['Threat mapping']).toEqual([
      'file.hash.md5 = threat.indicator.file.hash.md5 and host.os.type ≠ threat.indicator.os',
      'file.hash.sha1 = threat.indicator.file.hash.sha1',
    ]);
  });

  test('stands alone in a rule of a machine-learning job', async () => {
    const rule = await ruleOf(
      detectionRule({
        type: 'machine_learning',
        query: undefined,
        language: undefined,
        index: undefined,
        anomaly_threshold: 75,
        machine_learning_job_id: ['rare_process'],
      }),
    );
    expect(rule).toMatchObject({ kind: 'machine_learning', language: null, understood: 'full' });
    expect(rule.result.diagnostics).toMatchObject([
      {
        code: 'elastic-no-query',
        severity: 'info',
        message: expect.stringContaining('machine-learning job'),
      },
    ]);
    expect(rule.result.stages).toMatchObject([
      {
        index: 0,
        name: 'machine_learning',
        where: { test: { field: 'record_score', op: 'ge', values: [75], derived: true } },
      },
    ]);
    expect(rule.result.sources).toContainEqual({ kind: 'machine-learning-job', value: 'rare_process' });
  });
});

function is(field: string, op: string, values: readonly unknown[], caseSensitive: boolean | null) {
  return { test: { field, op, values, caseSensitive } };
}

function exists(field: string) {
  return is(field, 'exists', [], null);
}

/** An expression with what the cases say of its tests, and nothing else. */
function comparable(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(comparable);
  if (typeof part !== 'object' || part === null) return part;
  if ('test' in part) {
    const { field, op, values, caseSensitive } = part.test as Record<string, unknown>;
    return { test: { field, op, values, caseSensitive } };
  }
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, comparable(value)]));
}

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
