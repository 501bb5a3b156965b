import type { Catalog, Problem } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { listHref, ruleHref, withQuery } from '../links.ts';
import { Diagnostics, Pagination } from '../parts/lists.tsx';
import { formatNumber, plural, understoodWords, unreadWords } from '../words.ts';
import { Layout } from './layout.tsx';

/** The rules that are not understood in full, and the files that could not be read whole. */
export function ProblemsPage(props: {
  readonly notUnderstood: ReturnType<Catalog['notUnderstood']>;
  readonly total: number;
  readonly problems: readonly Problem[];
  readonly page: number;
  readonly pages: number;
}): JSX.Element {
  return (
    <Layout title="Problems" section="problems">
      <h1>What was not read or understood</h1>
      <p>
        The figures by source and language, and what most often stands in the way, are under{' '}
        <a href="/coverage">Coverage</a>.
      </p>
      {props.notUnderstood.total > 0 && (
        <section class="part">
          <h2>Rules that are not understood in full ({formatNumber(props.notUnderstood.total)})</h2>
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
            <span class="note">
              {rule.language === null ? unreadWords(rule.understood) : understoodWords(rule.understood)}
            </span>
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
