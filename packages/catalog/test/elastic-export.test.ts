import { describe, expect, test } from 'vitest';
import { shown, stagesOf } from './elastic-rules.ts';
import { catalogOf } from './folder.ts';

/** A rule as the Detections API gives it (Elastic Security, "Export rules", "Retrieve rule"), of our own words. */
function apiRule(id: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    id: `object-${id}`,
    rule_id: id,
    name: `Rule ${id}`,
    created_at: '2026-01-02T03:04:05.678Z',
    updated_at: '2026-02-03T04:05:06.789Z',
    related_integrations: [{ package: 'endpoint', version: '^9.0.0' }],
    risk_score: 47,
    severity: 'medium',
    type: 'eql',
    language: 'eql',
    index: ['logs-*'],
    query: 'process where\n\tprocess.name == "C:\\\\x.exe"',
    threat: [],
    ...more,
  };
}

const SUMMARY = { exported_count: 2, exported_rules_count: 2, missing_rules: [], missing_rules_count: 0 };

function lines(...values: readonly unknown[]): string {
  return values.map((value) => `${typeof value === 'string' ? value : JSON.stringify(value)}\n`).join('');
}

const ELASTIC = { platform: null };

describe('rules that Kibana has exported', () => {
  test('stand one a line, before lists of exceptions and the summary', async () => {
    const filters = [{ meta: { negate: true }, query: { match_phrase: { 'user.name': 'ann' } } }];
    const exceptions = { list_id: 'l', type: 'detection', name: 'List', entries: [] };
    const threshold = { field: ['host.id'], value: 5 };
    const text = lines(
      apiRule('a'),
      apiRule('b', { type: 'threshold', language: 'kuery', query: 'event.code: 4625', filters, threshold }),
      exceptions,
      SUMMARY,
    );
    const catalog = await catalogOf({ 'rules_export.ndjson': text }, ELASTIC);
    expect(catalog.problems()).toMatchObject([]);
    const [one, other] = ['elastic/a', 'elastic/b'].map((id) => catalog.rule(id));
    expect(one).toMatchObject({
      metadata: { title: 'Rule a', kind: 'eql', date: '2026-01-02', modified: '2026-02-03', riskScore: 47 },
      understood: 'full',
    });
    expect(shown(one?.result.where)).toBe('process.name = "C:\\x.exe" [case-sensitive]');
    expect(one?.result.sources).toContainEqual({ kind: 'integration', value: 'endpoint' });
    expect(one?.text).toBe(JSON.stringify(apiRule('a')));
    expect(other === null || other === undefined ? [] : stagesOf(other).slice(1)).toMatchObject([
      { name: 'filters', written: [`"filters":${JSON.stringify(filters)}`] },
      { name: 'threshold', written: [`"threshold":${JSON.stringify(threshold)}`] },
    ]);
    const places = one?.result.indicators.map(({ span }) => one.text.slice(...span));
    expect(places).toEqual([String.raw`process.name == \"C:\\\\x.exe\"`]);
  });

  test('whose line is broken are a problem with its place', async () => {
    const broken = '{"rule_id": "b", "type": "eql", ';
    const catalog = await catalogOf(
      { 'a.ndjson': lines(apiRule('a'), broken, apiRule('c'), SUMMARY) },
      ELASTIC,
    );
    expect(catalog.rule('elastic/a')).not.toBeNull();
    expect(catalog.rule('elastic/c')).not.toBeNull();
    expect(catalog.problems()).toMatchObject([{ diagnostics: [{ code: 'json-invalid', line: 2 }] }]);
  });

  test.each([
    ['one rule', apiRule('a')],
    ['a list', [apiRule('a'), apiRule('b')]],
    ['an answer of the API', { page: 1, data: [apiRule('a')] }],
    ['a rule of a package', { id: 'a_1', type: 'security-rule', attributes: apiRule('a') }],
  ])('in one JSON value on many lines: %s', async (_, value) => {
    const catalog = await catalogOf({ 'a.json': JSON.stringify(value, null, 2) }, ELASTIC);
    const rule = catalog.rule('elastic/a');
    expect(shown(rule?.result.where)).toBe('process.name = "C:\\x.exe" [case-sensitive]');
    expect(rule?.text.startsWith('{') || rule?.text.startsWith('[')).toBe(true);
    expect(catalog.problems()).toEqual([]);
  });

  test('other JSON is none', async () => {
    const catalog = await catalogOf(
      { 'b.ndjson': lines({ type: 'dashboard', attributes: { title: 'x' } }), 'c.json': '{"a": 1}' },
      ELASTIC,
    );
    expect(catalog.problems()).toEqual([]);
    expect(catalog.stats().rules).toBe(0);
  });
});
