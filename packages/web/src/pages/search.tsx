import type { RuleList } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { searchHref } from '../links.ts';
import { Pagination, RuleItems } from '../parts/lists.tsx';
import { plural } from '../words.ts';
import { Layout } from './layout.tsx';

/** The rules that hold a user's words. */
export function SearchPage(props: {
  readonly words: string;
  readonly list: RuleList;
  readonly page: number;
  readonly pages: number;
}): JSX.Element {
  const { words, list } = props;
  const title = words === '' ? 'Search' : `Search: ${words}`;
  return (
    <Layout title={title} words={words}>
      <h1>{title}</h1>
      {words === '' ? (
        <p>Type words of a title, a description, a value or the rule text into the box above.</p>
      ) : (
        <p>
          {list.total === 0 ? 'No rule holds all of these words.' : `${plural(list.total, 'rule')} found.`}
        </p>
      )}
      {list.rules.length > 0 && <RuleItems rules={list.rules} />}
      <Pagination
        label="Pages of results"
        page={props.page}
        pages={props.pages}
        href={(page) => searchHref(words, page)}
      />
    </Layout>
  );
}
