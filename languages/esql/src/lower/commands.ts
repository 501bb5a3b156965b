import { type Expression, type Source as QuerySource, simplify } from '@rulescope/logic';
import { fault, note, unknownAt } from '@rulescope/logic/elastic';
import { stepArgument, stepName } from '@rulescope/logic/parsing';
import { commandNamed } from '../data/commands.ts';
import { CODES } from '../diagnostic-codes.ts';
import type {
  Assign,
  Columns,
  Command,
  Completion,
  Enrich,
  Extract,
  Fork,
  Join,
  Limit,
  Parts,
  Plain,
  Rename,
  Source,
  Where,
} from '../syntax/ast.ts';
import { lowerStats } from './aggregates.ts';
import { addAlternatives, branchValue, mergeColumns } from './branches.ts';
import { keepConditions } from './counted.ts';
import { columnsOf } from './extraction.ts';
import {
  eventFields,
  inside,
  type Operand,
  onlyNames,
  resolve,
  setComputed,
  setName,
  throughStep,
} from './fields.ts';
import { addFilter, type Flow } from './flow.ts';
import { type Branch, type Place, textAt } from './scope.ts';
import { operandOf } from './values.ts';

/** Follows what a command does to the flow of rows and columns; gives its own filter. */
export function lowerCommand(command: Command, flow: Flow, place: Place): Expression | null {
  switch (command.kind) {
    case 'source':
      return lowerSource(command, flow, place);
    case 'where':
      return lowerWhere(command, flow, place);
    case 'assign':
      return lowerAssign(command, flow, place);
    case 'stats':
      lowerStats(command, flow, place);
      return null;
    case 'columns':
      return lowerColumns(command, flow);
    case 'rename':
      return lowerRename(command, flow);
    case 'sort':
      for (const { expr } of command.keys) operandOf(expr, place);
      return null;
    case 'limit':
      return lowerLimit(command, flow, place);
    case 'extract':
      return lowerExtract(command, flow, place);
    case 'enrich':
      return lowerEnrich(command, flow, place);
    case 'join':
      return lowerJoin(command, place);
    case 'fork':
      return lowerFork(command, flow, place);
    case 'completion':
      return lowerCompletion(command, flow, place);
    case 'parts':
      return lowerParts(command, flow, place);
    case 'set':
      return null;
    case 'plain':
      return lowerPlain(command, flow, place);
  }
}

/** Where events are kept; of subqueries among the patterns any may find an event (ES|QL reference, "FROM"). */
function lowerSource({ patterns, subqueries, span }: Source, flow: Flow, place: Place): null {
  flow.sources.push(...patterns.map((value): QuerySource => ({ kind: 'index', value })));
  // How well a row matches is worked out, not kept (ES|QL reference, "Metadata fields").
  setComputed(flow.fields, ['_score']);
  const legs = subqueries.map((query) => place.lowering.pipeline(query, eventFields(), place));
  place.queries.push(...legs.map(({ query }) => query));
  // The channel that one subquery asks for is none of the others'.
  const kept = legs.flatMap(({ query }) => query.sources).filter(({ kind }) => kind !== 'channel');
  flow.sources.push(...kept);
  // An index beside them lets every event pass.
  const own: Branch = { asked: null, end: flow };
  const branches = patterns.length === 0 ? legs : [own, ...legs];
  addAlternatives(branches, flow);
  mergeColumns(branches, flow, span, place);
  return null;
}

function lowerWhere({ condition }: Where, flow: Flow, place: Place): Expression {
  return addFilter(flow, simplify(place.lowering.condition(condition, place)));
}

/** `eval` and `row`: each column may be used by those behind it (ES|QL reference, "EVAL"). */
function lowerAssign({ items, name }: Assign, flow: Flow, place: Place): null {
  if (name === 'row') flow.fields = onlyNames([]);
  const inner = { ...place, fields: flow.fields };
  for (const { name: column, expr } of items) {
    setName(flow.fields, column ?? textAt(place, expr.span), operandOf(expr, inner));
  }
  return null;
}

/** `drop` takes names away; `keep` and `mv_expand` change nothing that a test could see. */
function lowerColumns({ name, names }: Columns, flow: Flow): null {
  if (name === 'drop')
    setComputed(
      flow.fields,
      names.filter((column) => !column.includes('*')),
    );
  return null;
}

function lowerRename({ pairs }: Rename, flow: Flow): null {
  for (const { from, to } of pairs) {
    const value = resolve(flow.fields, from);
    if (from !== to) setComputed(flow.fields, [from]);
    setName(flow.fields, to, value);
  }
  return null;
}

function lowerLimit({ count }: Limit, flow: Flow, place: Place): null {
  operandOf(count, place);
  flow.limited = true;
  return null;
}

/** grok and dissect: what they take out of a field is that field, through them. */
function lowerExtract({ name, input, patterns }: Extract, flow: Flow, place: Place): null {
  const operand = operandOf(input, place);
  keepConditions(operand, input.span, place);
  const texts: string[] = [];
  for (const pattern of patterns) {
    const text = operandOf(pattern, place);
    if (text.kind !== 'constant' || typeof text.value !== 'string') {
      if (text.kind !== 'unknown') fault(place, CODES.badArguments, `${name} takes a pattern.`, pattern.span);
      continue;
    }
    texts.push(text.value);
  }
  const step = stepName(name, texts.map(stepArgument));
  for (const column of texts.flatMap((text) => columnsOf(name, text)))
    setName(flow.fields, column, taken(operand, `${step}.${column}`, column));
  return null;
}

function taken(operand: Operand, step: string, column: string): Operand {
  const through = operand.kind === 'field' ? throughStep(operand, step) : null;
  return through ?? { kind: 'computed', name: column };
}

function lowerEnrich({ policy, columns, span }: Enrich, flow: Flow, place: Place): null {
  setComputed(
    flow.fields,
    columns.map(({ name, column }) => name ?? column),
  );
  if (columns.length === 0) {
    note(place, CODES.lookup, `${policy.slice(0, 60)} adds columns that are not named here.`, span);
  }
  return null;
}

function lowerJoin({ index, on, span }: Join, place: Place): null {
  for (const condition of on) operandOf(condition, place);
  note(place, CODES.lookup, `${index.slice(0, 60)} adds columns that are not named here.`, span);
  return null;
}

/** `fork`: a row may pass any of the branches, whose number `_fork` tells (ES|QL reference, "FORK"). */
function lowerFork({ legs, span }: Fork, flow: Flow, place: Place): null {
  const branches = legs.map((leg) => place.lowering.pipeline(leg, inside(flow.fields), place, flow));
  place.queries.push(...branches.map(({ query }) => query));
  addAlternatives(branches, flow);
  mergeColumns(branches, flow, span, place);
  const numbers = branches.map((_, i): Operand => ({ kind: 'constant', value: `fork${i + 1}` }));
  for (const name of addedBy('fork')) setName(flow.fields, name, branchValue(numbers, branches, span, place));
  return null;
}

function addedBy(name: string): readonly string[] {
  return commandNamed(name)?.adds ?? [];
}

function lowerCompletion({ name, target, prompt }: Completion, flow: Flow, place: Place): null {
  operandOf(prompt, place);
  setComputed(flow.fields, target === null ? addedBy(name) : [target]);
  return null;
}

/** The parts of an address or of what a browser calls itself: that field, through the command. */
function lowerParts({ name, prefix, input, options }: Parts, flow: Flow, place: Place): null {
  const operand = operandOf(input, place);
  keepConditions(operand, input.span, place);
  const asked =
    options?.kind === 'options' ? options.entries.find(({ key }) => key === 'properties') : undefined;
  const named = asked?.value.kind === 'list' ? asked.value.items : [];
  const parts = named.flatMap((part) => (part.kind === 'literal' ? [String(part.value)] : []));
  for (const part of [...addedBy(name), ...parts])
    setName(flow.fields, `${prefix}.${part}`, taken(operand, `${name}.${part}`, `${prefix}.${part}`));
  return null;
}

/** A command that is kept as text; one that is not known may decide over rows. */
function lowerPlain({ name, target, as, span }: Plain, flow: Flow, place: Place): Expression | null {
  const known = commandNamed(name);
  if (known === null) {
    place.lowering.faults += 1;
    const where = unknownAt(place, span);
    addFilter(flow, where);
    return where;
  }
  if (known.kind === 'aggregate') flow.aggregated = true;
  if (known.limits === true) flow.limited = true;
  const named = [...as, ...(target === null ? [] : [target])].filter((column) => column !== '');
  setComputed(flow.fields, named.length > 0 ? named : (known.adds ?? []));
  return null;
}
