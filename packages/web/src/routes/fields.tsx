import type { Catalog } from '@rulescope/catalog';
import { carriersOf } from '@rulescope/knowledge';
import type { Hono } from 'hono';
import { fieldHref } from '../links.ts';
import { FieldPage, FieldsPage } from '../pages/fields.tsx';
import { pageOf, readName, readPage } from '../request.ts';
import { cut, notFound, pagesOf, show } from '../respond.tsx';
import { facetOf, pagedRules } from './attack.tsx';

/** Fields on one page of their index. */
const FIELD_PAGE_SIZE = 500;

/** Fields, and what rules look for in them. */
export function addFieldPages(app: Hono, catalog: Catalog): void {
  app.get('/fields', (c) => {
    const page = readPage(new URL(c.req.url));
    const fields = facetOf(catalog, {}, 'field', page * FIELD_PAGE_SIZE);
    const pages = pagesOf(fields.total, page, FIELD_PAGE_SIZE);
    const values = cut(fields.values, page, FIELD_PAGE_SIZE);
    return show(c, <FieldsPage fields={{ ...fields, values }} page={page} pages={pages} />);
  });
  app.get('/fields/*', (c) => {
    const url = new URL(c.req.url);
    const field = readName(url, '/fields');
    const inForce = pagedRules(c, catalog, { field });
    // A field that only deprecated and unsupported rules test still has a page.
    const retired = inForce.list.total === 0;
    const filter = retired ? { field, retired } : { field };
    const paged = retired ? pagedRules(c, catalog, filter) : inForce;
    const carriers = carriersOf(field);
    const valuesPage = readPage(url, 'values');
    const values = catalog.fieldIndicators(field, pageOf(valuesPage));
    const isCounted = paged.list.total > 0 || values.total > 0;
    const [canonical] = isCounted ? [] : catalog.fieldsCalled(field);
    if (canonical !== undefined && canonical !== field) return c.redirect(fieldHref(canonical), 302);
    if (!isCounted && carriers.length === 0) {
      // A name that rules only compare other fields with is looked for in their texts.
      const isWritten = catalog.search(field, { limit: 1, offset: 0 }, { retired: true }).total > 0;
      if (isWritten) return c.redirect(`/search?q=${encodeURIComponent(field)}`, 302);
      throw notFound('No rule tests such a field, and no event that we know carries it.');
    }
    return show(
      c,
      <FieldPage
        field={field}
        filter={filter}
        values={values}
        valuesPage={valuesPage}
        valuesPages={pagesOf(values.total, valuesPage)}
        carriers={carriers}
        paged={paged}
      />,
    );
  });
}
