import type { Query } from '@rulescope/logic';
import { filterLowering, filterQuery } from '@rulescope/logic/elastic';
import type { Reporter } from '@rulescope/logic/parsing';
import type { LuceneTree } from '../syntax/ast.ts';
import { lowerClauses } from './clauses.ts';

/** What a parsed text in Lucene's query syntax looks for: one stage, which is its filter. An empty text finds nothing. */
export function lowerQuery(tree: LuceneTree, to: Reporter): Query {
  const { clauses, span } = tree;
  const lowering = filterLowering(to);
  const asked = clauses.length === 0 ? { or: [] } : lowerClauses(clauses, { field: null, span }, lowering);
  return filterQuery('lucene', asked, tree, lowering);
}
