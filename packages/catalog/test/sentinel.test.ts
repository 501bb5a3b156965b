import type { CatalogRule } from '@rulescope/catalog';
import { describe, expect, test } from 'vitest';
import { recognise } from '../src/readers/index.ts';
import { embeddedAt } from '../src/readers/offsets.ts';
import { fillParameters } from '../src/readers/sentinel-parameters.ts';
import { ALL, build, catalogOf, folderWith, source } from './folder.ts';
import { alertRule, analyticsRule, template } from './kusto-rules.ts';

const ANY = { platform: null } as const;
const GUID = '00000000-0000-4000-8000-00000000000a';

async function rulesOf(files: Readonly<Record<string, string>>): Promise<readonly CatalogRule[]> {
  const catalog = await catalogOf(files, ANY);
  return catalog.rules({}, ALL).rules.flatMap(({ id }) => catalog.rule(id) ?? []);
}

/** What stands in the file where the stages do. */
function shownStages({ text, result }: CatalogRule): readonly string[] {
  return result.stages.map(({ spans }) => spans.map(([start, end]) => text.slice(start, end)).join(''));
}

describe('a rule of no more than a name and a query', () => {
  const rule = (query: string, ...lines: readonly string[]) =>
    ['id: 00000000-0000-4000-8000-00000000000b', 'name: Short', 'severity: Low', query, ...lines, ''].join(
      '\n',
    );

  test.each([
    ['query: |', '  SigninLogs', '  | where ResultType == "50126"'],
    ['query: "SigninLogs | where ResultType == 1"', 'filter: none'],
    ['query: SigninLogs | where ResultType == 1', 'version: 1.0.0'],
    ['query: |-', '', '  // why', '  let a = 1;', '  SigninLogs', '  | take a', 'author: me'],
  ])('is one of Sentinel where the query is plainly KQL: %s', async (query, ...lines) => {
    const [found] = await rulesOf({ 'a.yaml': rule(query, ...lines) });
    expect(found).toMatchObject({ platform: 'kusto', language: 'kql', title: 'Short', severity: 'low' });
  });

  test.each([
    [rule('query: select 1'), /has `tactics`, `queryFrequency` or/],
    ['severity: Low\nquery: select 1\n', /no `name`\.$/],
  ])('is none otherwise, and the problem says why', async (text, why) => {
    const { problems } = await build([source('a', folderWith({ 'a.yaml': text }), ANY)]);
    expect(problems[0]?.diagnostics).toMatchObject([
      { code: 'no-rule', message: expect.stringMatching(why) },
    ]);
  });
});

describe('an analytics rule in YAML', () => {
  test('has its metadata', async () => {
    const more = {
      status: 'Available',
      entityMappings: [
        { entityType: 'Account', fieldMappings: [{ identifier: 'Name', columnName: 'Account' }] },
      ],
      customDetails: { Where: 'Computer' },
      alertDetailsOverride: { alertDisplayNameFormat: 'Log of {{Computer}}' },
      eventGroupingSettings: { aggregationKind: 'SingleAlert' },
      suppressionEnabled: true,
      suppressionDuration: '5h',
      tags: ['House', { Schema: 'Own' }],
      metadata: { author: { name: 'A. Author' }, source: { kind: 'Community' } },
    };
    const [rule] = await rulesOf({ 'a.yaml': analyticsRule(more) });
    expect(rule).toMatchObject({
      id: 'kusto/00000000-0000-4000-8000-000000000001',
      platform: 'kusto',
      language: 'kql',
      understood: 'full',
    });
    expect(rule?.metadata).toEqual({
      kind: 'Scheduled',
      title: 'Log Cleared',
      description: 'Somebody clears a log.\nSee https://example.org/logs.',
      status: 'Available',
      severity: 'high',
      riskScore: null,
      author: 'A. Author',
      licence: null,
      date: null,
      modified: null,
      references: ['https://example.org/logs'],
      falsePositives: [],
      tags: ['attack.defense-evasion', 'attack.command-and-control', 'attack.t1070.001'],
      related: [],
      logsource: null,
      facts: [
        { name: 'Version', values: ['1.0.0'] },
        { name: 'Data connector', values: ['SecurityEvents (SecurityEvent)'] },
        { name: 'Query frequency', values: ['1h'] },
        { name: 'Query period', values: ['1d'] },
        { name: 'Alert when', values: ['more than 0 results'] },
        { name: 'Entity', values: ['Account (Name: Account)'] },
        { name: 'Custom detail', values: ['Where: Computer'] },
        { name: 'Alert name', values: ['Log of {{Computer}}'] },
        { name: 'Event grouping', values: ['SingleAlert'] },
        { name: 'Suppressed for', values: ['5h'] },
        { name: 'Tag', values: ['House', 'Schema: Own'] },
        { name: 'Source', values: ['Community'] },
      ],
    });
  });

  test.each([
    ['NRT', { kind: 'NRT', queryFrequency: null, queryPeriod: null }, 'NRT'],
    ['scheduled, though it does not say so', { kind: null }, 'Scheduled'],
    [
      'a hunting query',
      { kind: null, severity: null, queryFrequency: null, queryPeriod: null, triggerOperator: null },
      'Hunting',
    ],
  ])('may be %s', async (_, fields, kind) => {
    const [rule] = await rulesOf({ 'a.yaml': analyticsRule(fields) });
    expect(rule?.metadata.kind).toBe(kind);
  });

  test('has its stages at their places in the file', async () => {
    const text =
      'id: a\nname: A\ntactics: []\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n    and Account != ""\n';
    const [rule] = await rulesOf({ 'a.yaml': text });
    expect(rule === undefined ? [] : shownStages(rule)).toEqual([
      'SecurityEvent',
      '| where EventID == 1102\n    and Account != ""',
    ]);
  });

  test('without its query is a problem; values for parameters beside it are none', async () => {
    const folder = folderWith({
      'a.yaml': analyticsRule({ query: null }),
      'b.params.yaml': 'ReplaceQueryVariables:\n  Threshold: 5\n',
      'c.yaml': analyticsRule({}),
    });
    const { problems, rules } = await build([source('own', folder, ANY)]);
    expect(problems.map(({ path, diagnostics }) => [path, diagnostics[0]?.code])).toEqual([
      ['a.yaml', 'no-search'],
    ]);
    expect(rules).toBe(1);
  });
});

describe('parameters of a rule', () => {
  test('have the value that they have unless another one is given', async () => {
    const query =
      'T\n| where Count > %%Most:100%% and Name == "%%Name:a b%%"\n| where Id in (%%Ids%%) or Note has "%%Note%%"';
    const { query: filled, parameters } = fillParameters(embeddedAt(query, 10));
    expect(filled.text).toBe(
      'T\n| where Count > 100 and Name == "a b"\n| where Id in ([\'%%Ids%%\']) or Note has "%%Note%%"',
    );
    expect(parameters).toEqual(['Most (100)', 'Name (a b)', 'Ids', 'Note']);
    const places = Array.from({ length: filled.text.length + 1 }, (_, i) => filled.place(i) - 10);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places.at(-1)).toBe(query.length);
    for (const word of ['Count', 'and', 'Id in', 'Note has']) {
      expect(places[filled.text.indexOf(word)]).toBe(query.indexOf(word));
    }
    const [rule] = await rulesOf({ 'a.yaml': analyticsRule({ query }) });
    expect(rule?.understood).toBe('full');
    expect(rule?.result.indicators.map(({ field, values }) => [field, ...values])).toContainEqual([
      'Count',
      100,
    ]);
  });
});

describe('an ARM template', () => {
  test('has a rule for each resource with a query', async () => {
    const other = GUID.replace(/a$/, 'b');
    const text = template([alertRule(GUID, {}), alertRule(other, { displayName: 'Second' })]);
    const rules = await rulesOf({ 'a.json': text });
    expect(rules.map(({ id, title }) => [id, title]).toSorted()).toEqual([
      [`kusto/${GUID}`, 'Log Cleared'],
      [`kusto/${other}`, 'Second'],
    ]);
    const rule = rules.find(({ id }) => id.endsWith('a'));
    expect(rule?.metadata).toMatchObject({
      kind: 'Scheduled',
      severity: 'low',
      tags: ['attack.defense-evasion', 'attack.t1070.001'],
    });
    expect(rule === undefined ? [] : shownStages(rule)).toEqual([
      'SecurityEvent',
      '| where EventID == 1102 and Account != \\"a\\\\\\\\b\\"',
    ]);
    expect(rule?.result.exclusions).toMatchObject([{ where: { test: { values: ['a\\b'] } } }]);
  });

  test('may hold its resources in another template, and name what its variables say', async () => {
    const rule = {
      ...alertRule(GUID, { displayName: "[variables('title')]" }),
      name: "[variables('rule').id]",
      id: undefined,
    };
    const solution = { type: 'x/contentTemplates', properties: { mainTemplate: { resources: [rule] } } };
    const more = { variables: { title: 'From A Variable', rule: { id: GUID } } };
    const rules = await rulesOf({ 'mainTemplate.json': template([solution], more) });
    expect(rules.map(({ id, title }) => [id, title])).toEqual([[`kusto/${GUID}`, 'From A Variable']]);
  });

  test('may put its query together (Microsoft Learn, "String functions for ARM templates")', async () => {
    const rules = await rulesOf({
      'a.json': template(
        [
          alertRule(GUID, {
            query:
              "[concat('SecurityEvent | where EventID == ', parameters('event'), format(' and Account =~ ''{0}'' | where {{x}} == {1}', variables('who'), 2))]",
          }),
        ],
        {
          parameters: { workspace: { type: 'String' }, event: { type: 'int', defaultValue: 1102 } },
          variables: { who: "[concat('ad', 'min')]" },
        },
      ),
    });
    const tests = rules[0]?.result.indicators.map(({ field, values }) => [field, ...values]);
    expect(tests?.slice(0, 2)).toEqual([
      ['EventID', 1102],
      ['Account', 'admin'],
    ]);
  });

  test('keeps an expression as it is that names what the template does not say', async () => {
    const query = "[concat('T | where a == ', resourceGroup().name)]";
    const [rule] = await rulesOf({ 'a.json': template([alertRule(GUID, { query })]) });
    expect(rule?.understood).not.toBe('full');
  });

  test('may save a query for hunting, which says what it is in a list of names', async () => {
    const saved = {
      type: 'Microsoft.OperationalInsights/savedSearches',
      name: 'own/hunt-1',
      properties: {
        category: 'Hunting Queries',
        displayName: 'Hunt',
        query: 'T | take 5',
        tags: [
          { name: 'description', value: 'Words.' },
          { name: 'tactics', value: 'Persistence,Impact' },
          { name: 'techniques', value: 'T1070' },
        ],
      },
    };
    const aliased = { ...saved, properties: { ...saved.properties, functionAlias: 'f' } };
    const [rule, ...rest] = await rulesOf({ 'a.json': template([saved, aliased]) });
    expect(rest).toEqual([]);
    expect(rule).toMatchObject({ id: 'kusto/hunt-1', title: 'Hunt', kind: 'Hunting' });
    expect(rule?.metadata).toMatchObject({
      description: 'Words.',
      tags: ['attack.persistence', 'attack.impact', 'attack.t1070'],
    });
  });

  test('is told by its text where it has no name', () => {
    expect(recognise('', template([alertRule(GUID, {})]))?.format.name).toBe('sentinel-arm');
  });

  test('that is broken is a problem; other JSON is none', async () => {
    const files = {
      'broken.json': template([alertRule(GUID, {})]).slice(0, -3),
      'data.json': '{"a": 1}',
      'incidents.json': template([
        { ...alertRule(GUID, { query: null }), kind: 'MicrosoftSecurityIncidentCreation' },
      ]),
      'list.json': '[1, 2]',
    };
    const { problems, files: read } = await build([source('own', folderWith(files), ANY)]);
    expect(problems.map(({ path, diagnostics }) => [path, diagnostics[0]?.code])).toEqual([
      ['broken.json', 'json-invalid'],
    ]);
    expect(problems[0]?.diagnostics[0]?.line).toBeGreaterThan(20);
    expect(read).toBe(1);
  });
});
