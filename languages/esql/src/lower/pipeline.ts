import {
  and,
  type Expression,
  type NestedQuery,
  type Source,
  type Stage,
  simplify,
  type Understood,
} from '@rulescope/logic';
import { queryOf, type Reporter, ruleBudget, textBudget } from '@rulescope/logic/parsing';
import { commandNamed } from '../data/commands.ts';
import type { EmbeddedLanguages } from '../embedded-languages.ts';
import type { Command, Pipeline } from '../syntax/ast.ts';
import { OTHER_LANGUAGE } from '../syntax/parser.ts';
import { lowerCommand } from './commands.ts';
import { lowerCondition } from './conditions.ts';
import { eventFields } from './fields.ts';
import { type Flow, startOf } from './flow.ts';
import type { Inner, Lowering, Place } from './scope.ts';

/** What a parsed ES|QL text looks for. */
export function lowerText(pipeline: Pipeline, to: Reporter, embedded: EmbeddedLanguages): NestedQuery {
  const lowering: Lowering = {
    text: to.text,
    to,
    budget: ruleBudget(textBudget()),
    embedded,
    condition: lowerCondition,
    pipeline: (query, fields, place, rows) =>
      lowerPipeline(query, startOf(fields, rows), lowering, place.nesting + 1),
    faults: 0,
    listed: new Set(),
  };
  const { query } = lowerPipeline(pipeline, startOf(eventFields()), lowering, 0);
  return { ...query, diagnostics: to.diagnostics };
}

function lowerPipeline({ commands }: Pipeline, flow: Flow, lowering: Lowering, nesting: number): Inner {
  const stages = commands.map((command, index) => lowerStage(command, index, flow, lowering, nesting));
  const query = queryOf({
    language: 'esql',
    sources: distinct(flow.sources),
    where: allOf(flow.filters),
    stages,
    diagnostics: [],
  });
  return { query, asked: allOf([...flow.channels, ...flow.filters]), end: flow };
}

function lowerStage(command: Command, index: number, flow: Flow, lowering: Lowering, nesting: number): Stage {
  const { name, span, sound } = command;
  const before = lowering.faults;
  const place: Place = { lowering, fields: flow.fields, nesting, queries: [] };
  const where = lowerCommand(command, flow, place);
  return {
    index,
    name,
    kind: commandNamed(name)?.kind ?? 'shape',
    text: lowering.text.slice(...span),
    spans: [span],
    understood: understood(command, sound && lowering.faults === before),
    where: where === null ? null : unlessAlways(simplify(where)),
    queries: place.queries,
  };
}

/** Of a query in another language nothing is understood. */
function understood({ kind, name }: Command, full: boolean): Understood {
  if (kind === 'plain' && name === OTHER_LANGUAGE) return 'none';
  return full ? 'full' : 'partial';
}

/** All of the filters that an event must pass; null where none leaves an event out. */
function allOf(filters: readonly Expression[]): Expression | null {
  return unlessAlways(simplify(and(filters)));
}

function unlessAlways(where: Expression): Expression | null {
  return 'and' in where && where.and.length === 0 ? null : where;
}

function distinct(sources: readonly Source[]): readonly Source[] {
  return [...new Map(sources.map((source) => [`${source.kind} ${source.value}`, source])).values()];
}
