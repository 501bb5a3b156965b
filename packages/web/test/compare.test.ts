import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCatalog, openCatalog } from '@rulescope/catalog';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../src/index.ts';
import { LONGEST_RULE } from '../src/request.ts';
import { htmlFaults } from './valid-html.ts';

const EXAMPLES = fileURLToPath(new URL('../../../examples', import.meta.url));

const SIGMA = String.raw`title: Fetches with <b>certutil</b>
logsource: { product: windows, category: process_creation }
detection:
  selection:
    Image|endswith: '\msiexec.exe'
    CommandLine|contains: 'http'
  condition: selection
`;

describe('a rule that is pasted', () => {
  const work = mkdtempSync(join(tmpdir(), 'rulescope-compare-'));
  let catalog: ReturnType<typeof openCatalog>;

  beforeAll(async () => {
    const output = join(work, 'catalog.sqlite');
    const source = { name: 'examples', path: EXAMPLES, platform: null, licence: null, link: null };
    await buildCatalog({ sources: [source], output, cacheFolder: null });
    catalog = openCatalog(output);
  });
  afterAll(() => {
    catalog.close();
    rmSync(work, { recursive: true });
  });

  async function post(fields: Readonly<Record<string, string>>, headers: Record<string, string> = {}) {
    const response = await createApp(catalog).request('/overlap', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(fields).toString(),
    });
    return { status: response.status, html: await response.text() };
  }

  test('is asked for by a form', async () => {
    const response = await createApp(catalog).request('/overlap');
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<form class="compare" action="/overlap" method="post">');
  });

  test('is compared with the rules of every platform', async () => {
    const { status, html } = await post({ query: SIGMA, language: '' });
    expect(status).toBe(200);
    expect(htmlFaults(html)).toEqual([]);
    expect(html).toContain('<h2>Fetches with &lt;b>certutil&lt;/b></h2>');
    expect(html).toContain('Sigma, understood in full · 2 indicators, 0 excluded values');
    for (const platform of ['splunk', 'elastic', 'kusto'])
      expect(html).toMatch(new RegExp(` % · [^<]*· ${platform} `));
  });

  test('is read in the language that is chosen', async () => {
    const query = 'Image="*\\\\msiexec.exe"';
    expect((await post({ query })).status).toBe(400);
    const { status, html } = await post({ query, language: 'spl' });
    expect(status).toBe(200);
    expect(html).toContain('Splunk SPL, understood in full · 1 indicator');
  });

  test('names what no other rule looks for, whatever language its text is plainly in', async () => {
    const query =
      'DeviceProcessEvents\n| where FileName =~ "msiexec.exe" and ProcessCommandLine has "no-other-has-it"';
    const { html } = await post({ query });
    expect(html).toContain('Kusto KQL, understood in full');
    const [, own = ''] = html.split('<h3>No other rule looks for</h3>');
    expect(own.slice(0, own.indexOf('</ul>'))).toMatch(/no-other-has-it/);
    expect(own.slice(0, own.indexOf('</ul>'))).not.toMatch(/msiexec/);
  });

  test('says why it is not understood', async () => {
    const { status, html } = await post({ query: 'title: x\ndetection: [' });
    expect(status).toBe(200);
    expect(html).toContain('Sigma, not understood');
    expect(html).toMatch(/<li class="error"><strong>error<\/strong>/);
  });

  test('is left out of the answer where the catalog has it', async () => {
    const id = 'sigma/20cc62b4-4ae4-4e90-a80a-466933b40341';
    const { html } = await post({ query: catalog.rule(id)?.text ?? '' });
    expect(html).toContain(`The catalog has <a href="/rules/${id}">a rule of this id</a>`);
    expect(html.split(`href="/rules/${id}"`)).toHaveLength(2);
  });

  test.each([
    ['nothing', '', 'Paste a rule first.'],
    ['too much', 'x'.repeat(LONGEST_RULE + 1), 'The text is too long to be compared.'],
  ])('is refused where it is %s, and the form stays', async (_, query, message) => {
    const { status, html } = await post({ query });
    expect(status).toBe(400);
    expect(html).toContain(`<p>${message}</p>`);
    expect(html).toContain('<textarea');
  });

  test('comes from our own pages only', async () => {
    const { status } = await post({ query: SIGMA }, { 'Sec-Fetch-Site': 'cross-site' });
    expect(status).toBe(400);
    expect((await post({ query: SIGMA }, { 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
  });

  test('is no longer than a request may be', async () => {
    const { status, html } = await post({ query: '\u2028'.repeat(LONGEST_RULE + 2000) });
    expect(status).toBe(400);
    expect(html).toContain('The text is too long to be compared.');
  });

  test('is compared by the API as well', async () => {
    const ask = (body: string) =>
      createApp(catalog).request('/api/overlap?limit=2', { method: 'POST', body });
    const response = await ask(JSON.stringify({ query: SIGMA, language: 'Sigma' }));
    expect(response.status).toBe(200);
    const answer = (await response.json()) as { subjects: { rules: unknown[] }[] };
    expect(answer).toMatchObject({
      limit: 2,
      subjects: [{ language: 'sigma', known: false, indicators: 2 }],
    });
    expect(answer.subjects[0]?.rules).toHaveLength(2);
    for (const body of ['', '[]', '{}', '{"query":"a few words"}', '{"query":"x","language":"klingon"}']) {
      const refused = await ask(body);
      expect(refused.status).toBe(400);
      expect(await refused.json()).toEqual({ error: expect.stringMatching(/\.$/) });
    }
  });

  test('may be sent nowhere else', async () => {
    const response = await createApp(catalog).request('/overlap', { method: 'PUT' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST');
  });
});
