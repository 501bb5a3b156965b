import type { Catalog, Facet, FacetName, RuleList } from '@rulescope/catalog';
import type { Context, Hono } from 'hono';
import type { ListQuery } from '../links.ts';
import { FacetPage } from '../pages/facet.tsx';
import { HomePage, SearchPage } from '../pages/list.tsx';
import { pageOf, readFacet, readPage, readQuery } from '../request.ts';
import { cut, pagesOf, show } from '../respond.tsx';

/** What the list offers to be narrowed by, in this order. */
const SHOWN: readonly FacetName[] = [
  'platform',
  'source',
  'severity',
  'status',
  'tactic',
  'technique',
  'event',
  'product',
  'logsource',
  'field',
  'author',
  'kind',
  'understood',
];
/** Values of a facet beside the list; the rest is on the facet's own page. */
const VALUES_SHOWN = 8;
/** Values on one page of a facet. */
const FACET_PAGE_SIZE = 500;

const NO_RULES: RuleList = { total: 0, rules: [] };

/** Lists of rules, and what they can be narrowed by. */
export function addListPages(app: Hono, catalog: Catalog): void {
  app.get('/', (c) => {
    const { filter } = readQuery(new URL(c.req.url));
    return show(c, <HomePage {...listOf(c, catalog, { words: '', filter })} />);
  });
  app.get('/search', (c) => show(c, <SearchPage {...listOf(c, catalog, readQuery(new URL(c.req.url)))} />));
  app.get('/facets/:name', (c) => {
    const url = new URL(c.req.url);
    const name = readFacet(c.req.param('name'));
    const page = readPage(url);
    const [facet] = catalog.facets(readQuery(url).filter, [name], page * FACET_PAGE_SIZE);
    const whole: Facet = facet ?? { name, values: [], total: 0 };
    return show(
      c,
      <FacetPage
        query={readQuery(url)}
        facet={{ ...whole, values: cut(whole.values, page, FACET_PAGE_SIZE) }}
        page={page}
        pages={pagesOf(whole.total, page, FACET_PAGE_SIZE)}
      />,
    );
  });
}

function listOf(c: Context, catalog: Catalog, query: ListQuery) {
  const page = readPage(new URL(c.req.url));
  const { words, filter } = query;
  const list =
    words === '' ? catalog.rules(filter, pageOf(page)) : catalog.search(words, pageOf(page), filter);
  const isList = words === '' && c.req.path === '/';
  return {
    stats: catalog.stats(),
    builtAt: catalog.builtAt,
    query,
    facets: isList ? catalog.facets(filter, SHOWN, VALUES_SHOWN) : [],
    list: isList || words !== '' ? list : NO_RULES,
    page,
    pages: pagesOf(list.total, page),
  };
}
