import type { Catalog, CatalogStats, Problem, RuleFilter } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { helpHref, listHref, ruleHref, withQuery } from '../links.ts';
import { Diagnostics, Pagination } from '../parts/lists.tsx';
import { formatNumber, plural, understoodWords } from '../words.ts';
import { Layout } from './layout.tsx';

/** How well the rules are understood, the diagnostics they got, and the files that could not be read whole. */
export function ProblemsPage(props: {
  readonly stats: CatalogStats;
  readonly notUnderstood: ReturnType<Catalog['notUnderstood']>;
  readonly total: number;
  readonly problems: readonly Problem[];
  readonly page: number;
  readonly pages: number;
}): JSX.Element {
  const { stats } = props;
  return (
    <Layout title="Problems" section="problems">
      <h1>What was not read or understood</h1>
      <section class="part">
        <h2>Rules by source</h2>
        <Figures stats={stats} />
        <p class="quiet">Deprecated and unsupported rules are among them.</p>
      </section>
      {stats.diagnostics.length > 0 && (
        <section class="part">
          <h2>Diagnostics</h2>
          <ul class="counts">
            {stats.diagnostics.map(({ code, count }) => (
              <li>
                <a href={helpHref(code)}>{code}</a> <span class="number">{formatNumber(count)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {props.notUnderstood.total > 0 && (
        <section class="part">
          <h2>Rules that are not understood in full</h2>
          <NotUnderstoodRules {...props.notUnderstood} />
        </section>
      )}
      <section class="part">
        <h2>Files that could not be read whole</h2>
        <p>
          {props.total === 0
            ? 'Every file of this catalog was read.'
            : `${plural(props.total, 'file')}. The rest of the catalog is not affected.`}
        </p>
        {props.problems.map((problem) => (
          <section class="problem">
            <h3>
              <code>{problem.path}</code> <span class="note">{problem.source}</span>
            </h3>
            <Diagnostics diagnostics={problem.diagnostics} />
          </section>
        ))}
        <Pagination
          label="Pages of problems"
          page={props.page}
          pages={props.pages}
          href={(page) => withQuery('/problems', {}, page)}
        />
      </section>
    </Layout>
  );
}

/** The first of them, each with the reason. */
function NotUnderstoodRules({ total, rules }: ReturnType<Catalog['notUnderstood']>): JSX.Element {
  return (
    <>
      {rules.map((rule) => (
        <section class="problem">
          <h3>
            <a href={ruleHref(rule.id)}>{rule.title === '' ? rule.id : rule.title}</a>{' '}
            <span class="note">{understoodWords(rule.understood)}</span>
          </h3>
          {rule.diagnostic !== null && <Diagnostics diagnostics={[rule.diagnostic]} />}
        </section>
      ))}
      {total > rules.length && (
        <p>
          <a href={listHref({ understood: 'partial', retired: true })}>All that are understood in part</a>,{' '}
          <a href={listHref({ understood: 'none', retired: true })}>all that are not</a>
        </p>
      )}
    </>
  );
}

function Figures({ stats }: { readonly stats: CatalogStats }): JSX.Element {
  return (
    <table class="figure-table">
      <caption class="hidden">Rules by source, and how well they are understood</caption>
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
        {stats.sources.map(({ name, platform, rules, understood }) => (
          <tr>
            <th scope="row">
              {name}
              {platform !== name && <span class="note">{platform}</span>}
            </th>
            <Figure count={rules} filter={{ source: name }} />
            <Figure count={understood.full} filter={{ source: name, understood: 'full' }} />
            <Figure count={understood.partial} filter={{ source: name, understood: 'partial' }} />
            <Figure count={understood.none} filter={{ source: name, understood: 'none' }} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Figure({ count, filter }: { readonly count: number; readonly filter: RuleFilter }): JSX.Element {
  return (
    <td>{count === 0 ? '0' : <a href={listHref({ ...filter, retired: true })}>{formatNumber(count)}</a>}</td>
  );
}
