import { type Query, type Stage, simplify } from '@rulescope/logic';
import { takeSources } from '@rulescope/logic/elastic';
import { queryOf, type Reporter, ruleBudget, textBudget } from '@rulescope/logic/parsing';
import type { LuceneTree } from '../syntax/ast.ts';
import { lowerClauses } from './clauses.ts';
import type { Lowering } from './scope.ts';

/** What a parsed text in Lucene's query syntax looks for: one stage, which is its filter. An empty text finds nothing. */
export function lowerText({ clauses, span, sound }: LuceneTree, to: Reporter): Query {
  const lowering: Lowering = { text: to.text, to, budget: ruleBudget(textBudget()), whole: true };
  const asked =
    clauses.length === 0 ? { or: [] } : simplify(lowerClauses(clauses, { field: null, span }, lowering));
  const { where, sources } = takeSources(asked);
  const stage: Stage = {
    index: 0,
    name: 'search',
    kind: 'filter',
    text: to.text.slice(...span),
    spans: [span],
    understood: sound && lowering.whole ? 'full' : 'partial',
    where,
    queries: [],
  };
  return queryOf({ language: 'lucene', sources, where, stages: [stage], diagnostics: to.diagnostics });
}
