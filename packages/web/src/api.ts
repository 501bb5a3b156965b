import type { Catalog } from '@rulescope/catalog';
import { EVENTS, resolveTechnique } from '@rulescope/knowledge';
import { Hono } from 'hono';
import {
  badRequest,
  readFacet,
  readFilter,
  readIndicator,
  readLimits,
  readName,
  readRuleId,
  readSearch,
} from './request.ts';

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
    return c.json({
      ...rule,
      indicatorCounts: catalog.indicatorCounts(id),
      broaderIndicators: catalog.broaderIndicators(id),
    });
  });
  api.get('/overlap/*', (c) => {
    const url = new URL(c.req.url);
    const { limit } = readLimits(url);
    const id = readRuleId(url, '/api/overlap');
    if (catalog.rule(id) === null) return c.json({ error: 'There is no such rule in this catalog.' }, 404);
    return c.json({ id, limit, ...catalog.overlap({ rule: id }, { limit }) });
  });
  api.get('/search', (c) => {
    const url = new URL(c.req.url);
    const limits = readLimits(url);
    const words = readSearch(url);
    if (words === '') throw badRequest('A search needs words in “q”.');
    return c.json({ q: words, ...limits, ...catalog.search(words, limits, readFilter(url)) });
  });
  api.get('/facets/:name', (c) => {
    const url = new URL(c.req.url);
    const { limit } = readLimits(url);
    return c.json(catalog.facets(readFilter(url), [readFacet(c.req.param('name'))], limit)[0]);
  });
  api.get('/fields/*', (c) => {
    const url = new URL(c.req.url);
    const limits = readLimits(url);
    const field = readName(url, '/api/fields');
    return c.json({ field, ...limits, ...catalog.fieldIndicators(field, limits) });
  });
  api.get('/techniques/*', (c) =>
    c.json(resolveTechnique(readName(new URL(c.req.url), '/api/techniques'), catalog.attack)),
  );
  api.get('/tactics', (c) =>
    c.json({
      version: catalog.attack.version,
      derived: catalog.attack.derived,
      tactics: catalog.attack.tactics,
    }),
  );
  api.get('/events', (c) => c.json({ events: EVENTS }));
  api.get('/indicator', (c) => c.json(catalog.indicator(readIndicator(new URL(c.req.url)))));
  api.get('/coverage', (c) => c.json(catalog.understanding({ retired: true })));
  api.get('/problems', (c) => c.json({ problems: catalog.problems() }));
  return api;
}
