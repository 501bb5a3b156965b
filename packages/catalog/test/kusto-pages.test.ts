import type { CatalogRule } from '@rulescope/catalog';
import { describe, expect, test } from 'vitest';
import { ALL, build, catalogOf, folderWith, source } from './folder.ts';

const ANY = { platform: null } as const;

async function rulesOf(files: Readonly<Record<string, string>>): Promise<readonly CatalogRule[]> {
  const catalog = await catalogOf(files, ANY);
  const found = catalog.rules({}, ALL).rules.flatMap(({ id }) => catalog.rule(id) ?? []);
  return found.toSorted((a, b) => a.ordinal - b.ordinal);
}

const page = (...lines: readonly string[]): string => lines.join('\n');

const DEFENDER = ['```KQL', 'DeviceEvents', '| where Timestamp > ago(1d) and ActionType == "a"', '```'];
const SENTINEL = DEFENDER.map((line) => line.replace('Timestamp', 'TimeGenerated'));

describe('a page with a query', () => {
  test('is a rule with what the page says', async () => {
    const text = page(
      '# Something Quiet',
      '',
      '## Metadata',
      '**ID:** Q-1',
      '**Author:** [A. Author](https://example.org/a)',
      '**License:** MIT',
      '**OS:** Windows',
      '',
      '## ATT&CK Tags',
      '| Tactic | Technique | Subtechnique | Technique Name |',
      '|---|---|---|---|',
      '| TA0003 - Persistence | T1053 | 005 | Scheduled Task |',
      '| Execution | v | |',
      '| Impact |  | |',
      '',
      '### Detection description',
      'It runs **quietly**,',
      'see [the notes](https://example.org/not-a-reference).',
      '',
      '## False Positives',
      'Backups.',
      '## References',
      '* https://example.org/one',
      '* [T1059/001](https://attack.mitre.org/techniques/T1059/001/)',
      '## Query',
      '```C#',
      'DeviceEvents // T1234',
      '| where ActionType has "quiet"',
      '```',
    );
    const [rule, ...rest] = await rulesOf({ 'a.md': text });
    expect(rest).toEqual([]);
    expect(rule).toMatchObject({
      id: 'kusto/Q-1',
      platform: 'kusto',
      language: 'kql',
      understood: 'full',
      text,
    });
    expect(rule?.metadata).toMatchObject({
      title: 'Something Quiet',
      description: 'It runs quietly, see the notes.',
      author: 'A. Author',
      licence: 'MIT',
      references: ['https://example.org/one'],
      falsePositives: ['Backups.'],
      tags: ['attack.execution', 'attack.ta0003', 'attack.t1053.005', 'attack.t1059.001'],
      facts: [{ name: 'OS', values: ['Windows'] }],
    });
    const [start, end] = rule?.result.stages[1]?.spans[0] ?? [0, 0];
    expect(rule?.text.slice(start, end)).toBe('| where ActionType has "quiet"');
  });

  test('and the same for Sentinel is one rule with two forms', async () => {
    const text = page('# A', 'Words.', '## Defender XDR', ...DEFENDER, '## Sentinel', ...SENTINEL);
    const [rule, ...rest] = await rulesOf({ 'a.md': text });
    expect(rest).toEqual([]);
    expect(rule?.metadata).toMatchObject({ title: 'A', description: 'Words.' });
    expect(rule?.metadata.facts).toEqual([
      { name: 'Written for', values: ['Defender XDR'] },
      { name: 'Other form', values: ['Sentinel (TimeGenerated instead of Timestamp)'] },
    ]);
    expect(rule?.result.indicators.map(({ field }) => field)).toContain('Timestamp');
  });

  test('for each of two products has a rule for each, with the part of the page that is about it', async () => {
    const text = page(
      '# A',
      'For all. T1001',
      '## Defender XDR',
      'For one. T1002',
      ...DEFENDER,
      '## Sentinel',
      'For the other, https://example.org/other.',
      '```KQL',
      'SecurityEvent | where EventID == 1',
      '```',
      '## Notes',
      'T1003',
    );
    const rules = await rulesOf({ 'a.md': text });
    expect(rules.map(({ id, title }) => [id, title])).toEqual([
      ['kusto/own/a.md#0', 'A (Defender XDR)'],
      ['kusto/own/a.md#1', 'A (Sentinel)'],
    ]);
    const [first, second] = rules;
    expect(first?.metadata).toMatchObject({
      description: 'For all. T1001\n\nFor one. T1002',
      tags: ['attack.t1001', 'attack.t1003', 'attack.t1002'],
      references: [],
    });
    expect(second?.metadata).toMatchObject({
      tags: ['attack.t1001', 'attack.t1003'],
      references: ['https://example.org/other'],
    });
    expect(second?.text.startsWith('## Sentinel')).toBe(true);
    expect(second?.text).toContain('EventID');
    expect(second?.text).not.toContain('DeviceEvents');
    const [start, end] = second?.result.stages[0]?.spans[0] ?? [0, 0];
    expect(second?.text.slice(start, end)).toBe('SecurityEvent');
  });

  test('under one heading with others are numbered', async () => {
    const fence = (table: string) => ['```', `${table} | where a == 1`, '```'];
    const rules = await rulesOf({ 'a.md': page('# A', '## Query', ...fence('T'), 'and', ...fence('S')) });
    expect(rules.map(({ title }) => title)).toEqual(['A (Query 1)', 'A (Query 2)']);
  });

  test('may hold several queries in one fence', async () => {
    const rules = await rulesOf({ 'a.md': page('# A', '```kql', 'T | take 5;', 'S | take 6', '```') });
    expect(rules.map(({ title, result }) => [title, result.sources.map(({ value }) => value)])).toEqual([
      ['A (1)', ['T']],
      ['A (2)', ['S']],
    ]);
  });

  test('keeps its places where the fence is indented', async () => {
    const [rule] = await rulesOf({
      'a.md': page('# A', '- one', '  ```kql', '  T', '  | where a == "b"', '    and c == 1', '  ```'),
    });
    const [start, end] = rule?.result.stages[1]?.spans[0] ?? [0, 0];
    expect(rule?.text.slice(start, end)).toBe('| where a == "b"\n    and c == 1');
  });

  test('may stand in a quotation (CommonMark 0.31.2, 5.1, "Block quotes")', async () => {
    const text = page(
      '# Quoted',
      '> A note with a query:',
      '> ```kql',
      '> DeviceEvents',
      '> | where ActionType == "a"',
      '>   and FileName > "b"',
      '> ```',
      'Words.',
      '',
      '> ```kql',
      '> DeviceFileEvents',
      '> | where FileName == "never closed"',
      '## More',
    );
    const rules = await rulesOf({ 'a.md': text });
    expect(rules.map(({ understood }) => understood)).toEqual(['full', 'full']);
    const [first] = rules;
    expect(first?.result.indicators.map(({ field, values }) => [field, ...values])).toEqual([
      ['ActionType', 'a'],
      ['FileName', 'b'],
    ]);
    expect(
      first?.result.stages.map(({ spans: [[start, end] = [0, 0]] }) => first.text.slice(start, end)),
    ).toEqual(['DeviceEvents', '| where ActionType == "a"\n>   and FileName > "b"']);
  });

  test('may have lost its ending, or its fences', async () => {
    const bare = page(
      '# Bare',
      '## Query',
      '',
      'T',
      '| where a == 1',
      '| project b',
      '',
      '## Category',
      '| Execution | v |',
    );
    const rules = await rulesOf({ 'pages/Lost-Ending': page('# Lost', ...DEFENDER), 'pages/bare.md': bare });
    expect(rules.map(({ title }) => title).toSorted()).toEqual(['Bare', 'Lost']);
    const [rule] = rules.filter(({ title }) => title === 'Bare');
    expect(rule?.result.stages.map(({ name }) => name)).toEqual(['source', 'where', 'project']);
    expect(rule?.metadata.tags).toEqual(['attack.execution']);
  });

  test('in a language that the label of the fence names is a rule of it', async () => {
    const sigma = [
      'title: Own Title',
      'id: 00000000-0000-4000-8000-00000000000c',
      'logsource: { product: windows, category: process_creation }',
      'detection: { a: { Image: x }, condition: a }',
    ];
    const text = page(
      '# Hunt',
      'By T1105.',
      ...DEFENDER,
      ...['## Splunk', '```spl', 'index=main Image="*x"', '```'],
      ...['## Elastic', '> ```eql', '> process where process.name : "x"', '> ```'],
      ...['```ESQL', 'from logs-* | where process.name == "x"', '```', '```lucene', 'process.name:x', '```'],
      ...['## Sigma', '```yaml', ...sigma, '```', '```yaml', 'title: some other YAML', '```'],
    );
    const rules = await rulesOf({ 'a.md': text });
    expect(rules.map(({ platform, language, title }) => [platform, language, title])).toEqual([
      ['kusto', 'kql', 'Hunt'],
      ['splunk', 'spl', 'Hunt (Splunk)'],
      ['elastic', 'eql', 'Hunt (Elastic 1)'],
      ['elastic', 'esql', 'Hunt (Elastic 2)'],
      ['elastic', 'lucene', 'Hunt (Elastic 3)'],
      ['sigma', 'sigma', 'Own Title'],
    ]);
    expect(rules.map(({ understood }) => understood)).toEqual(rules.map(() => 'full'));
    expect(rules[5]?.id).toBe('sigma/00000000-0000-4000-8000-00000000000c');
    const [, splunk] = rules;
    const [span] = splunk?.result.stages[0]?.spans ?? [];
    expect(splunk?.text.slice(...(span ?? [0, 0]))).toBe('index=main Image="*x"');
    expect((await rulesOf({ 'b.md': page('# B', '```spl', 'index=main a=b', '```') }))[0]).toMatchObject({
      platform: 'splunk',
      title: 'B',
    });
  });

  test('in another language, and a page without any, are no rules and no problems', async () => {
    const files = {
      'README.md': '# Rules\nWords.',
      'spl.md': page('# A', '```', 'index=main | where a=1 | stats count', '```'),
      'script.md': page('# A', '```powershell', 'Get-Item', '```', '```json', '{"a": "b"}', '```'),
      LICENSE: 'Permission is hereby granted.',
      'notes.txt': 'Words | and more words',
      'T.md': page('# T', ...DEFENDER),
    };
    const { problems, rules, files: read } = await build([source('own', folderWith(files), ANY)]);
    expect({ problems, rules, read }).toEqual({ problems: [], rules: 1, read: 1 });
  });

  test('may be of any length', async () => {
    const sections = Array.from({ length: 2000 }, (_, i) => page(`## Part ${i}`, '```kql', `T${i}`, '```'));
    const rules = await rulesOf({ 'a.md': page('# A', ...sections) });
    expect(rules.length).toBe(ALL.limit);
  });
});

describe('a file of queries', () => {
  test('has its leading comments as metadata', async () => {
    const text = page(
      '// =====================',
      '// Log Cleared By A Script',
      '// Somebody clears a log, see https://example.org/logs.',
      '// T1070.001',
      '// Author: A. Author',
      '// Data connector required for this query - Security Events',
      '//',
      '',
      'SecurityEvent // not this one',
      '| where EventID == 1102',
    );
    const [rule] = await rulesOf({ 'a.kql': text });
    expect(rule).toMatchObject({ id: 'kusto/own/a.kql#0', language: 'kql', text });
    expect(rule?.metadata).toMatchObject({
      title: 'Log Cleared By A Script',
      description: 'Somebody clears a log, see https://example.org/logs.\nT1070.001',
      author: 'A. Author',
      references: ['https://example.org/logs'],
      tags: ['attack.t1070.001'],
      facts: [{ name: 'Data connector', values: ['Security Events'] }],
    });
  });

  test.each([
    [
      'goes on in the next line',
      ['// Find what is', '// hidden in the log.', '// More.'],
      'Find what is hidden in the log',
      'More.',
    ],
    [
      'is said by its name',
      ['// Author: A', '// Title: Hidden', '// Description: In the log'],
      'Hidden',
      'In the log',
    ],
    [
      'is not a link, nor where people are found',
      ['// Source: https://example.org', '// Twitter: @a', '// Hidden'],
      'Hidden',
      null,
    ],
    ['is that of the file where no comment says it', [], 'a', null],
  ])('has a title that %s', async (_, comments, title, description) => {
    const [rule] = await rulesOf({ 'a.csl': page(...comments, 'T | take 5') });
    expect(rule).toMatchObject({ title, metadata: { description } });
  });

  test('has a rule for each query, with the comments before it and the names of those before', async () => {
    const text = page(
      '// First',
      'let names = dynamic(["a", "b"]);',
      'T | where Name in (names);',
      '',
      '// Second',
      '// More.',
      'S | where Name !in (names)',
    );
    const rules = await rulesOf({ 'a.kusto': text });
    expect(rules.map(({ title, metadata }) => [title, metadata.description])).toEqual([
      ['First', null],
      ['Second', 'More.'],
    ]);
    expect(rules.map((rule) => rule.text).join('')).toBe(text);
    expect(rules[0]?.result.indicators.map(({ values }) => values)).toEqual([['a', 'b']]);
    expect(rules[1]?.result.exclusions).toMatchObject([{ where: { test: { values: ['a', 'b'] } } }]);
    const [start, end] = rules[1]?.result.stages.at(-1)?.spans[0] ?? [0, 0];
    expect(rules[1]?.text.slice(start, end)).toBe('| where Name !in (names)');
  });

  test('and the same for the other product is one rule with two forms', async () => {
    const query = 'DeviceEvents\n| where TimeGenerated > ago(1d)';
    const text = page(
      '// A',
      '//Microsoft Sentinel query',
      query,
      '',
      '//Advanced Hunting query',
      '',
      query.replace('TimeGenerated', 'Timestamp'),
    );
    const [rule, ...rest] = await rulesOf({ 'a.kql': text });
    expect(rest).toEqual([]);
    expect(rule?.text).toBe(text);
    expect(rule?.metadata.facts).toEqual([
      { name: 'Written for', values: ['Microsoft Sentinel'] },
      { name: 'Other form', values: ['Advanced Hunting (Timestamp instead of TimeGenerated)'] },
    ]);
  });

  test('may be named as a text, but only where it looks like one', async () => {
    const rules = await rulesOf({ 'a.txt': '// A\nT\n| where a == 1', 'b.txt': 'a list\nof words' });
    expect(rules.map(({ title }) => title)).toEqual(['A']);
  });

  test('that holds none is a problem where it is named as one; citation styles are none', async () => {
    const folder = folderWith({
      'a.kql': '// words',
      'b.csl': '<?xml version="1.0"?>\n<style/>',
      'c.kql': 'T',
    });
    const { problems } = await build([source('own', folder, ANY)]);
    expect(problems.map(({ path }) => path)).toEqual(['a.kql']);
  });
});
