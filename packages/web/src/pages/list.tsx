import type { CatalogStats, Facet, RuleList } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { type ListQuery, queryHref } from '../links.ts';
import { Chips, chosenLabels, Facets, without } from '../parts/facets.tsx';
import { Pagination, RuleItems } from '../parts/lists.tsx';
import { LONGEST_RULE } from '../request.ts';
import { formatNumber, formatTime, plural } from '../words.ts';
import { Layout } from './layout.tsx';

interface ListPageProps {
  readonly stats: CatalogStats;
  readonly builtAt: string;
  readonly query: ListQuery;
  readonly facets: readonly Facet[];
  readonly list: RuleList;
  readonly page: number;
  readonly pages: number;
}

/** What the catalog holds, and the list of its rules with what it can be narrowed by. */
export function HomePage(props: ListPageProps): JSX.Element {
  const { stats } = props;
  return (
    <Layout title="Rules" section="rules">
      <h1>Detection rules, and what they really look for</h1>
      <p class="figures">
        {plural(stats.rules, 'rule')} from {plural(stats.files, 'file')}, with{' '}
        {plural(stats.indicators, 'indicator')}
        {stats.problems > 0 && (
          <>
            {' · '}
            <a href="/problems">{plural(stats.problems, 'file')} with problems</a>
          </>
        )}
        {' · '}built <time datetime={props.builtAt}>{formatTime(props.builtAt)}</time>
      </p>
      {props.page === 1 && !isFiltered(props.query) && <PasteForm />}
      <RuleBrowser {...props} />
    </Layout>
  );
}

/** The way to the comparison for who has a rule at hand. */
function PasteForm(): JSX.Element {
  return (
    <form class="compare" action="/overlap" method="post">
      <label for="paste">Paste a rule or a query, and see which of these look for the same</label>
      <textarea id="paste" name="query" rows={3} maxlength={LONGEST_RULE} required spellcheck={false} />
      <div>
        <button type="submit">Compare</button>
        <span class="note">
          Sigma, Splunk, Elastic or Kusto; <a href="/overlap">with its language</a> where the text does not
          tell
        </span>
      </div>
    </form>
  );
}

/** The rules that hold a user's words. */
export function SearchPage(props: ListPageProps): JSX.Element {
  const { words } = props.query;
  const title = words === '' ? 'Search' : `Search: ${words}`;
  return (
    <Layout title={title} words={words} section="rules">
      <h1>{title}</h1>
      {words === '' ? (
        <p>Type words of a title, a description, a value or the rule text into the box above.</p>
      ) : (
        <RuleBrowser {...props} />
      )}
    </Layout>
  );
}

function RuleBrowser(props: ListPageProps): JSX.Element {
  const { query, facets, list, stats } = props;
  return (
    <div class={facets.length > 0 ? 'railed' : undefined}>
      {facets.length > 0 && <Facets query={query} facets={facets} />}
      <section>
        <div class="list-head">
          <h2>{headingOf(props)}</h2>
          <RetiredSwitch query={query} retired={stats.retired} />
        </div>
        <SearchWithin query={query} />
        <Chips query={query} labels={chosenLabels(query, facets)} />
        {list.total === 0 ? <p>{emptyWords(query)}</p> : <RuleItems rules={list.rules} />}
        <Pagination
          label="Pages of rules"
          page={props.page}
          pages={props.pages}
          href={(page) => queryHref(query, page)}
        />
      </section>
    </div>
  );
}

function headingOf({ query, list }: ListPageProps): string {
  if (query.words !== '') return `${plural(list.total, 'rule')} found`;
  return isFiltered(query) ? plural(list.total, 'rule') : `All ${formatNumber(list.total)} rules`;
}

function emptyWords(query: ListQuery): string {
  if (query.words !== '') return 'No rule holds all of these words.';
  return isFiltered(query) ? 'No rule has all of these.' : 'This catalog holds no rules.';
}

function isFiltered({ words, filter }: ListQuery): boolean {
  const { retired: _, ...facets } = filter;
  return words !== '' || Object.keys(facets).length > 0;
}

/** Brings the deprecated and unsupported rules in, or leaves them out again. */
function RetiredSwitch(props: { readonly query: ListQuery; readonly retired: number }): JSX.Element | null {
  const { query, retired } = props;
  if (query.filter.retired === true) {
    return <a href={queryHref(without(query, 'retired'))}>Leave retired rules out</a>;
  }
  if (retired === 0) return null;
  return (
    <a href={queryHref({ ...query, filter: { ...query.filter, retired: true } })}>
      Show {formatNumber(retired)} deprecated and unsupported rules too
    </a>
  );
}

/** A search among the rules of this list: it keeps the filters. */
function SearchWithin({ query }: { readonly query: ListQuery }): JSX.Element | null {
  if (!isFiltered(query)) return null;
  return (
    <form class="within" action="/search" method="get">
      <label for="within">Search in this list</label>
      <input id="within" name="q" type="search" value={query.words} />
      {Object.entries(query.filter).map(([name, value]) => (
        <input type="hidden" name={name} value={String(value)} />
      ))}
      <button type="submit">Search</button>
    </form>
  );
}
