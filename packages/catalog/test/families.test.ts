import type { Catalog } from '@rulescope/catalog';
import { describe, expect, test } from 'vitest';
import { catalogOf, sigmaRule } from './folder.ts';

/** A page of queries in the manner of collections for Defender and Sentinel. */
function page(title: string, queries: Readonly<Record<string, string>>): string {
  const parts = Object.entries(queries).map(([name, query]) => `## ${name}\n\n\`\`\`KQL\n${query}\n\`\`\`\n`);
  return `# ${title}\n\n${parts.join('\n')}`;
}

const KUSTO = { platform: 'kusto' } as const;

/** The ids of the rules that are one with the first rule of a file. */
function copiesOf(catalog: Catalog, id: string): readonly string[] | undefined {
  return catalog.rule(id)?.copies.map((copy) => copy.id);
}

/** How many other rules look for a value of a rule, those that are one rule counted once. */
function othersOf(catalog: Catalog, id: string, value: string): number | undefined {
  return catalog.indicatorCounts(id).find((row) => row.value === value)?.others.total;
}

const query = (time: string, more = '') =>
  `DeviceProcessEvents\n| where ${time} > ago(7d)\n| where FileName =~ "certutil.exe"${more}`;

describe('one rule in two places', () => {
  test('is a query in the forms for Defender and for Sentinel, whose tables and times have other names', async () => {
    const defender =
      'AADSignInEventsBeta | where Timestamp > ago(7d) | where AccountUpn =~ "glass@break.example"';
    const sentinel =
      'SigninLogs | where TimeGenerated > ago(7d) | where UserPrincipalName =~ "glass@break.example"';
    const catalog = await catalogOf(
      {
        'both.md': page('The glass is broken', { 'Defender XDR': defender, Sentinel: sentinel }),
        'other.md': page('Another one', { Query: sentinel }),
      },
      KUSTO,
    );
    expect(copiesOf(catalog, 'kusto/own/both.md#0')).toEqual(['kusto/own/both.md#1']);
    expect(othersOf(catalog, 'kusto/own/other.md#0', 'glass@break.example')).toBe(1);
    expect(othersOf(catalog, 'kusto/own/both.md#0', 'glass@break.example')).toBe(1);
  });

  test('is a form of which the time alone has another name: its page is read as one rule', async () => {
    const both = page('Certutil runs', {
      'Defender XDR': query('Timestamp'),
      Sentinel: query('TimeGenerated'),
    });
    const catalog = await catalogOf({ 'both.md': both }, KUSTO);
    expect(catalog.stats().rules).toBe(1);
  });

  test('is a form for another product whose table asks for more', async () => {
    const both = page('A guest is denied', {
      'Defender XDR': 'AADSignInEventsBeta | where IsGuestUser == 1 | where ErrorCode == 50020',
      Sentinel: 'SigninLogs | where UserType == "Guest" | where ResultType == 50020',
    });
    const catalog = await catalogOf({ 'both.md': both }, KUSTO);
    expect(copiesOf(catalog, 'kusto/own/both.md#0')).toEqual(['kusto/own/both.md#1']);
  });

  test('is no query of the same page that tests something else, nor one of another page', async () => {
    const catalog = await catalogOf(
      {
        'a.md': page('One page', {
          'Defender XDR 1': query('Timestamp'),
          'Defender XDR 2': query('Timestamp', '\n| where ProcessCommandLine contains "-decode"'),
        }),
        'b.md': page('Another page', { 'Defender XDR': query('Timestamp') }),
      },
      KUSTO,
    );
    for (const id of ['a.md#0', 'a.md#1', 'b.md#0']) expect(copiesOf(catalog, `kusto/own/${id}`)).toEqual([]);
  });

  test('is no second query of a page that says no other product, though it tests the same', async () => {
    const counted = `${query('Timestamp')}\n| summarize count() by DeviceName`;
    const both = page('Certutil runs', { 'By machine': counted, 'All of them': query('Timestamp') });
    const catalog = await catalogOf({ 'both.md': both }, KUSTO);
    expect(copiesOf(catalog, 'kusto/own/both.md#0')).toEqual([]);
  });

  test('is one whose events are named otherwise, where it names the other as related', async () => {
    const rule = (id: string, event: number, more = '') =>
      sigmaRule(id, `s:\n    EventID: ${event}\n    ServiceName: 'x'\ncondition: s`, more);
    const catalog = await catalogOf({
      'a.yml': rule('a', 4697),
      'b.yml': rule('b', 7045, 'related: [{ id: a, type: derived }]'),
      'c.yml': rule('c', 7045),
    });
    expect(copiesOf(catalog, 'sigma/a')).toEqual(['sigma/b']);
    expect(copiesOf(catalog, 'sigma/c')).toEqual([]);
  });

  test('is none where the events are all that is asked for, and differ', async () => {
    const rule = (id: string, event: number) =>
      sigmaRule(id, `s:\n    EventID: ${event}\ncondition: s`, 'related: [{ id: a, type: similar }]');
    const catalog = await catalogOf({ 'a.yml': rule('a', 1102), 'b.yml': rule('b', 104) });
    expect(copiesOf(catalog, 'sigma/a')).toEqual([]);
  });
});
