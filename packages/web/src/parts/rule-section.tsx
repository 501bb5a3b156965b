import type { RuleFilter, RuleList } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { listHref } from '../links.ts';
import { plural } from '../words.ts';
import { Pagination, RuleItems } from './lists.tsx';

/** The page of a list that a page shows, and how many there are. */
export interface Paged {
  readonly list: RuleList;
  readonly page: number;
  readonly pages: number;
}

/** The rules of a filter on a page about something else, with the way to the list where they can be filtered. */
export function RuleSection(props: {
  readonly paged: Paged;
  readonly filter: RuleFilter;
  readonly href: (page: number) => string;
  readonly empty: string;
}): JSX.Element {
  const { list, page, pages } = props.paged;
  if (list.total === 0) return <p>{props.empty}</p>;
  return (
    <>
      <p>
        <a href={listHref(props.filter)}>{plural(list.total, 'rule')} as a list with filters</a>
      </p>
      <RuleItems rules={list.rules} />
      <Pagination label="Pages of rules" page={page} pages={pages} href={props.href} />
    </>
  );
}
