import type { CatalogStats, RuleFilter, RuleList } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { listHref } from '../links.ts';
import { Pagination, RuleItems } from '../parts/lists.tsx';
import { formatNumber, plural } from '../words.ts';
import { Layout } from './layout.tsx';

/** What the filters offer, beside any value that is chosen already. */
const STATUSES = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'];
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'informational'];

/** What the catalog holds, and the list of its rules. */
export function HomePage(props: {
  readonly stats: CatalogStats;
  readonly builtAt: string;
  readonly filter: RuleFilter;
  readonly list: RuleList;
  readonly page: number;
  readonly pages: number;
}): JSX.Element {
  const { stats, filter, list } = props;
  const filtered = Object.keys(filter).length > 0;
  return (
    <Layout title="Rules" section="rules">
      <h1>Detection rules, and what they really look for</h1>
      <Figures stats={stats} builtAt={props.builtAt} />
      <h2>{filtered ? `${plural(list.total, 'rule')} of ${formatNumber(stats.rules)}` : 'All rules'}</h2>
      <Filters stats={stats} filter={filter} filtered={filtered} />
      {list.total === 0 ? (
        <p>{filtered ? 'No rule has all of these.' : 'This catalog holds no rules.'}</p>
      ) : (
        <RuleItems rules={list.rules} />
      )}
      <Pagination
        label="Pages of rules"
        page={props.page}
        pages={props.pages}
        href={(page) => listHref(filter, page)}
      />
    </Layout>
  );
}

function Figures({
  stats,
  builtAt,
}: {
  readonly stats: CatalogStats;
  readonly builtAt: string;
}): JSX.Element {
  return (
    <>
      <p>
        {plural(stats.rules, 'rule')} from {plural(stats.files, 'file')}, with{' '}
        {plural(stats.indicators, 'indicator')}.{' '}
        {stats.problems > 0 && (
          <>
            <a href="/problems">{plural(stats.problems, 'file')} with problems</a>.{' '}
          </>
        )}
        Built{' '}
        <time datetime={builtAt}>{builtAt.replace('T', ' ').replace(/(:\d\d)(\.\d+)?Z$/, '$1 UTC')}</time>.
      </p>
      <table class="figures">
        <caption>Rules by source, and how well they are understood</caption>
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">Rules</th>
            <th scope="col">In full</th>
            <th scope="col">In part</th>
            <th scope="col">Not</th>
          </tr>
        </thead>
        <tbody>
          {stats.sources.map((source) => (
            <tr>
              <th scope="row">
                {source.name}
                {source.platform !== source.name && <span class="note">{source.platform}</span>}
              </th>
              <Figure count={source.rules} filter={{ source: source.name }} />
              <Figure count={source.understood.full} filter={{ source: source.name, understood: 'full' }} />
              <Figure
                count={source.understood.partial}
                filter={{ source: source.name, understood: 'partial' }}
              />
              <Figure count={source.understood.none} filter={{ source: source.name, understood: 'none' }} />
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Figure({ count, filter }: { readonly count: number; readonly filter: RuleFilter }): JSX.Element {
  return <td>{count === 0 ? '0' : <a href={listHref(filter)}>{formatNumber(count)}</a>}</td>;
}

function Filters(props: {
  readonly stats: CatalogStats;
  readonly filter: RuleFilter;
  readonly filtered: boolean;
}): JSX.Element {
  const { stats, filter } = props;
  const platforms = [...new Set(stats.sources.map((source) => source.platform))].sort();
  const sources = stats.sources.map((source) => source.name);
  return (
    <form class="filters" action="/" method="get">
      <Choice name="platform" label="Platform" options={platforms} chosen={filter.platform} />
      <Choice name="source" label="Source" options={sources} chosen={filter.source} />
      <Choice name="status" label="Status" options={STATUSES} chosen={filter.status} />
      <Choice name="severity" label="Severity" options={SEVERITIES} chosen={filter.severity} />
      <Choice
        name="understood"
        label="Understood"
        options={['full', 'partial', 'none']}
        chosen={filter.understood}
      />
      <button type="submit">Filter</button>
      {props.filtered && <a href="/">Clear</a>}
    </form>
  );
}

function Choice(props: {
  readonly name: string;
  readonly label: string;
  readonly options: readonly string[];
  readonly chosen: string | undefined;
}): JSX.Element {
  const { name, label, options, chosen } = props;
  const all = chosen === undefined || options.includes(chosen) ? options : [...options, chosen];
  return (
    <label>
      {label}
      <select name={name}>
        <option value="">any</option>
        {all.map((option) => (
          <option value={option} selected={option === chosen}>
            {option}
          </option>
        ))}
      </select>
    </label>
  );
}
