import type { Catalog } from '@rulescope/catalog';
import { Hono } from 'hono';
import { badRequest, readFilter, readIndicator, readLimits, readRuleId, readSearch } from './request.ts';

/**
 * The catalog's answers as JSON, under `/api`: the same plain data as the pages show. Errors are
 * `{ "error": "…" }` with status 400 or 404. Lists take `limit` (1 to 500, 50 by default) and `offset`.
 */
export function createApi(catalog: Catalog): Hono {
  const api = new Hono();
  api.get('/stats', (c) => c.json({ builtAt: catalog.builtAt, ...catalog.stats() }));
  api.get('/rules', (c) => {
    const url = new URL(c.req.url);
    const limits = readLimits(url);
    return c.json({ ...limits, ...catalog.rules(readFilter(url), limits) });
  });
  api.get('/rules/*', (c) => {
    const id = readRuleId(new URL(c.req.url), '/api/rules');
    const rule = catalog.rule(id);
    if (rule === null) return c.json({ error: 'There is no such rule in this catalog.' }, 404);
    return c.json({ ...rule, indicatorCounts: catalog.indicatorCounts(id) });
  });
  api.get('/search', (c) => {
    const url = new URL(c.req.url);
    const limits = readLimits(url);
    const words = readSearch(url);
    if (words === '') throw badRequest('A search needs words in “q”.');
    return c.json({ q: words, ...limits, ...catalog.search(words, limits) });
  });
  api.get('/indicator', (c) => c.json(catalog.indicator(readIndicator(new URL(c.req.url)))));
  api.get('/problems', (c) => c.json({ problems: catalog.problems() }));
  return api;
}
