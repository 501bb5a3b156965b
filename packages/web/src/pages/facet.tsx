import type { Facet } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { facetHref, type ListQuery, queryHref } from '../links.ts';
import { Chips, FacetLink } from '../parts/facets.tsx';
import { Pagination } from '../parts/lists.tsx';
import { Crumbs } from '../parts/page.tsx';
import { facetWords, formatNumber } from '../words.ts';
import { Layout } from './layout.tsx';

/** All values of a facet of a list, each a link to the list with it. */
export function FacetPage(props: {
  readonly query: ListQuery;
  readonly facet: Facet;
  readonly page: number;
  readonly pages: number;
}): JSX.Element {
  const { query, facet } = props;
  const many = facetWords(facet.name, 'many');
  return (
    <Layout title={many} section="rules">
      <Crumbs crumbs={[{ href: queryHref(query), text: 'Rules' }]} />
      <h1>
        {many} <span class="note">{formatNumber(facet.total)}</span>
      </h1>
      <Chips query={query} labels={new Map()} />
      {facet.total === 0 ? (
        <p>No rule of the list has one.</p>
      ) : (
        <ul class="counts wide">
          {facet.values.map((value) => (
            <FacetLink name={facet.name} value={value} query={query} />
          ))}
        </ul>
      )}
      <Pagination
        label={`Pages of ${many.toLowerCase()}`}
        page={props.page}
        pages={props.pages}
        href={(page) => facetHref(facet.name, query, page)}
      />
    </Layout>
  );
}
