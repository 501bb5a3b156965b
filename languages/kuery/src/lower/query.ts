import type { Query } from '@rulescope/logic';
import { ALWAYS, filterLowering, filterQuery } from '@rulescope/logic/elastic';
import { type Reporter, report } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { KueryTree } from '../syntax/ast.ts';
import { lowerCondition } from './conditions.ts';

/** What a parsed text in the Kibana Query Language looks for: one stage, which is its filter. */
export function lowerQuery(tree: KueryTree, to: Reporter): Query {
  const { condition, span } = tree;
  const lowering = filterLowering(to);
  if (condition === null) report(to, CODES.matchAll, 'The query is empty: every event matches.', span);
  const asked = condition === null ? ALWAYS : lowerCondition(condition, { lowering, prefix: '' });
  return filterQuery('kuery', asked, tree, lowering);
}
