import type { LanguageId } from '../languages.ts';
import type { Expression, Query, Span, Stage } from '../model.ts';
import { type Budget, ruleBudget, textBudget } from '../parsing/budget.ts';
import { queryOf } from '../parsing/query.ts';
import type { Reporter } from '../parsing/reporter.ts';
import { simplify } from '../simplify.ts';
import { takeSources } from './sources.ts';

/** What is known while one text in kuery or Lucene's query syntax is lowered. */
export interface FilterLowering {
  readonly text: string;
  readonly to: Reporter;
  readonly budget: Budget;
  /** False once something was left out for want of budget. */
  whole: boolean;
}

export function filterLowering(to: Reporter): FilterLowering {
  return { text: to.text, to, budget: ruleBudget(textBudget()), whole: true };
}

/** The query of a text that is one filter and nothing else; `sound` where all of it could be read. */
export function filterQuery(
  language: LanguageId,
  asked: Expression,
  { span, sound }: { readonly span: Span; readonly sound: boolean },
  lowering: FilterLowering,
): Query {
  const { text, to } = lowering;
  const { where, sources } = takeSources(simplify(asked));
  const stage: Stage = {
    index: 0,
    name: 'search',
    kind: 'filter',
    text: text.slice(...span),
    spans: [span],
    understood: sound && lowering.whole ? 'full' : 'partial',
    where,
    queries: [],
  };
  return queryOf({ language, sources, where, stages: [stage], diagnostics: to.diagnostics });
}
