import { describe, expect, test } from 'vitest';
import { createApp } from '../src/index.ts';
import {
  countOf,
  IMAGE,
  KEYWORD,
  METADATA,
  QUIET,
  sampleCatalog,
  sampleRule,
  TEMP,
  testIn,
} from './sample-catalog.ts';

const MSI = sampleRule('sigma/79a87aa6-e4bd-42fc-a5bb-5e6fbdcd62f5');

function appWith(...rules: readonly ReturnType<typeof sampleRule>[]) {
  return createApp(
    sampleCatalog({
      rules,
      counts: [
        countOf(IMAGE, 'include', { sigma: 20, splunk: 1 }),
        countOf(QUIET, 'include', {}),
        countOf(KEYWORD, 'include', { sigma: 2 }),
        countOf(TEMP, 'exclude', { sigma: 3 }),
      ],
      problems: [
        {
          source: 'sample',
          path: 'rules/broken.yml',
          diagnostics: [
            {
              severity: 'error',
              code: 'empty-text',
              message: 'Nothing here.',
              span: [0, 0],
              line: 3,
              column: 7,
            },
          ],
        },
      ],
    }),
  );
}

async function page(path: string, app = appWith(MSI)): Promise<string> {
  const response = await app.request(path);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/html; charset=utf-8$/i);
  return response.text();
}

/** What a reader sees: text without tags, each run of white space as one space. */
function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([;,.])/g, '$1');
}

describe('the list', () => {
  test('says what the catalog holds and links to every rule', async () => {
    const html = await page('/');
    expect(html).toContain('1 rule from 1 file, with 7 indicators');
    expect(html).toContain('<a href="/rules/sigma/79a87aa6-e4bd-42fc-a5bb-5e6fbdcd62f5">Quiet install</a>');
    expect(html).toContain('1 file with problems');
  });

  test('is cut into pages of 50 and keeps the filter', async () => {
    const app = appWith(...Array.from({ length: 120 }, (_, i) => sampleRule(`sigma/${i}`)));
    const html = await page('/?status=test&page=2', app);
    expect(html).toContain('<h2>120 rules</h2>');
    expect(html).toContain('Page 2 of 3');
    expect(html).toContain('href="/?status=test"');
    expect(html).toContain('href="/?status=test&amp;page=3"');
    expect(html).toContain('/rules/sigma/50"');
    expect(html).not.toContain('/rules/sigma/49"');
    expect((await app.request('/?page=4')).status).toBe(404);
  });

  test('shows the chosen filter, whatever it is', async () => {
    const html = await page('/?severity=urgent');
    expect(html).toContain('No rule has all of these.');
    expect(html).toContain('<span class="name">severity</span> urgent</a>');
  });
});

describe('a rule', () => {
  test('shows what it says of itself', async () => {
    const html = await page('/rules/sigma/79a87aa6-e4bd-42fc-a5bb-5e6fbdcd62f5');
    for (const text of [
      'Quiet install',
      'An installer that asks nothing.',
      'product windows, category process_creation',
      'A. Author',
      'Apache-2.0',
      '2026-01-02',
      '2026-03-04',
      'Software distribution',
      'attack.t1218.007',
      'understood in full',
    ]) {
      expect(html).toContain(text);
    }
    expect(html).toMatch(/<a href="https:\/\/example.org\/installer" rel="noreferrer[^"]*">/);
    expect(html).toMatch(/<a href="https:\/\/example.org\/rules\/quiet.yml" rel="noreferrer[^"]*">/);
  });

  test('shows what only its platform knows, what is short first, addresses as links', async () => {
    const metadata = {
      ...METADATA,
      riskScore: 64,
      facts: [
        { name: 'Data source', values: ['Sysmon EventID 1', 'Windows Event Log Security 4688'] },
        { name: 'Asset type', values: ['Endpoint'] },
        { name: 'Test data', values: ['https://example.org/a.log'] },
        { name: 'Odd', values: ['javascript:alert(1)'] },
      ],
    };
    const html = await page('/rules/splunk/1', appWith(sampleRule('splunk/1', metadata)));
    expect(html).toContain('<dt>Risk score</dt><dd>64</dd>');
    expect(html).toContain('<dt>Asset type</dt><dd><span class="prose">Endpoint</span></dd>');
    expect(html).toMatch(/<a href="https:\/\/example.org\/a.log" rel="noreferrer[^"]*">/);
    expect(html).not.toContain('href="javascript');
    expect(textOf(html)).toMatch(
      /Asset type Endpoint .*Data source Sysmon EventID 1 Windows Event Log Security 4688/,
    );
  });

  test.each([
    ['none', 'rule, in a language that is not read'],
    ['full', 'machine_learning, no query of its own'],
  ] as const)('tells a language that is not read from no query at all: %s', async (understood, words) => {
    const { result } = MSI;
    const unread = { language: null, understood, result: { ...result, language: null } } as const;
    const kind = understood === 'full' ? 'machine_learning' : 'rule';
    const app = appWith(sampleRule('snowflake/1', { kind }, unread));
    expect(textOf(await page('/rules/snowflake/1', app))).toContain(`Understood ${words}`);
  });

  test('leads from a tag to its technique, unless ATT&CK has none of that id', async () => {
    const tags = ['attack.t1218.007', 'attack.t9912'];
    const html = await page('/rules/sigma/1', appWith(sampleRule('sigma/1', { tags })));
    expect(html).toContain('<a href="/techniques/T1218.007">attack.t1218.007</a>');
    expect(html).toContain('<span>attack.t9912</span>');
  });

  test('says at once what is rare, what is common, and where it works', async () => {
    const text = textOf(await page('/rules/sigma/79a87aa6-e4bd-42fc-a5bb-5e6fbdcd62f5'));
    expect(text).toMatch(
      /Looks for 3 indicators, with 1 exclusion Counts CommandLine contains -q this rule only any field/,
    );
    expect(text).toMatch(/Works on Sysmon Event ID 1 full, Security Event ID 4688 full/);
  });

  test('says which macro an indicator came from', async () => {
    const via = { ...testIn(IMAGE), via: 'macro:process_msiexec', path: '/stages/1' };
    const result = { ...MSI.result, indicators: [via] };
    const html = await page('/rules/splunk/1', appWith(sampleRule('splunk/1', {}, { result })));
    expect(textOf(html)).toContain('\\msiexec.exe from the macro process_ msiexec 21 other rules');
  });

  test('shows its stages in order, exclusions, terms and the text', async () => {
    const html = await page('/rules/sigma/79a87aa6-e4bd-42fc-a5bb-5e6fbdcd62f5');
    const headings = [...html.matchAll(/<h3>(<span class="ordinal">Stage.*?)<\/h3>/g)].map((match) =>
      (match[1] ?? '').replace(/<[^>]*>/g, '').trim(),
    );
    expect(headings).toEqual(['Stage 0: condition', 'Stage 1: selection', 'Stage 2: not filter']);
    expect(html).toContain('Exclusion 1');
    expect(html).toContain('ParentImage starts_with &quot;C:\\Windows\\Temp\\&quot;');
    expect(html).toContain('Search terms');
    expect(html).toContain('<span id="L5">    condition: selection and not filter\n</span>');
  });

  test('links each corpus count to the rules behind it, in total and by platform', async () => {
    const html = await page('/rules/sigma/79a87aa6-e4bd-42fc-a5bb-5e6fbdcd62f5');
    const query = 'field=Image&amp;op=ends_with&amp;value=%5Cmsiexec.exe';
    expect(html).toContain(`<a href="/indicators?${query}#including">21 other rules</a>`);
    expect(html).toContain(`<a href="/indicators?${query}&amp;platform=sigma#including">sigma 20</a>`);
    expect(html).toContain(`<a href="/indicators?${query}&amp;platform=splunk#including">splunk 1</a>`);
    expect(html).toContain('#excluding">excluded by 3 other rules</a>');
    expect(html).toContain('this rule only');
  });

  test('lists the literals behind a transform', async () => {
    const html = await page('/rules/sigma/79a87aa6-e4bd-42fc-a5bb-5e6fbdcd62f5');
    expect(html).toContain('transforms: windash');
    expect(html).toContain('<summary>5 literals</summary>');
    expect(html).toContain('<code class="value">/q</code>');
  });

  test('links diagnostics to their line and their help', async () => {
    const base = sampleRule('sigma/1');
    const diagnostic = {
      severity: 'warning',
      code: 'nesting-too-deep',
      message: 'Too deep.',
      span: [0, 1],
      line: 4,
      column: 2,
    } as const;
    const rule = { ...base, result: { ...base.result, diagnostics: [diagnostic] } };
    const html = await page('/rules/sigma/1', appWith(rule));
    expect(html).toContain('<a href="#L4" aria-label="line 4, column 2">4:2</a>');
    expect(html).toContain('<a href="/help/nesting-too-deep">nesting-too-deep</a>');
  });

  test('takes the log sources of a correlation from the rules that it names', async () => {
    const base = sampleRule('sigma/1', { kind: 'correlation', logsource: null });
    const sources = [
      { kind: 'logsource', value: 'windows//security' },
      { kind: 'index', value: 'main' },
    ];
    const html = await page('/rules/sigma/1', appWith({ ...base, result: { ...base.result, sources } }));
    expect(textOf(html)).toContain('product windows, service security; index main');
    expect(textOf(html)).toContain('sigma correlation, understood in full');
  });

  test('links related rules that the catalog holds', async () => {
    const related = [
      { direction: 'names', type: 'obsolete', id: MSI.id.slice('sigma/'.length), rule: MSI },
      { direction: 'names', type: 'derived', id: 'elsewhere', rule: null },
      { direction: 'named-by', type: 'derived', id: '2', rule: sampleRule('sigma/3', { title: 'Child' }) },
    ] as const;
    const html = await page('/rules/sigma/2', appWith(MSI, sampleRule('sigma/2', {}, { related })));
    expect(textOf(html)).toContain('replaces Quiet install test');
    expect(html).toContain('<a href="/rules/sigma/79a87aa6-e4bd-42fc-a5bb-5e6fbdcd62f5">Quiet install</a>');
    expect(textOf(html)).toContain('derived from elsewhere not in this catalog');
    expect(textOf(html)).toContain('origin of Child');
  });

  test.each([
    'sigma/source/a folder/ünï & <b>#1.yml#0',
    'sigma/100%/what?.yml#2',
    'sigma/../../etc/passwd',
    'sigma//double',
    'sigma/.',
  ])('is found under its address: %s', async (id) => {
    const rule = sampleRule(id, { title: `Rule ${METADATA.title}` });
    const app = appWith(rule);
    const href = /<ul class="rules">.*?<a href="([^"]*)"/s.exec(await page('/', app))?.[1] ?? '';
    const address = new URL(href.replaceAll('&amp;', '&'), 'http://localhost/');
    expect(await page(address.pathname + address.search, app)).toContain('Rule Quiet install');
  });
});

describe('an indicator', () => {
  const address = '/indicators?field=Image&op=ends_with&value=%5Cmsiexec.exe';

  test('lists the rules that look for it and those that exclude it apart', async () => {
    const html = await page(address);
    expect(html).toContain('Rules that look for it (1)');
    expect(html).toContain('Rules that exclude it (0)');
    const temp = await page('/indicators?field=ParentImage&op=starts_with&value=c%3A%5Cwindows%5Ctemp%5C');
    expect(temp).toContain('Rules that look for it (0)');
    expect(temp).toContain('Rules that exclude it (1)');
  });

  test('is cut into pages by list, and by platform', async () => {
    const rules = Array.from({ length: 60 }, (_, i) => ({
      ...sampleRule(`sigma/${i}`),
      platform: i < 55 ? 'sigma' : 'splunk',
    }));
    const html = await page(`${address}&page=2`, appWith(...rules));
    expect(textOf(html)).toContain('All platforms 60 0');
    expect(textOf(html)).toContain('Platform Look for it Exclude it sigma 55 0 splunk 5 0');
    expect(html).toContain('Page 2 of 2');
    expect(await page(`${address}&platform=splunk`, appWith(...rules))).toContain(
      'Rules that look for it, splunk (5)',
    );
  });

  test('says how languages write it, and what is counted apart', async () => {
    const text = textOf(await page(address));
    expect(text).toContain('sigma Image ends with \\msiexec.exe 2 kql FileName equals msiexec.exe 1');
    expect(text).toContain(
      '1 broader indicator of other rules, too: any field contains msiexec 3 other rules',
    );
    expect(text).toContain('catches fewer events than any field contains msiexec for which no rule looks');
  });

  test('without a field is a keyword', async () => {
    expect(await page('/indicators?op=contains&value=installer')).toContain('<em>any field</em> contains');
  });
});

describe('the other pages', () => {
  test('search finds rules by words', async () => {
    expect(await page('/search?q=Quiet%20install')).toContain('1 rule found');
    expect(await page('/search?q=nothing+like+it')).toContain('No rule holds all of these words.');
    expect(await page('/search')).toContain('Type words');
  });

  test('problems are listed with their place and reason', async () => {
    const html = await page('/problems');
    expect(html).toContain('rules/broken.yml');
    expect(html).toContain('3:7');
    expect(html).toContain('Nothing here.');
  });

  test('help explains every diagnostic', async () => {
    expect(await page('/help')).toContain('<a href="/help/text-too-large">');
    expect(await page('/help/text-too-large')).toContain('4,000,000 characters');
  });

  test.each([
    ['/nothing', 404],
    ['/rules/sigma/none', 404],
    ['/help/none', 404],
    ['/rules/%ff', 400],
    ['/help/%ff', 400],
    ['/rules/', 400],
    ['/?page=0', 400],
    ['/?page=x', 400],
    ['/?understood=well', 400],
    ['/indicators', 400],
    ['/indicators?op=is&value=x', 400],
  ])('%s is answered with %i', async (path, status) => {
    const response = await appWith(MSI).request(path);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(/^<!doctype html>/);
  });

  test('a search has at most 1,000 characters', async () => {
    expect((await appWith(MSI).request(`/search?q=${'x'.repeat(1000)}`)).status).toBe(200);
    expect((await appWith(MSI).request(`/search?q=${'x'.repeat(1001)}`)).status).toBe(400);
  });
});

describe('the transport', () => {
  test('every answer forbids scripts, frames and anything from elsewhere', async () => {
    for (const path of ['/', '/nothing', '/?page=0', '/api/stats']) {
      const { headers } = await appWith(MSI).request(path);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  test('the style sheet is kept by its content hash', async () => {
    const app = appWith(MSI);
    const href = /<link rel="stylesheet" href="([^"]+)"/.exec(await page('/', app))?.[1] ?? '';
    const response = await app.request(href);
    const etag = response.headers.get('etag') ?? '';
    expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(response.headers.get('cache-control')).toContain('immutable');
    const again = await app.request(href, { headers: { 'If-None-Match': etag } });
    expect(again.status).toBe(304);
  });

  test('HEAD is answered like GET, without a body', async () => {
    const response = await appWith(MSI).request('/', { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });

  test('anything but reading is refused', async () => {
    const response = await appWith(MSI).request('/', { method: 'POST' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  test('an error of ours is told to the operator, not to the visitor', async () => {
    const told: string[] = [];
    const broken = {
      ...sampleCatalog({ rules: [] }),
      stats: () => {
        throw new Error('secret');
      },
    };
    const response = await createApp(broken, { onError: (error) => told.push(error.message) }).request('/');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
    expect(told).toEqual(['secret']);
  });
});
