import { and, type NestedQuery, type Stage, type StageKind } from '@rulescope/logic';
import { unknownAt } from '@rulescope/logic/elastic';
import type { Sequence, Step, StepOption } from '../syntax/ast.ts';
import { nestedEvent, stageOf } from './events.ts';
import type { Scope } from './scope.ts';

/**
 * A sequence, sample or join as a stage with its steps as nested queries, and `until` as a stage behind it. Join keys
 * and the time span of the whole stand in the stage's text; those of a step are stages of its query.
 */
export function sequenceStages(sequence: Sequence, scope: Scope): readonly Stage[] {
  const { kind, steps, rest, until, span } = sequence;
  const { lowering } = scope;
  const before = lowering.faults;
  const queries = steps.map((step) => stepQuery(step, scope, step.missing));
  const broken = rest.map((part) => unknownAt(scope, part.span));
  const where = broken.length === 0 ? null : and(broken);
  const sound = sequence.sound && lowering.faults === before;
  const main = stageOf(lowering, 0, { name: kind, kind: 'sequence', where, queries, span, sound });
  return until === null ? [main] : [main, untilStage(until, scope)];
}

/** The event that ends the waiting is not looked for: it is excluded. */
function untilStage(until: Step, scope: Scope): Stage {
  const { lowering } = scope;
  const before = lowering.faults;
  const queries = [stepQuery(until, scope, true)];
  const sound = until.sound && lowering.faults === before;
  return stageOf(lowering, 1, { name: 'until', kind: 'sequence', queries, span: until.span, sound });
}

const OPTION_KINDS: Readonly<Record<StepOption['name'], StageKind>> = {
  by: 'join',
  runs: 'sequence',
  as: 'declare',
  fork: 'sequence',
};

function stepQuery(step: Step, scope: Scope, negated: boolean): NestedQuery {
  const further = step.options.map(({ name, span }, i) =>
    stageOf(scope.lowering, i + 1, { name, kind: OPTION_KINDS[name], span, sound: step.sound }),
  );
  const query = nestedEvent(step.query, scope, further);
  return negated ? { ...query, negated: true } : query;
}
