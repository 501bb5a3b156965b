import {
  and,
  type Expression,
  LIMITS,
  type NestedQuery,
  or,
  SHARED_CODES,
  type Source,
  unknown,
} from '@rulescope/logic';
import { CODES } from '../../diagnostic-codes.ts';
import { isKeyword, parseArguments, wordsOf } from '../../syntax/arguments.ts';
import type { SubsearchNode, WordNode } from '../../syntax/ast.ts';
import { cursorAt, misread, problem, syntaxContext } from '../../syntax/context.ts';
import { parseSearch } from '../../syntax/search-parser.ts';
import { originalSpan, unquotedText } from '../../text/mapped-text.ts';
import type { Command, Flow, LowerCommand, LowerContext, Lowered } from '../context.ts';
import { copyOf, eventFields, type Fields, setComputed } from '../fields.ts';
import { lowerSearch } from '../search.ts';
import { ended, readAll } from './aggregate.ts';
import { filtered } from './filter.ts';

const [, NESTING_TOO_DEEP] = SHARED_CODES;

function nestedIn(
  found: readonly { readonly kind: string }[],
  context: LowerContext,
  fields: () => Fields = eventFields,
): readonly NestedQuery[] {
  return found
    .filter((argument): argument is SubsearchNode => argument.kind === 'subsearch')
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

/** join, appendcols, set and selfjoin: the main line stays what it is (Search Reference, "join"). */
export const lowerJoin: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const queries = nestedIn(found, context);
  if (queries.length === 0 && command.name !== 'selfjoin') {
    misread(cursor, CODES.badArguments, `${command.name} wants a subsearch in brackets.`, command.span);
  }
  return ended({ where: null, flow, understood: cursor.understood, queries }, end);
};

/** append, union and multisearch put the results of searches under each other: an event may come from any of them. */
export const lowerUnion: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const queries = nestedIn(found, context);
  if (queries.length === 0 && command.name !== 'union') {
    misread(cursor, CODES.badArguments, `${command.name} wants a subsearch in brackets.`, command.span);
  }
  const main = command.first ? [] : [flow.filters.length === 0 ? null : and(flow.filters)];
  const legs = [...main, ...queries.map((query) => query.where)];
  const known = legs.filter((leg) => leg !== null);
  // A leg without a filter lets every event pass.
  const filters: Expression[] = known.length < legs.length || legs.length === 0 ? [] : [or(known)];
  const appends = command.name === 'append' && known.length < legs.length;
  const unions = flow.unions + 1;
  if (unions > LIMITS.depth) return tooManyUnions(command, flow, context, queries);
  const sources = command.name === 'append' ? [] : queries.flatMap((query) => query.sources);
  return ended(
    {
      where: null,
      flow: {
        ...flow,
        filters: appends ? flow.filters : filters,
        sources: [...flow.sources, ...sources],
        unions,
      },
      understood: cursor.understood,
      queries,
    },
    end,
  );
};

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
  const queries = nestedIn(found, context, () => copyOf(flow.fields));
  return ended({ where: null, flow, understood: cursor.understood, queries }, end);
};

/** foreach runs a pipeline for each of some fields; `<<FIELD>>` stands for its name (Search Reference, "foreach"). */
export const lowerForeach: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const queries = nestedIn(found, context, () => copyOf(flow.fields));
  // What the pipeline makes of them is not followed.
  setComputed(
    flow.fields,
    wordsOf(found)
      .map(({ text }) => text)
      .filter((name) => !name.includes('*')),
  );
  return ended({ where: null, flow, understood: cursor.understood, queries }, end);
};

/** `map search="…"` runs a search for each result; the search stands in a string (Search Reference, "map"). */
export const lowerMap: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const inner = found.find(
    (argument) => argument.kind === 'option' && argument.name.text.toLowerCase() === 'search',
  );
  const queries = [...nestedIn(found, context)];
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
  return context.lowerNested(part, { ...context, templated: true });
}

/** from, datamodel, inputlookup and other commands that start a pipeline with what they read. */
export const lowerSource: LowerCommand = (command, flow, context) => {
  const cursor = cursorAt(context.syntax, command.arguments);
  const found = parseArguments(cursor);
  const written = context.syntax.mapped.text.slice(...command.arguments);
  const sources: Source[] = [...sourcesOf(command.name, wordsOf(found), written)];
  const where = found.find((argument) => isKeyword(argument, 'WHERE'));
  if (command.name !== 'inputlookup' || where === undefined) {
    return { where: null, flow: { ...flow, sources: [...flow.sources, ...sources] }, understood: true };
  }
  const inner = cursorAt(context.syntax, [where.span[1], command.arguments[1]]);
  const node = parseSearch(inner);
  const queries: NestedQuery[] = [];
  const place = { context, fields: flow.fields, derived: false, reads: false, head: false, sources, queries };
  const condition = node === null ? null : lowerSearch(node, place);
  const next = { ...flow, sources: [...flow.sources, ...sources] };
  return { where: condition, flow: filtered(next, condition), understood: inner.understood, queries };
};

function sourcesOf(name: string, words: readonly WordNode[], written: string): readonly Source[] {
  const texts = words.map(({ text }) => text);
  const [first = '', second] = texts;
  if (name === 'inputlookup' || name === 'inputcsv') {
    return first === '' ? [] : [{ kind: 'lookup', value: first }];
  }
  if (name === 'datamodel') {
    const model =
      second === undefined || /^(?:search|flat|acceleration_search)$/i.test(second)
        ? first
        : `${first}.${second}`;
    return model === '' ? [] : [{ kind: 'datamodel', value: model }];
  }
  if (name === 'from') return fromSource(written);
  return [{ kind: 'command', value: name }];
}

/** `from datamodel:"A"."B"`, `from datamodel A.B`, `from inputlookup:table` (Search Reference, "from"). */
function fromSource(written: string): readonly Source[] {
  const found = /^\s*(\w+)\s*[:\s]\s*((?:"[^"]*"|[^\s"|.]+)(?:\.(?:"[^"]*"|[^\s"|.]+))*)/.exec(written);
  const [, kind = '', name] = found ?? [];
  if (name === undefined) return [];
  const isLookup = /^(?:input)?lookup$/i.test(kind);
  return [{ kind: isLookup ? 'lookup' : kind.toLowerCase(), value: name.replaceAll('"', '') }];
}

/** A command that does nothing that a test would show: its arguments are looked through. */
export const lowerPlain: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const queries = nestedIn(found, context);
  const limited = flow.limited || command.name === 'head' || command.name === 'tail';
  return ended({ where: null, flow: { ...flow, limited }, understood: cursor.understood, queries }, end);
};

/** A command that Splunk does not bring along: what it does is not known. */
export const lowerUnknown: LowerCommand = (command, flow, context) => {
  const cursor = cursorAt(context.syntax, command.arguments);
  const queries = nestedIn(parseArguments(cursor), context);
  problem(
    context.syntax,
    CODES.unknownCommand,
    `${command.name} is no command of Splunk itself.`,
    command.span,
  );
  return { where: null, flow, understood: true, queries };
};
