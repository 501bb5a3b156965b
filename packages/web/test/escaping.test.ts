import { collect, test as logicTest } from '@rulescope/logic';
import { describe, expect, test } from 'vitest';
import { createApp } from '../src/index.ts';
import { countOf, sampleCatalog, sampleRule } from './sample-catalog.ts';

const EVIL = `"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;`;
const ID = `sigma/source/${EVIL}.yml#0`;

const WANTED = logicTest({ field: EVIL, op: 'contains', values: [EVIL], caseSensitive: false, span: [0, 1] });
const TERM = logicTest({ field: null, op: 'contains', values: [EVIL], caseSensitive: false, span: [0, 1] });
const STAGES = [
  {
    index: 0,
    name: EVIL,
    kind: 'filter',
    text: EVIL,
    spans: [[0, 1]],
    understood: 'partial',
    where: { and: [WANTED, TERM, { not: WANTED }, { unknown: { text: EVIL, span: [0, 1] } }] },
    queries: [],
  },
] as const;

const BASE = sampleRule(ID, {
  kind: EVIL,
  title: EVIL,
  description: EVIL,
  status: EVIL,
  severity: EVIL,
  author: EVIL,
  licence: EVIL,
  date: EVIL,
  modified: EVIL,
  references: [
    EVIL,
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'data:text/html,<script>alert(1)</script>',
  ],
  falsePositives: [EVIL],
  tags: [EVIL],
  related: [{ id: EVIL, type: EVIL }],
  logsource: { product: EVIL, category: EVIL, service: EVIL, definition: EVIL },
});
const DIAGNOSTIC = {
  severity: 'error',
  code: EVIL,
  message: EVIL,
  span: [0, 1],
  line: 1,
  column: 1,
} as const;
const RULE = {
  ...BASE,
  platform: EVIL,
  source: EVIL,
  path: EVIL,
  link: 'javascript:alert(1)',
  text: `${EVIL}\n${EVIL}`,
  result: { ...BASE.result, stages: STAGES, ...collect(STAGES), diagnostics: [DIAGNOSTIC] },
};
const app = createApp(
  sampleCatalog({
    rules: [RULE],
    counts: [countOf(WANTED, 'include', { [EVIL]: 2 })],
    problems: [{ source: EVIL, path: EVIL, diagnostics: [DIAGNOSTIC] }],
  }),
);

const QUERY = encodeURIComponent(EVIL);

describe('hostile text stays text', () => {
  test.each([
    ['the list', '/'],
    ['a filter', `/?platform=${QUERY}&source=${QUERY}&status=${QUERY}&severity=${QUERY}`],
    ['a rule', `/rules/${ID.split('/').map(encodeURIComponent).join('/')}`],
    ['a search', `/search?q=${QUERY}`],
    [
      'an indicator',
      `/indicators?field=${QUERY}&op=contains&value=${QUERY}&encoding=${QUERY}&platform=${QUERY}`,
    ],
    ['problems', '/problems'],
    ['no such rule', `/rules/${QUERY}`],
    ['no such page', `/${QUERY}`],
    ['no such diagnostic', `/help/${QUERY}`],
    ['a wrong parameter', `/?page=${QUERY}`],
  ])('%s', async (_name, path) => {
    const html = await (await app.request(path)).text();
    expect(html).not.toMatch(/<script|<img/i);
    expect(html).not.toMatch(/href="\s*(?:javascript|data:text)/i);
    // Nothing left its attribute: the only tags with a handler would be the hostile ones.
    expect(html.replace(/&quot;|&lt;|&gt;/g, '')).not.toMatch(/<[^>]*\sonerror=/i);
  });

  test('the rule page does show it', async () => {
    const html = await (
      await app.request(`/rules/${ID.split('/').map(encodeURIComponent).join('/')}`)
    ).text();
    expect(html.match(/&lt;script>|&lt;script&gt;/g)?.length ?? 0).toBeGreaterThan(15);
    expect(html.replaceAll('<wbr/>', '')).toContain('javascript:alert(1)');
  });

  test('the API answers JSON that no browser takes for a page', async () => {
    const response = await app.request('/api/rules');
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
