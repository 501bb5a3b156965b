import { FACETS, type Facet, type FacetName, type FacetValue } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { facetHref, type ListQuery, queryHref } from '../links.ts';
import { facetWords, formatNumber } from '../words.ts';

/** Values with an order of their own; those of other facets come by how many rules have them. */
const ORDERS: Partial<Readonly<Record<FacetName, readonly string[]>>> = {
  severity: ['critical', 'high', 'medium', 'low', 'informational'],
  status: ['stable', 'test', 'experimental', 'deprecated', 'unsupported'],
  understood: ['full', 'partial', 'none'],
};

/**
 * What a list can be narrowed by: each value is a link that says how many rules are left. Folded away on a
 * phone, always open beside the list where there is room.
 */
export function Facets(props: { readonly query: ListQuery; readonly facets: readonly Facet[] }): JSX.Element {
  const { query } = props;
  return (
    <details class="fold facets">
      <summary>Filters</summary>
      <nav aria-label="Filters">
        {props.facets
          .filter(({ total }) => total > 0)
          .map((facet) => (
            <FacetBox facet={facet} query={query} />
          ))}
      </nav>
    </details>
  );
}

function FacetBox(props: { readonly facet: Facet; readonly query: ListQuery }): JSX.Element {
  const { facet, query } = props;
  const { name, values, total } = facet;
  const title = `facet-${name}`;
  return (
    <section class="facet">
      <h2 id={title}>{facetWords(name)}</h2>
      <ul aria-labelledby={title}>
        {ordered(name, values).map((value) => (
          <FacetLink name={name} value={value} query={query} />
        ))}
      </ul>
      {total > values.length && (
        <p>
          <a href={facetHref(name, query)}>
            All {formatNumber(total)} {facetWords(name, 'many').toLowerCase()}
          </a>
        </p>
      )}
    </section>
  );
}

/** A value and how many rules have it; the one that is chosen leads back. */
export function FacetLink(props: {
  readonly name: FacetName;
  readonly value: FacetValue;
  readonly query: ListQuery;
}): JSX.Element {
  const { name, value, query } = props;
  const chosen = isChosen(query.filter[name], value.value);
  const label = value.label === '' ? value.value : value.label;
  return (
    <li>
      {chosen ? (
        <a href={queryHref(without(query, name))} aria-current="true">
          <span class="label">{label}</span> <span class="hidden">(remove this filter)</span>
          <span class="number">{formatNumber(value.rules)}</span>
        </a>
      ) : (
        <a href={queryHref({ ...query, filter: { ...query.filter, [name]: value.value } })}>
          <span class="label">{label}</span> <span class="number">{formatNumber(value.rules)}</span>
        </a>
      )}
    </li>
  );
}

/** The filters that a list has, each with a link that takes it away. */
export function Chips(props: {
  readonly query: ListQuery;
  readonly labels: ReadonlyMap<FacetName, string>;
}): JSX.Element | null {
  const { query, labels } = props;
  const chosen = FACETS.filter((name) => query.filter[name] !== undefined);
  if (chosen.length === 0 && query.words === '' && query.filter.retired !== true) return null;
  const chip = (name: string, value: string, rest: ListQuery): JSX.Element => (
    <li>
      <a href={queryHref(rest)}>
        <span class="hidden">Remove the filter </span>
        <span class="name">{name}</span> {value}
      </a>
    </li>
  );
  return (
    <ul class="chips" aria-label="Filters of this list">
      {query.words !== '' && chip('words', query.words, { ...query, words: '' })}
      {chosen.map((name) =>
        chip(
          facetWords(name).toLowerCase(),
          labels.get(name) ?? query.filter[name] ?? '',
          without(query, name),
        ),
      )}
      {query.filter.retired === true && chip('with', 'retired rules', without(query, 'retired'))}
      {chosen.length + Number(query.words !== '') + Number(query.filter.retired === true) > 1 && (
        <li class="clear">
          <a href="/">Clear all</a>
        </li>
      )}
    </ul>
  );
}

/** The names of the chosen values, as the facets that hold them show them. */
export function chosenLabels(query: ListQuery, facets: readonly Facet[]): ReadonlyMap<FacetName, string> {
  return new Map(
    facets.flatMap(({ name, values }) => {
      const found = values.find(({ value }) => isChosen(query.filter[name], value));
      return found === undefined || found.label === '' ? [] : [[name, found.label] as const];
    }),
  );
}

/** A list without one of its filters. */
export function without(query: ListQuery, name: FacetName | 'retired'): ListQuery {
  const { [name]: _, ...filter } = query.filter;
  return { ...query, filter };
}

function isChosen(chosen: string | undefined, value: string): boolean {
  return chosen !== undefined && chosen.toLowerCase() === value.toLowerCase();
}

function ordered(name: FacetName, values: readonly FacetValue[]): readonly FacetValue[] {
  const order = ORDERS[name];
  if (order === undefined) return values;
  const place = ({ value }: FacetValue): number => {
    const found = order.indexOf(value.toLowerCase());
    return found === -1 ? order.length : found;
  };
  return values.toSorted((a, b) => place(a) - place(b));
}
