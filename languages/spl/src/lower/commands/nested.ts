import { and, LIMITS, type NestedQuery, or, SHARED_CODES, type Source, unknown } from '@rulescope/logic';
import { CODES } from '../../diagnostic-codes.ts';
import { optionOf, wordsOf } from '../../syntax/arguments.ts';
import type { Argument, WordNode } from '../../syntax/ast.ts';
import { misread, problem, syntaxContext } from '../../syntax/context.ts';
import { originalSpan, unquotedText } from '../../text/mapped-text.ts';
import type { Command, Flow, LowerCommand, LowerContext, Lowered, LoweredPipeline } from '../context.ts';
import {
  copyOf,
  eventFields,
  type Fields,
  joinedFields,
  type Operand,
  onlyNames,
  resolve,
  setComputed,
  withComputedPattern,
} from '../fields.ts';
import { ended, readAll } from './aggregate.ts';

const [, NESTING_TOO_DEEP] = SHARED_CODES;

/** The searches in brackets among a command's arguments. */
function nestedIn(
  found: readonly Argument[],
  context: LowerContext,
  fields: () => Fields = eventFields,
): readonly LoweredPipeline[] {
  return found
    .filter((argument) => argument.kind === 'subsearch')
    .map(({ inner }) => {
      const part = {
        syntax: context.syntax,
        span: inner,
        fields: fields(),
        start: 'command',
        negated: false,
      } as const;
      return context.lowerNested(part, context);
    });
}

function queriesOf(nested: readonly LoweredPipeline[]): readonly NestedQuery[] {
  return nested.map(({ query }) => query);
}

/** join, appendcols, set and selfjoin: the main line stays what it is (Search Reference, "join"). */
export const lowerJoin: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const nested = nestedIn(found, context);
  if (nested.length === 0 && command.name !== 'selfjoin') {
    misread(cursor, CODES.badArguments, `${command.name} wants a subsearch in brackets.`, command.span);
  }
  // What another search brings along is no field of the events, save what both are joined by.
  const keys = new Set(wordsOf(found).map(({ text }) => text));
  const brought = nested.flatMap(({ flow: leg }) => [...leg.fields.names.keys(), ...(leg.chosen ?? [])]);
  const [left, right] = [optionOf(found, 'left'), optionOf(found, 'right')];
  const { fields } = flow;
  const joined = left !== null && right !== null ? joinedFields(fields, left, right) : fields;
  if (joined === fields)
    setComputed(
      fields,
      brought.filter((name) => !keys.has(name) && !name.startsWith('_')),
    );
  const next = { ...flow, fields: joined };
  return ended({ where: null, flow: next, understood: cursor.understood, queries: queriesOf(nested) }, end);
};

/** append, union and multisearch put the results of searches under each other: an event may come from any of them. */
export const lowerUnion: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const nested = nestedIn(found, context);
  const queries = queriesOf(nested);
  const datasets = command.name === 'union' ? datasetsOf(found) : [];
  if (nested.length + datasets.length === 0) {
    misread(cursor, CODES.badArguments, `${command.name} wants a subsearch in brackets.`, command.span);
  }
  const unions = flow.unions + 1;
  if (unions > LIMITS.depth) return tooManyUnions(command, flow, context, queries);
  const legs = [...(command.first ? [] : [flow]), ...nested.map((leg) => leg.flow)];
  const wheres = [
    ...(command.first ? [] : [flow.filters.length === 0 ? null : and(flow.filters)]),
    ...queries.map((query) => query.where),
    ...datasets.map(() => null),
  ];
  const known = wheres.filter((where) => where !== null);
  // A leg without a filter lets every event pass; what is appended to events need be none.
  const open = known.length < wheres.length;
  const filters = open ? (command.name === 'append' ? flow.filters : []) : [or(known)];
  const sources =
    command.name === 'append' ? [] : [...queries.flatMap((query) => query.sources), ...datasets];
  const next: Flow = {
    ...flow,
    fields: unitedFields(legs, command.name === 'append'),
    aggregated: legs.some((leg) => leg.aggregated),
    filters,
    sources: [...flow.sources, ...sources],
    unions,
  };
  return ended({ where: null, flow: next, understood: cursor.understood, queries }, end);
};

/** `datamodel:A.B` and other datasets that union names (Search Reference, "union"). */
function datasetsOf(found: readonly Argument[]): readonly Source[] {
  return wordsOf(found).flatMap(({ text }) => {
    const [, kind, value] = /^(\w+):(.+)$/.exec(text) ?? [];
    return kind === undefined || value === undefined ? [] : [{ kind: kind.toLowerCase(), value }];
  });
}

/** A name means what it means in every leg; where the legs differ it is something computed. */
function unitedFields(legs: readonly Flow[], appends: boolean): Fields {
  const [first] = legs;
  if (first === undefined) return eventFields();
  // Results that are appended to events leave the events what they are.
  if (appends && !first.aggregated) return first.fields;
  const names = new Set(legs.flatMap(({ fields }) => [...fields.names.keys()]));
  const united = [...names].map((name): readonly [string, Operand] => {
    const [meaning, ...others] = legs.map(({ fields }) => resolve(fields, name));
    const same = others.every((other) => JSON.stringify(other) === JSON.stringify(meaning));
    return [name, same && meaning !== undefined ? meaning : { kind: 'computed', name }];
  });
  return legs.some(({ fields }) => fields.rest === 'computed')
    ? onlyNames(united)
    : { ...eventFields(), names: new Map(united) };
}

function tooManyUnions(
  command: Command,
  flow: Flow,
  context: LowerContext,
  queries: readonly NestedQuery[],
): Lowered {
  if (flow.unions === LIMITS.depth) {
    const message = `Results are put under each other more than ${LIMITS.depth} times.`;
    problem(context.syntax, NESTING_TOO_DEEP, message, command.span);
  }
  const place = originalSpan(context.syntax.mapped, command.span);
  const where = unknown(context.syntax.mapped.original.slice(...place), place);
  const next = { ...flow, filters: [where], unions: flow.unions + 1 };
  return { where: null, flow: next, understood: false, queries };
}

/** appendpipe runs a pipeline over the results so far (Search Reference, "appendpipe"). */
export const lowerAppendpipe: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const nested = nestedIn(found, context, () => copyOf(flow.fields));
  return ended({ where: null, flow, understood: cursor.understood, queries: queriesOf(nested) }, end);
};

/** foreach runs a pipeline for each of some fields; `<<FIELD>>` stands for its name (Search Reference, "foreach"). */
export const lowerForeach: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const nested = nestedIn(found, context, () => copyOf(flow.fields));
  const listed = wordsOf(found).map(({ text }) => text);
  const set = nested.flatMap((leg) =>
    [...leg.flow.fields.names].flatMap(([name, meaning]) =>
      flow.fields.names.get(name) === meaning ? [] : [name],
    ),
  );
  // What the pipeline makes of them is not followed.
  setComputed(
    flow.fields,
    [...listed, ...set].filter((name) => !/[*<]/.test(name)),
  );
  const made = set.flatMap((name) => listed.map((pattern) => name.replace('<<FIELD>>', pattern)));
  // What is done to every field is mostly done to those that are missing.
  const patterns = made.filter(
    (pattern) => pattern !== '*' && pattern.split('*').length === 2 && !pattern.includes('<'),
  );
  const fields = patterns.reduce(withComputedPattern, flow.fields);
  const next = { ...flow, fields };
  return ended({ where: null, flow: next, understood: cursor.understood, queries: queriesOf(nested) }, end);
};

/** `map search="…"` runs a search for each result; the search stands in a string (Search Reference, "map"). */
export const lowerMap: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const inner = found.find(
    (argument) => argument.kind === 'option' && argument.name.text.toLowerCase() === 'search',
  );
  const queries = [...queriesOf(nestedIn(found, { ...context, templated: true }))];
  if (inner?.kind === 'option' && inner.value.kind === 'word' && inner.value.quoted) {
    queries.push(searchInString(inner.value, context));
  } else if (queries.length === 0 && !found.some((argument) => argument.kind === 'word')) {
    misread(cursor, CODES.badArguments, 'map wants a search.', command.span);
  }
  return ended({ where: null, flow, understood: cursor.understood, queries }, end);
};

function searchInString({ span }: WordNode, context: LowerContext): NestedQuery {
  const mapped = unquotedText(context.syntax.mapped, [span[0] + 1, span[1] - 1]);
  const syntax = syntaxContext(mapped, context.syntax.to);
  const part = {
    syntax,
    span: [0, mapped.text.length],
    fields: eventFields(),
    start: 'search',
    negated: false,
  } as const;
  return context.lowerNested(part, { ...context, templated: true }).query;
}
