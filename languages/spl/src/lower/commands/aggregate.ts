import {
  type Expression,
  type NestedQuery,
  type Source,
  type Span,
  type Stage,
  simplify,
} from '@rulescope/logic';
import { queryOf } from '@rulescope/logic/parsing';
import { FUNCTIONS } from '../../data/functions.ts';
import { CODES } from '../../diagnostic-codes.ts';
import { isKeyword, parseArguments, wordsOf } from '../../syntax/arguments.ts';
import type { Argument, EvalNode, Word } from '../../syntax/ast.ts';
import { type Cursor, cursorAt, misread } from '../../syntax/context.ts';
import { parseEval, skipUnexpected } from '../../syntax/eval-parser.ts';
import { parseSearch } from '../../syntax/search-parser.ts';
import { skipSpace } from '../../syntax/words.ts';
import { originalSpan } from '../../text/mapped-text.ts';
import { pairParentheses } from '../../text/pipeline.ts';
import { lowerCondition } from '../condition.ts';
import type { Command, Flow, LowerCommand, LowerContext } from '../context.ts';
import { eventFields, type Fields, type Operand, onlyNames, resolve, setComputed } from '../fields.ts';
import { lowerSearch, NO_OPTIONS, sayUnknownMacro } from '../search.ts';
import { filtered } from './filter.ts';
import { checkOptions } from './options.ts';

/** The arguments of a command, the macros without a pipe at their end left out. */
interface ReadArguments {
  readonly found: readonly Argument[];
  readonly end?: number;
}

/** Macros at the end of a command's arguments bring their own pipe along: they are stages of their own. */
function withoutMacros(all: readonly Argument[]): ReadArguments {
  let keep = all.length;
  while (keep > 0 && all[keep - 1]?.kind === 'macro') keep -= 1;
  const first = all[keep];
  return keep === 0 || first === undefined
    ? { found: all }
    : { found: all.slice(0, keep), end: first.span[0] };
}

/** Says of what in a command's arguments is not understood. */
export function checkArguments(
  command: string,
  found: readonly Argument[],
  cursor: Cursor,
  context: LowerContext,
): void {
  checkOptions(command, found, cursor);
  for (const argument of found) {
    if (argument.kind === 'macro') sayUnknownMacro(argument, context);
    if (argument.kind === 'bad') {
      misread(cursor, CODES.badArguments, 'This is no argument of a command.', argument.span);
    }
  }
  checkMarks(found, cursor);
}

function checkMarks(found: readonly Argument[], cursor: Cursor): void {
  const open: Span[] = [];
  found.forEach((argument, i) => {
    if (argument.kind !== 'mark' || argument.text === ',') return;
    const next = found[i + 1];
    // `startswith=(…)` holds an expression.
    if (argument.text === '=' && next?.kind === 'mark' && next.text === '(') return;
    if (argument.text === '(') open.push(argument.span);
    else if (argument.text === ')' && open.pop() === undefined) {
      misread(cursor, CODES.unexpected, 'This parenthesis closes nothing.', argument.span);
    } else if (argument.text !== ')' && open.length === 0) {
      misread(cursor, CODES.badArguments, `Nothing is compared at this ${argument.text}.`, argument.span);
    }
  });
  const last = open.at(-1);
  if (last !== undefined)
    misread(cursor, CODES.unclosedParenthesis, 'Nothing closes this parenthesis.', last);
}

/** The conditions inside functions of stats: `count(eval(a=b))` counts the rows of which a is b. */
function evalConditions(
  found: readonly Argument[],
  flow: Flow,
  cursor: Cursor,
  context: LowerContext,
): readonly NestedQuery[] {
  return found.flatMap((argument) => {
    const open =
      argument.kind === 'call' ? /^\s*eval\s*(?=\()/.exec(cursor.text.slice(...argument.inner)) : null;
    if (argument.kind !== 'call' || open === null) return [];
    const [start, end] = argument.inner;
    return conditionQuery('eval', [start + open[0].length, end], 'eval', flow, cursor, context);
  });
}

/** A condition that only some of the rows must satisfy, as a query of its own. */
function conditionQuery(
  name: string,
  span: Span,
  grammar: 'eval' | 'search',
  flow: Flow,
  cursor: Cursor,
  context: LowerContext,
): readonly NestedQuery[] {
  const part = cursorAt(context.syntax, span);
  const queries: NestedQuery[] = [];
  const place = { context, fields: flow.fields, derived: flow.aggregated, queries };
  let where: Expression | null = null;
  if (grammar === 'eval') {
    const node = parseEval(part);
    if (node === null) misread(part, CODES.badArguments, `${name} has no expression.`, span);
    else if (isConditionNode(node)) where = lowerCondition(node, place);
    skipSpace(part);
    if (part.pos < part.end) skipUnexpected(part);
  } else {
    const node = parseSearch(part);
    const options = { reads: false, head: false, options: NO_OPTIONS, sources: [] };
    where = node === null ? null : lowerSearch(node, { ...place, ...options });
  }
  if (!part.understood) cursor.understood = false;
  if (where === null) return [];
  const own = originalSpan(context.syntax.mapped, span);
  const stage: Stage = {
    index: 0,
    name,
    kind: 'filter',
    text: context.syntax.mapped.original.slice(...own),
    spans: [own],
    understood: part.understood ? 'full' : 'partial',
    where: simplify(where),
    queries,
  };
  return [queryOf({ language: 'spl', sources: [], where: stage.where, stages: [stage], diagnostics: [] })];
}

/** A value, such as `eval(bytes/1024)`, is no condition. */
function isConditionNode(node: EvalNode): boolean {
  if (node.kind === 'binary') return /^(?:!?=|[<>]=?|LIKE)$/.test(node.operator);
  if (node.kind === 'call') return FUNCTIONS.get(node.name)?.kind === 'condition';
  return ['and', 'or', 'xor', 'not', 'in'].includes(node.kind);
}

interface Clauses {
  /** Names of what is computed. */
  readonly outputs: readonly string[];
  readonly keys: readonly string[];
}

/** The functions, their names, and what stands behind `by` (or `over`). */
function readClauses(found: readonly Argument[], text: string): Clauses {
  const by = found.findIndex((argument) => isKeyword(argument, 'BY') || isKeyword(argument, 'OVER'));
  const functions = by < 0 ? found : found.slice(0, by);
  const outputs: string[] = [];
  functions.forEach((argument, i) => {
    if (isKeyword(functions[i - 1], 'AS') && argument.kind === 'word') outputs.push(argument.text);
    else if (argument.kind === 'call' || (argument.kind === 'word' && !isKeyword(argument, 'AS'))) {
      if (!isKeyword(functions[i + 1], 'AS')) outputs.push(nameOf(argument));
    }
  });
  const keys = by < 0 ? [] : found.slice(by + 1).flatMap((argument) => keyOf(argument, text));
  return { outputs, keys: keys.filter((key) => !/^(?:by|over)$/i.test(key)) };
}

/** What `by` names; `PREFIX(x=)` of tstats gives a column `x=` of what stands behind `x=` in the events. */
function keyOf(argument: Argument, text: string): readonly string[] {
  if (argument.kind === 'word') return [argument.text];
  return argument.kind === 'call' && /^prefix$/i.test(argument.name)
    ? [text.slice(...argument.inner).trim()]
    : [];
}

function nameOf(argument: Argument): string {
  return argument.kind === 'call' ? argument.name : argument.kind === 'word' ? argument.text : '';
}

function groupedBy(fields: Fields, { outputs, keys }: Clauses): Fields {
  const kept = keys.map((key) => [key, resolve(fields, key.replace(/=$/, ''))] as const);
  const made = outputs.map((name): readonly [string, Operand] => [name, { kind: 'computed', name }]);
  return onlyNames([...made, ...kept]);
}

/**
 * stats, chart, timechart and their kin: only the keys of `by` are still fields of the events. In a chart the values
 * of the last key become columns, so that of several only the first remains, and of timechart's only the time.
 */
export const lowerStats: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const queries = evalConditions(found, flow, cursor, context);
  const clauses = readClauses(found, cursor.text);
  if (clauses.outputs.length === 0 && !/chart|geostats/.test(command.name)) {
    misread(cursor, CODES.badArguments, `${command.name} wants a function, such as count.`, command.span);
  }
  const keys = command.name.endsWith('timechart')
    ? ['_time']
    : command.name.endsWith('chart')
      ? clauses.keys.slice(0, 1)
      : clauses.keys;
  const fields = groupedBy(flow.fields, { ...clauses, keys });
  return ended(
    { where: null, flow: { ...flow, fields, aggregated: true }, understood: cursor.understood, queries },
    end,
  );
};

/** top and rare count by the fields that they name; transaction groups by them. */
export const lowerGrouping: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const by = found.findIndex((argument) => isKeyword(argument, 'BY'));
  const keys = wordsOf(found)
    .filter((word, i) => !isKeyword(word, 'BY') && !(i === 0 && /^\d+$/.test(word.text)))
    .map(({ text }) => text);
  const limited = flow.limited || (command.name !== 'transaction' && by < 0);
  const queries = command.name === 'transaction' ? transactionEnds(found, flow, cursor, context) : [];
  const fields = groupedBy(flow.fields, { outputs: ['count', 'percent', 'duration', 'eventcount'], keys });
  const next = { ...flow, fields, aggregated: true, limited };
  return ended({ where: null, flow: next, understood: cursor.understood, queries }, end);
};

/** What the first and the last event of a transaction must be: a search, or an expression in `eval(…)`. */
function transactionEnds(
  found: readonly Argument[],
  flow: Flow,
  cursor: Cursor,
  context: LowerContext,
): readonly NestedQuery[] {
  return found.flatMap((argument, i) => {
    const name =
      argument.kind === 'option' ? argument.name.text : argument.kind === 'word' ? argument.text : '';
    if (!/^(?:starts|ends)with$/i.test(name)) return [];
    const lower = (span: Span, grammar: 'eval' | 'search'): readonly NestedQuery[] =>
      conditionQuery(name.toLowerCase(), span, grammar, flow, cursor, context);
    if (argument.kind === 'option') {
      const { value } = argument;
      return value.kind === 'call'
        ? lower(value.inner, 'eval')
        : value.kind === 'word'
          ? lower(inString(value), 'search')
          : [];
    }
    // `startswith=(a=b)`: the equals sign and the parenthesis are marks of their own.
    const open = found[i + 2];
    context.syntax.parentheses ??= pairParentheses(cursor.text);
    const behind = open?.kind === 'mark' ? context.syntax.parentheses.get(open.span[0]) : undefined;
    return open === undefined || behind === undefined ? [] : lower([open.span[1], behind - 1], 'search');
  });
}

function inString({ quoted, span }: Word): Span {
  return quoted ? [span[0] + 1, span[1] - 1] : span;
}

/** eventstats and streamstats add computed fields to each event. */
export const lowerEventstats: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const queries = evalConditions(found, flow, cursor, context);
  setComputed(flow.fields, readClauses(found, cursor.text).outputs);
  return ended({ where: null, flow, understood: cursor.understood, queries }, end);
};

export function readAll(
  command: Command,
  context: LowerContext,
): ReadArguments & { readonly cursor: Cursor } {
  const cursor = cursorAt(context.syntax, command.arguments);
  const { found, end } = withoutMacros(parseArguments(cursor));
  checkArguments(command.name, found, cursor, context);
  return end === undefined ? { cursor, found } : { cursor, found, end };
}

export function ended<T extends object>(lowered: T, end: number | undefined): T {
  return end === undefined ? lowered : { ...lowered, end };
}

/** Options of tstats and mstats that may stand behind their search. */
const OPTIONS: ReadonlySet<string> = new Set([
  'span',
  'every',
  'chart',
  'prestats',
  'append',
  'backfill',
  'update_period',
]);

/** tstats and mstats: functions, `from`, a search in `where`, and `by` (Search Reference, "tstats", "mstats"). */
export const lowerTstats: LowerCommand = (command, flow, context) => {
  const cursor = cursorAt(context.syntax, command.arguments);
  const parts = splitClauses(cursor);
  const appends = parts.head.some(
    (argument) =>
      argument.kind === 'option' && argument.name.text.toLowerCase() === 'append' && isTrue(argument.value),
  );
  checkArguments(command.name, [...parts.head, ...parts.by], cursor, context);
  const sources: Source[] = [...readFrom(parts.head, context)];
  const queries: NestedQuery[] = [];
  let where: Expression | null = null;
  if (parts.where !== null) {
    const inner = { ...cursorAt(context.syntax, parts.where), depth: 0 };
    const node = parseSearch(inner);
    if (!inner.understood) cursor.understood = false;
    const head = sources.length === 0;
    const place = {
      context,
      fields: eventFields(),
      derived: false,
      reads: true,
      head,
      options: OPTIONS,
      sources,
      queries,
    };
    where = node === null ? null : lowerSearch(node, place);
  }
  const clauses = readClauses(
    [...parts.head.filter((argument) => !isFromPart(argument)), ...parts.by],
    cursor.text,
  );
  const own = filtered({ ...flow, fields: eventFields(), aggregated: false, filters: [] }, where).filters;
  const filters =
    appends && flow.filters.length > 0
      ? [{ or: [allOf(flow.filters), allOf(own)] }]
      : [...flow.filters, ...own];
  const next: Flow = {
    ...flow,
    fields: groupedBy(eventFields(), clauses),
    aggregated: true,
    filters,
    sources: [...flow.sources, ...sources],
  };
  return { where, flow: next, understood: cursor.understood, queries };
};

function allOf(filters: readonly Expression[]): Expression {
  return { and: filters };
}

function isTrue(value: { readonly kind: string; readonly text?: string }): boolean {
  return value.kind === 'word' && /^(?:t|true|1)$/i.test(value.text ?? '');
}

interface TstatsParts {
  /** Options, functions and `from`. */
  readonly head: readonly Argument[];
  readonly where: readonly [number, number] | null;
  /** From `by` on. */
  readonly by: readonly Argument[];
}

function splitClauses(cursor: Cursor): TstatsParts {
  const all = parseArguments({ ...cursor });
  const where = all.findIndex((argument) => isKeyword(argument, 'WHERE'));
  const by = all.findLastIndex((argument) => isKeyword(argument, 'BY') || isKeyword(argument, 'GROUPBY'));
  const behind = by > where ? by : -1;
  const start = where < 0 ? null : (all[where]?.span[1] ?? null);
  const end = behind < 0 ? cursor.end : (all[behind]?.span[0] ?? cursor.end);
  const last = where >= 0 ? where : behind >= 0 ? behind : all.length;
  return {
    head: all.slice(0, last),
    where: start === null ? null : [start, end],
    by: behind < 0 ? [] : all.slice(behind),
  };
}

/** `from datamodel=A.B`, and what else tstats reads from. */
function readFrom(head: readonly Argument[], context: LowerContext): readonly Source[] {
  const from = head.findIndex((argument) => isKeyword(argument, 'FROM'));
  if (from < 0) {
    return head.flatMap((argument) => (isFromPart(argument) ? sourcesOf(argument, undefined, context) : []));
  }
  return sourcesOf(head[from + 1], head[from + 2], context);
}

function isFromPart(argument: Argument): boolean {
  return argument.kind === 'option' && argument.name.text.toLowerCase() === 'datamodel';
}

function sourcesOf(
  argument: Argument | undefined,
  next: Argument | undefined,
  context: LowerContext,
): readonly Source[] {
  if (argument === undefined) return [];
  if (argument.kind === 'option' && argument.value.kind === 'word') {
    return [{ kind: argument.name.text.toLowerCase(), value: argument.value.text }];
  }
  if (argument.kind === 'macro') {
    sayUnknownMacro(argument, context);
    return [{ kind: 'macro', value: argument.name }];
  }
  if (argument.kind !== 'word') return [];
  const isModel = /^datamodel$/i.test(argument.text) && next?.kind === 'word';
  return isModel ? [{ kind: 'datamodel', value: next.text }] : [{ kind: 'namespace', value: argument.text }];
}
