import type { Catalog, Facet, FacetName, RuleList } from '@rulescope/catalog';
import type { Hono } from 'hono';
import { type ListQuery, queryHref } from '../links.ts';
import { FacetPage } from '../pages/facet.tsx';
import { HomePage, SearchPage } from '../pages/list.tsx';
import { once } from '../remember.ts';
import { pageOf, readFacet, readFilter, readPage, readQuery } from '../request.ts';
import { cut, pagesOf, show } from '../respond.tsx';

/** What the list offers to be narrowed by, in this order. */
const SHOWN: readonly FacetName[] = [
  'platform',
  'source',
  'language',
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
  const allFacets = once(() => catalog.facets({}, SHOWN, VALUES_SHOWN));
  app.get('/', (c) => {
    const url = new URL(c.req.url);
    const page = readPage(url);
    const asked = readQuery(url);
    if (asked.words !== '') return c.redirect(queryHref(asked, page), 302);
    const query: ListQuery = { words: '', filter: readFilter(url) };
    const whole = Object.keys(query.filter).length === 0;
    const facets = whole ? allFacets() : catalog.facets(query.filter, SHOWN, VALUES_SHOWN);
    const list = catalog.rules(query.filter, pageOf(page));
    return show(c, <HomePage {...about(catalog)} query={query} facets={facets} {...pagedList(list, page)} />);
  });
  app.get('/search', (c) => {
    const url = new URL(c.req.url);
    const page = readPage(url);
    const query = readQuery(url);
    const list = query.words === '' ? NO_RULES : catalog.search(query.words, pageOf(page), query.filter);
    return show(c, <SearchPage {...about(catalog)} query={query} facets={[]} {...pagedList(list, page)} />);
  });
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

/** What the head of a list says of the whole catalog. */
function about(catalog: Catalog) {
  return { stats: catalog.stats(), builtAt: catalog.builtAt };
}

function pagedList(list: RuleList, page: number) {
  return { list, page, pages: pagesOf(list.total, page) };
}
