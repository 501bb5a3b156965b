import { and, type Expression, type Query, type Source, type Stage, simplify } from '@rulescope/logic';
import { unknownAt } from '@rulescope/logic/elastic';
import { queryOf, type Reporter, ruleBudget, textBudget } from '@rulescope/logic/parsing';
import type { EqlQuery } from '../syntax/ast.ts';
import { lowerCondition } from './conditions.ts';
import { lowerEvent, stageOf } from './events.ts';
import { pipeStages } from './pipes.ts';
import type { Lowering, Scope } from './scope.ts';
import { sequenceStages } from './sequences.ts';

/** What a parsed EQL text looks for. */
export function lowerQuery(query: EqlQuery, to: Reporter): Query {
  const lowering: Lowering = {
    text: to.text,
    to,
    budget: ruleBudget(textBudget()),
    condition: lowerCondition,
    faults: 0,
  };
  const scope: Scope = { lowering, nesting: 0, negated: false, variables: new Map(), queries: [] };
  const { main } = query;
  const { first, sources } = lowerMain(main, scope);
  const piped = pipeStages(query.pipes, first.length, scope);
  const stages = [...first, ...piped.stages];
  for (const { span } of query.rest) {
    const where = unknownAt(scope, span);
    stages.push(
      stageOf(lowering, stages.length, { name: 'unknown', kind: 'filter', where, span, sound: false }),
    );
  }
  return queryOf({
    language: 'eql',
    sources,
    where: main.kind === 'event' ? whereOf(first, piped.filters) : null,
    stages,
    diagnostics: to.diagnostics,
  });
}

interface LoweredMain {
  readonly first: readonly Stage[];
  readonly sources: readonly Source[];
}

/** The part before the pipes. A sequence keeps its events where its steps say. */
function lowerMain(main: EqlQuery['main'], scope: Scope): LoweredMain {
  if (main.kind !== 'event') return { first: sequenceStages(main, scope), sources: [] };
  const { stage, sources } = lowerEvent(main, scope);
  return { first: [stage], sources };
}

function whereOf([stage]: readonly Stage[], filters: readonly Expression[]): Expression | null {
  const own = stage?.where ?? null;
  if (own === null || filters.length === 0) return own;
  return simplify(and([own, ...filters]));
}
