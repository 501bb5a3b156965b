import { expect, test } from 'vitest';
import { createApp } from '../src/index.ts';
import { countOf, IMAGE, sampleCatalog, sampleRule } from './sample-catalog.ts';

const RULES = Array.from({ length: 3 }, (_, i) => sampleRule(`sigma/${i}`, { title: `Rule ${i}` }));
const COUNT = countOf(IMAGE, 'include', { sigma: 2 });
const app = createApp(sampleCatalog({ rules: RULES, counts: [COUNT] }));

async function json(path: string, status = 200): Promise<unknown> {
  const response = await app.request(path);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  return response.json();
}

test('lists rules, a part at a time', async () => {
  expect(await json('/api/rules?limit=1&offset=2')).toMatchObject({
    total: 3,
    limit: 1,
    offset: 2,
    rules: [{ id: 'sigma/2', title: 'Rule 2' }],
  });
  expect(await json('/api/rules?platform=splunk')).toMatchObject({ total: 0, rules: [] });
});

test('gives a rule whole, with its corpus counts', async () => {
  const rule = await json('/api/rules/sigma/1');
  expect(rule).toEqual({ ...RULES[1], indicatorCounts: [COUNT], broaderIndicators: [] });
  expect(await json('/api/rules/?id=sigma%2F1')).toEqual(rule);
});

test('gives the rules that look for the same', async () => {
  expect(await json('/api/overlap/sigma/1?limit=7')).toMatchObject({ id: 'sigma/1', limit: 7, rules: [] });
});

test('searches', async () => {
  expect(await json('/api/search?q=Rule+1')).toMatchObject({
    q: 'Rule 1',
    total: 1,
    rules: [{ id: 'sigma/1' }],
  });
});

test('gives the rules behind an indicator', async () => {
  expect(await json('/api/indicator?field=Image&op=ends_with&value=%5Cmsiexec.exe')).toMatchObject({
    field: 'Image',
    including: [{ id: 'sigma/0' }, { id: 'sigma/1' }, { id: 'sigma/2' }],
    excluding: [],
  });
});

test('gives figures and problems', async () => {
  expect(await json('/api/stats')).toMatchObject({ rules: 3, builtAt: '2026-11-21T12:00:00.000Z' });
  expect(await json('/api/problems')).toEqual({ problems: [] });
});

test('gives facets, fields, techniques, tactics and events', async () => {
  expect(await json('/api/facets/severity?status=test')).toEqual({
    name: 'severity',
    total: 1,
    values: [{ value: 'medium', label: 'medium', rules: 3 }],
  });
  expect(await json('/api/fields/Image?limit=1')).toMatchObject({
    field: 'Image',
    total: 3,
    indicators: [{ op: 'ends_with' }],
  });
  expect(await json('/api/techniques/T1562.001')).toMatchObject({ asTagged: 'T1562.001', id: 'T1685' });
  expect(await json('/api/tactics')).toMatchObject({ version: '19.1', derived: true });
  expect(await json('/api/events')).toMatchObject({
    events: expect.arrayContaining([
      expect.objectContaining({ provider: 'Microsoft-Windows-Sysmon', id: 1 }),
    ]),
  });
});

test.each([
  ['/api', 404],
  ['/api/facets/nothing', 400],
  ['/api/fields/', 400],
  ['/api/nothing', 404],
  ['/api/rules/none', 404],
  ['/api/rules?limit=501', 400],
  ['/api/rules?limit=0', 400],
  ['/api/rules?offset=-1', 400],
  ['/api/search', 400],
  ['/api/indicator?op=eq', 400],
  ['/api/rules/%ff', 400],
])('%s is answered with %i and the reason', async (path, status) => {
  expect(await json(path, status)).toEqual({ error: expect.stringMatching(/\.$/) });
});
