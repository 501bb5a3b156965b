import { type Query, type Stage, simplify } from '@rulescope/logic';
import { ALWAYS, takeSources } from '@rulescope/logic/elastic';
import { queryOf, type Reporter, report, ruleBudget, textBudget } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { KueryTree } from '../syntax/ast.ts';
import { lowerCondition } from './conditions.ts';
import type { Lowering } from './scope.ts';

/** What a parsed text in the Kibana Query Language looks for: one stage, which is its filter. */
export function lowerQuery({ condition, span, sound }: KueryTree, to: Reporter): Query {
  const lowering: Lowering = { text: to.text, to, budget: ruleBudget(textBudget()), whole: true };
  if (condition === null) report(to, CODES.matchAll, 'The query is empty: every event matches.', span);
  const asked = condition === null ? ALWAYS : simplify(lowerCondition(condition, { lowering, prefix: '' }));
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
  return queryOf({ language: 'kuery', sources, where, stages: [stage], diagnostics: to.diagnostics });
}
