import { type NestedQuery, type Query, type Source, type Span, type Stage, simplify } from '@rulescope/logic';
import { takeSources } from '@rulescope/logic/elastic';
import { queryOf } from '@rulescope/logic/parsing';
import type { EventQuery } from '../syntax/ast.ts';
import type { Lowering, Scope } from './scope.ts';

/** The parts of a stage that are not always the same. */
export type StageParts = Pick<Stage, 'name' | 'kind'> &
  Partial<Pick<Stage, 'where' | 'queries'>> & { readonly span: Span; readonly sound: boolean };

export function stageOf({ text }: Lowering, index: number, parts: StageParts): Stage {
  const { name, kind, where = null, queries = [], span, sound } = parts;
  return {
    index,
    name,
    kind,
    text: text.slice(...span),
    spans: [span],
    understood: sound ? 'full' : 'partial',
    where,
    queries,
  };
}

/** The stage of an event query, and where its events are kept. */
export interface LoweredEvent {
  readonly stage: Stage;
  readonly sources: readonly Source[];
}

/** `category where condition` as one stage. */
export function lowerEvent(event: EventQuery, scope: Scope): LoweredEvent {
  const { lowering } = scope;
  const before = lowering.faults;
  const queries: NestedQuery[] = [];
  const condition = simplify(lowering.condition(event.condition, { ...scope, queries }));
  const { where, sources } = takeSources(condition);
  const sound = event.sound && lowering.faults === before;
  const parts = { name: 'where', kind: 'filter', where, queries, span: event.span, sound } as const;
  return { stage: stageOf(lowering, 0, parts), sources: [...categoryOf(event), ...sources] };
}

/** The event category is where events are kept; `any` names none. */
function categoryOf({ category }: EventQuery): readonly Source[] {
  return category === null ? [] : [{ kind: 'category', value: category }];
}

/** An event query inside another query, with what else belongs to it as further stages. */
export function nestedEvent(event: EventQuery, around: Scope, further: readonly Stage[] = []): Query {
  const scope: Scope = { ...around, nesting: around.nesting + 1, negated: false };
  const { stage, sources } = lowerEvent(event, scope);
  return queryOf({
    language: 'eql',
    sources,
    where: stage.where,
    stages: [stage, ...further],
    diagnostics: [],
  });
}
