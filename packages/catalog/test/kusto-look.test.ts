import { languageByName, languageByText } from '@rulescope/catalog';
import { describe, expect, test } from 'vitest';
import { formKey } from '../src/readers/kusto-forms.ts';
import { isKustoFence, looksLikeKusto } from '../src/readers/kusto-look.ts';

describe('KQL is told by a look', () => {
  test.each([
    'SecurityEvent\n| where EventID == 1',
    '// a comment\n// another | one\nSecurityEvent // here\n// and there\n| where EventID == 1',
    'let a = 5;\nT',
    "['Table with blanks'] | take 5",
    '_GetWatchlist("a") | project b',
    'workspace("w").SecurityEvent | where a',
    'union Device*, SigninLogs\n| where a has "b"',
    'externaldata(a: string)["https://example.org/a"]',
    'declare query_parameters(a: string);\nT',
    '\u200bDeviceEvents\n| summarize count()',
  ])('%s', (text) => {
    expect(languageByText(text)).toBe('kql');
    expect(looksLikeKusto(text)).toBe(true);
  });

  test.each([
    ['a Splunk search', 'index=main | where a=1 | stats count'],
    ['a Splunk search in the guise of a table', 'EventCode=1 | where a=1 | stats count by b'],
    ['PowerShell', '$query = @"\nDeviceEvents\n| where a\n"@'],
    ['a command of PowerShell', 'Get-Process | where Name -eq "a"'],
    ['SQL', 'SELECT a FROM b\nWHERE c = 1'],
    ['JSON', '{"query": "T\\n| where a"}'],
    ['XML', '<a>\n| where b\n</a>'],
    ['ES|QL', 'from logs-* | where a == 1'],
    ['EQL', 'process where a == 1 | head 5'],
    ['a shell', 'curl https://example.org | sh'],
    ['words', 'Some words about tables.\nAnd more.'],
    ['nothing', ''],
  ])('%s is none', (_, text) => {
    expect(looksLikeKusto(text)).toBe(false);
    expect(isKustoFence('C#', text)).toBe(false);
  });

  test('of a fence the label counts, unless the code is plainly something else', () => {
    expect(isKustoFence('kusto', 'T')).toBe(true);
    expect(isKustoFence('KQL', 'T\n where a')).toBe(true);
    expect(isKustoFence('KQL', 'index=main foo | stats count')).toBe(false);
    expect(isKustoFence('KQL', '{"a": 1}')).toBe(false);
    expect(isKustoFence('c#', 'T\n| where a == 1')).toBe(true);
    expect(isKustoFence('', '| where a == 1\n| extend b = 2')).toBe(true);
    expect(isKustoFence('powershell', '| where a == 1\n| extend b = 2')).toBe(false);
    expect(isKustoFence('KQL', ' \n')).toBe(false);
  });

  test('files by their endings', () => {
    expect(['a.kql', 'a.KUSTO', 'a.csl', 'a.txt', 'a.md'].map(languageByName)).toEqual([
      'kql',
      'kql',
      'kql',
      null,
      null,
    ]);
  });
});

describe('two forms of one query', () => {
  test.each([
    ['the column of the time', 'T | where Timestamp > ago(1d)', 'T | where TimeGenerated > ago(1d)'],
    ['white space', 'T\n| where a\n  | take 5', 'T | where a|take 5'],
    ['comments', '// one\nT // x\n| take 5;', 'T\n| take 5'],
  ])('differ only in %s', (_, one, other) => {
    expect(formKey(one)).toBe(formKey(other));
  });

  test.each([
    ['a text', 'T | where a == "https://a"', 'T | where a == "https://b"'],
    ['a text with the name of the column', 'T | where a == "Timestamp"', 'T | where a == "TimeGenerated"'],
    ['blanks in a text', 'T | where a == "b c"', 'T | where a == "b  c"'],
    [
      'a verbatim text that ends with a backslash',
      'T | where a == @"b\\" // c',
      'T | where a == @"b\\" and d',
    ],
    ['a table', 'T | take 5', 'S | take 5'],
  ])('do not differ in %s', (_, one, other) => {
    expect(formKey(one)).not.toBe(formKey(other));
  });
});
