import { describe, expect, test } from 'vitest';
import { createApp } from '../src/index.ts';
import { IMAGE, sampleCatalog, sampleRule } from './sample-catalog.ts';

const MSI = sampleRule('sigma/1', {
  title: 'Quiet install',
  tags: ['attack.defense-evasion', 'attack.t1218.007', 'attack.t1562.001', 'attack.t9999', 'cve.2020-0601'],
});
const OLD = sampleRule('sigma/2', { title: 'Old install', status: 'deprecated', tags: ['attack.t1562.001'] });
const app = createApp(sampleCatalog({ rules: [MSI, OLD] }));

async function html(path: string, status = 200): Promise<string> {
  const response = await app.request(path);
  expect(response.status).toBe(status);
  return response.text();
}

/** What a reader sees: text without tags, each run of white space as one space. */
async function text(path: string): Promise<string> {
  return (await html(path)).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

describe('a rule’s place in ATT&CK', () => {
  test('says what the release made of an old id, and of an old tactic', async () => {
    const shown = await text('/rules/sigma/1');
    // ATT&CK 19: T1562.001 became T1685, Defense Evasion became Stealth and Defense Impairment.
    expect(shown).toContain('tagged T1562.001 , now T1685');
    expect(shown).toContain('Stealth tagged Defense Evasion');
    expect(shown).toContain('System Binary Proxy Execution: Msiexec');
    expect(shown).toContain('Names of ATT&amp;CK 19.1, derived');
    expect(shown).toContain('attack.t9999');
  });

  test('links its tags to the pages of techniques and tactics', async () => {
    const page = await html('/rules/sigma/1');
    expect(page).toContain('<a href="/techniques/T1218.007">attack.t1218.007</a>');
    expect(page).toContain('<a href="/tactics/defense-evasion">attack.defense-evasion</a>');
    expect(page).toContain('<span>cve.2020-0601</span>');
  });
});

describe('a rule’s events', () => {
  test('have a verdict each, with what is missing and needed', async () => {
    const page = await html('/rules/sigma/1');
    // The rule tests Image, CommandLine and a keyword, and excludes by ParentImage. Security 4688 has no command
    // line in version 0 and no parent's name before version 2.
    const [, table = ''] = page.split('<table class="events');
    const rows = table.split('<tr>').filter((row) => row.includes('class="verdict'));
    const verdicts = rows.map((row) => [
      /version (\d)/.exec(row)?.[1] ?? '',
      /class="verdict (\w+)"/.exec(row)?.[1] ?? '',
    ]);
    expect(verdicts).toEqual([
      ['', 'full'],
      ['2', 'full'],
      ['1', 'noisier'],
      ['0', 'blind'],
    ]);
    expect(rows[3]).toContain('<a href="/fields/CommandLine"><code>CommandLine</code></a>');
    expect(rows[2]).toContain('Never excluded');
    expect(rows[2]).toContain('Audit Process Creation');
  });
});

describe('retired rules', () => {
  test('are left out of the list until they are asked for', async () => {
    expect(await html('/')).not.toContain('Old install');
    expect(await html('/')).toContain(
      '<a href="/?retired=true">Show 1 deprecated and unsupported rules too</a>',
    );
    expect(await html('/?retired=true')).toContain('Old install');
    expect(await html('/?retired=true')).toContain('<a href="/">Leave retired rules out</a>');
  });

  test('say so on their page, with the way to what replaces them', async () => {
    const related = [
      { direction: 'named-by', type: 'obsolete', id: '2', rule: MSI },
      { direction: 'named-by', type: 'similar', id: '2', rule: sampleRule('sigma/3', { title: 'Alike' }) },
    ] as const;
    const site = createApp(sampleCatalog({ rules: [{ ...OLD, related }] }));
    const page = await (await site.request('/rules/sigma/2')).text();
    const notice = /<aside class="notice".*?<\/aside>/s.exec(page)?.[0] ?? '';
    expect(notice).toContain('This rule is deprecated.');
    expect(notice).toContain('<a href="/rules/sigma/1">Quiet install</a>');
    expect(notice).not.toContain('Alike');
  });
});

describe('techniques and tactics', () => {
  test('the matrix counts rules, those of sub-techniques with their technique', async () => {
    const page = await html('/tactics');
    expect(page).toMatch(
      /<a href="\/techniques\/T1218"[^>]*>System Binary Proxy Execution<\/a> <span class="number">1</,
    );
  });

  test('a technique has its tactic, parent, events and rules', async () => {
    const shown = await text('/techniques/T1218.007');
    expect(shown).toContain('T1218.007 Msiexec');
    expect(shown).toContain('Part of T1218 System Binary Proxy Execution');
    expect(shown).toContain('Quiet install');
    expect(await html('/techniques/T1218.007')).toContain('href="/events/Microsoft-Windows-Sysmon/1"');
    expect(await html('/techniques/T1218')).toContain('href="/techniques/T1218.007"');
  });

  test('an old id says what it is now, and the new one what it was', async () => {
    expect(await text('/techniques/T1562.001')).toContain('It is now T1685');
    expect(await html('/techniques/T1685')).toContain('href="/techniques/T1562.001"');
  });

  test('a tactic that was split leads to its parts, another spelling to the tactic', async () => {
    const split = await html('/tactics/defense-evasion');
    expect(split).toContain('href="/tactics/stealth"');
    expect(split).toContain('href="/tactics/defense-impairment"');
    expect((await app.request('/tactics/TA0002')).headers.get('location')).toBe('/tactics/execution');
    expect((await app.request('/techniques/t1218')).headers.get('location')).toBe('/techniques/T1218');
  });

  test.each([
    ['/techniques/T9999', 404],
    ['/techniques/x', 404],
    ['/tactics/nothing', 404],
    ['/events/Nobody/1', 404],
    ['/fields/nothing', 404],
    ['/events/Nobody', 400],
    ['/events/a/b/c', 400],
    ['/fields/%ff', 400],
    ['/facets/nothing', 400],
  ])('%s is answered with %i', async (path, status) => {
    expect(await html(path, status)).toMatch(/^<!doctype html>/);
  });
});

describe('events and fields', () => {
  test('an event has its versions, fields, and rules by verdict', async () => {
    const page = await html('/events/Microsoft-Windows-Security-Auditing/4688');
    expect(page).toContain('A new process has been created');
    expect(page).toContain('<abbr title="version 0">v0</abbr>');
    expect(page).toContain('<a href="/fields/NewProcessName">');
    // Microsoft Learn, 4688(S): New Process Name is what rules call Image.
    expect(page).toContain('in rules <a href="/fields/Image">');
    const bySection = [...page.matchAll(/<section class="by-verdict" id="(\w+)">(.*?)<\/section>/gs)];
    expect(bySection.map((match) => match[1])).toContain('full');
    expect(page).toContain(
      `href="/?${new URLSearchParams({ verdict: 'full Microsoft-Windows-Security-Auditing/4688' })}"`,
    );
  });

  test('an event that no rule names has a page, and is in the index', async () => {
    expect(await text('/events/Microsoft-Windows-Sysmon/25')).toContain(
      'No rule of the catalog means this event.',
    );
    expect(await html('/events')).toContain('href="/events/Microsoft-Windows-Sysmon/25"');
  });

  test('a field has its values, rules, and the events that carry it', async () => {
    const page = await html('/fields/Image');
    expect(page).toContain('href="/indicators?field=Image&amp;op=ends_with&amp;value=%5Cmsiexec.exe"');
    expect(page).toContain('href="/rules/sigma/1"');
    expect(page).toContain('href="/events/Microsoft-Windows-Sysmon/1"');
    expect(await html('/fields')).toContain('href="/fields/CommandLine"');
  });
});

describe('facets', () => {
  test('keep the other filters, and the chosen one leads back', async () => {
    const page = await html('/?severity=medium&tactic=stealth');
    expect(page).toContain('href="/?product=windows&amp;tactic=stealth&amp;severity=medium"');
    expect(page).toMatch(/<a href="\/\?tactic=stealth" aria-current="true">/);
    expect(page).toContain('<a href="/">Clear all</a>');
  });

  test('a search keeps the filters, and has chips for both', async () => {
    const page = await html('/search?q=install&severity=medium');
    expect(page).toContain('<input type="hidden" name="severity" value="medium"/>');
    expect(page).toContain('href="/?severity=medium"');
    expect(page).toContain('href="/search?q=install"');
  });

  test('all values of a facet are a page', async () => {
    expect(await html('/facets/field?severity=medium')).toContain('href="/?field=Image&amp;severity=medium"');
  });
});

test('a query of a correlation leads to its rule', async () => {
  const base = sampleRule('sigma/3', { kind: 'correlation' });
  const query = { ...MSI.result, language: 'sigma' as const, id: '1', title: 'Quiet install', where: IMAGE };
  const [first] = base.result.stages;
  const stages = first === undefined ? [] : [{ ...first, queries: [query] }];
  const site = createApp(sampleCatalog({ rules: [MSI, { ...base, result: { ...base.result, stages } }] }));
  const page = await (await site.request('/rules/sigma/3')).text();
  expect(page).toContain('<a href="/rules/sigma/1">Quiet install</a>');
});
