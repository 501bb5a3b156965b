import type { Problem } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { withQuery } from '../links.ts';
import { Diagnostics, Pagination } from '../parts/lists.tsx';
import { plural } from '../words.ts';
import { Layout } from './layout.tsx';

/** The files that could not be read, or not whole, and why. */
export function ProblemsPage(props: {
  readonly total: number;
  readonly problems: readonly Problem[];
  readonly page: number;
  readonly pages: number;
}): JSX.Element {
  return (
    <Layout title="Problems" section="problems">
      <h1>Files that could not be read whole</h1>
      <p>
        {props.total === 0
          ? 'Every file of this catalog was read.'
          : `${plural(props.total, 'file')}. The rest of the catalog is not affected.`}
      </p>
      {props.problems.map((problem) => (
        <section class="problem">
          <h2>
            <code>{problem.path}</code> <span class="note">{problem.source}</span>
          </h2>
          <Diagnostics diagnostics={problem.diagnostics} />
        </section>
      ))}
      <Pagination
        label="Pages of problems"
        page={props.page}
        pages={props.pages}
        href={(page) => withQuery('/problems', {}, page)}
      />
    </Layout>
  );
}
