import {
  and,
  type Expression,
  LIMITS,
  SHARED_CODES,
  type Span,
  type Stage,
  simplify,
  unknown,
  worst,
} from '@rulescope/logic';
import { queryOf } from '@rulescope/logic/parsing';
import { COMMANDS } from '../data/commands.ts';
import { CODES } from '../diagnostic-codes.ts';
import { type Cursor, cursorAt, problem } from '../syntax/context.ts';
import { readMacro, skipSpace } from '../syntax/words.ts';
import { originalSpan } from '../text/mapped-text.ts';
import { type CommandText, splitPipeline } from '../text/pipeline.ts';
import { lowerEventstats, lowerGrouping, lowerStats, lowerTstats } from './commands/aggregate.ts';
import { lowerEval, lowerLookup, lowerRename, lowerRex, lowerSpath } from './commands/derive.ts';
import { lowerRegex, lowerSearchCommand, lowerWhere } from './commands/filter.ts';
import { lowerMacroCommand } from './commands/macro.ts';
import { lowerAppendpipe, lowerForeach, lowerJoin, lowerMap, lowerUnion } from './commands/nested.ts';
import {
  lowerAdding,
  lowerFillnull,
  lowerPlain,
  lowerReshaping,
  lowerThrough,
  lowerUnknown,
} from './commands/plain.ts';
import { lowerSource } from './commands/source.ts';
import type {
  Command,
  Flow,
  LowerCommand,
  LowerContext,
  Lowered,
  LoweredPipeline,
  NestedPart,
} from './context.ts';

const [, NESTING_TOO_DEEP] = SHARED_CODES;

/** The commands whose arguments mean something to the model. */
const LOWERINGS: ReadonlyMap<string, LowerCommand> = new Map<string, LowerCommand>([
  ['search', lowerSearchCommand],
  ['where', lowerWhere],
  ['regex', lowerRegex],
  ['stats', lowerStats],
  ['chart', lowerStats],
  ['timechart', lowerStats],
  ['sistats', lowerStats],
  ['sichart', lowerStats],
  ['sitimechart', lowerStats],
  ['geostats', lowerStats],
  ['top', lowerGrouping],
  ['rare', lowerGrouping],
  ['sitop', lowerGrouping],
  ['sirare', lowerGrouping],
  ['transaction', lowerGrouping],
  ['eventstats', lowerEventstats],
  ['streamstats', lowerEventstats],
  ['tstats', lowerTstats],
  ['mstats', lowerTstats],
  ['eval', lowerEval],
  ['rename', lowerRename],
  ['rex', lowerRex],
  ['lookup', lowerLookup],
  ['spath', lowerSpath],
  ['fillnull', lowerFillnull],
  ['convert', lowerThrough],
  ['bin', lowerThrough],
  ['bucket', lowerThrough],
  ['discretize', lowerThrough],
  ['join', lowerJoin],
  ['appendcols', lowerJoin],
  ['set', lowerJoin],
  ['selfjoin', lowerJoin],
  ['append', lowerUnion],
  ['union', lowerUnion],
  ['multisearch', lowerUnion],
  ['appendpipe', lowerAppendpipe],
  ['foreach', lowerForeach],
  ['map', lowerMap],
]);

/** Lowers a pipeline inside another one, such as a subsearch. */
export function lowerNested(part: NestedPart, outer: LowerContext): LoweredPipeline {
  const context: LowerContext = {
    ...outer,
    syntax: part.syntax,
    start: part.span[0],
    depth: outer.depth + 1,
  };
  context.nested.left -= part.span[1] - part.span[0];
  return lowerPipeline(part, context);
}

/** Lowers a part of a text that is a pipeline of commands to a query. Diagnostics go to the text's reporter. */
export function lowerPipeline(part: NestedPart, context: LowerContext): LoweredPipeline {
  const stages: Stage[] = [];
  let flow: Flow = {
    fields: part.fields,
    aggregated: false,
    limited: false,
    filters: [],
    sources: [],
    unions: 0,
  };
  if (context.depth > LIMITS.depth || context.nested.left < 0) {
    const message = `Searches are nested more than ${LIMITS.depth} levels deep, or hold too much.`;
    problem(context.syntax, NESTING_TOO_DEEP, message, [part.span[0], part.span[0]]);
    stages.push(tooDeep(part.span, context));
  } else {
    const { commands, unclosed } = splitPipeline(
      context.syntax.mapped.text,
      part.span,
      context.syntax.brackets,
    );
    for (const at of unclosed) {
      const message = `Nothing closes this ${context.syntax.mapped.text.charAt(at)}.`;
      problem(context.syntax, CODES.unclosedQuote, message, [at, at + 1]);
    }
    let next = 0;
    commands.forEach((text, i) => {
      const before = next;
      while ((unclosed[next] ?? text.span[1]) < text.span[1]) next += 1;
      const broken = next > before;
      flow = lowerCommandText(text, { part, flow, stages, context, first: i === 0, broken });
    });
  }
  const where = flow.filters.length === 0 ? null : simplify(and(flow.filters));
  const query = queryOf({
    language: 'spl',
    sources: distinct(flow.sources),
    where: where !== null && isAlways(where) ? null : where,
    stages,
    diagnostics: [],
  });
  return { query: part.negated ? { ...query, negated: true } : query, flow };
}

function isAlways(where: Expression): boolean {
  return 'and' in where && where.and.length === 0;
}

function distinct<T extends { readonly kind: string; readonly value: string }>(
  items: readonly T[],
): readonly T[] {
  return [...new Map(items.map((item) => [`${item.kind} ${item.value}`, item])).values()];
}

function tooDeep(span: Span, { syntax }: LowerContext): Stage {
  const place = originalSpan(syntax.mapped, span);
  const text = syntax.mapped.original.slice(...place);
  return {
    index: 0,
    name: 'search',
    kind: 'filter',
    text,
    spans: [place],
    understood: 'none',
    where: unknown(text, place),
    queries: [],
  };
}

interface CommandPlace {
  readonly part: NestedPart;
  readonly flow: Flow;
  readonly stages: Stage[];
  readonly context: LowerContext;
  readonly first: boolean;
  /** True where something in it is never closed. */
  readonly broken: boolean;
}

/** Lowers what stands between two pipes: one command, and macros behind it that bring their own pipe along. */
function lowerCommandText(text: CommandText, place: CommandPlace): Flow {
  const { context, stages } = place;
  const command = readCommand(text, place);
  if (command === null) {
    problem(context.syntax, CODES.emptyCommand, 'No command stands behind this pipe.', [
      text.span[0],
      text.start,
    ]);
    const empty: Lowered = { where: null, flow: place.flow, understood: false };
    stages.push(stageOf(empty, { name: 'empty', row: null, span: text.span }, stages.length, place));
    return place.flow;
  }
  const lowered = lowerCommand(command, place);
  const end = lowered.end ?? text.span[1];
  stages.push(stageOf(lowered, { ...command, span: [command.span[0], end] }, stages.length, place));
  return lowered.end === undefined
    ? lowered.flow
    : lowerMacros([end, text.span[1]], { ...place, flow: lowered.flow });
}

/** Macros that stand where commands should, one stage each. */
function lowerMacros(span: Span, place: CommandPlace): Flow {
  const { context, stages } = place;
  const cursor = cursorAt(context.syntax, span);
  let flow = place.flow;
  let start = span[0];
  for (;;) {
    skipSpace(cursor);
    const macro = cursor.pos < cursor.end ? readMacro(cursor) : null;
    if (macro === null) return flow;
    const command: Command = {
      name: macro.name,
      row: null,
      span: [start, cursor.pos],
      arguments: [cursor.pos, cursor.pos],
      first: false,
    };
    const lowered = lowerMacroCommand(macro, flow, context);
    stages.push(stageOf(lowered, command, stages.length, place));
    flow = lowered.flow;
    start = cursor.pos;
  }
}

const NAME = /[A-Za-z_][\w-]*/y;

/** The word at the cursor, in lower case, unless it is compared with something. */
function commandName(cursor: Cursor): string {
  NAME.lastIndex = cursor.pos;
  const word = NAME.exec(cursor.text)?.[0] ?? '';
  const behind = cursor.text.slice(cursor.pos + word.length, cursor.pos + word.length + 10);
  return /^\s*(?:!?=|<(?!<)|>)/.test(behind) ? '' : word.toLowerCase();
}

function readCommand(text: CommandText, { part, context, first }: CommandPlace): Command | null {
  const cursor = cursorAt(context.syntax, [text.start, text.span[1]]);
  skipSpace(cursor);
  if (cursor.pos >= cursor.end) return null;
  const implied = first && !text.piped && !(part.start === 'command' && COMMANDS.has(commandName(cursor)));
  NAME.lastIndex = cursor.pos;
  const word = NAME.exec(cursor.text)?.[0] ?? '';
  const behind = cursor.pos + word.length;
  const name = word.toLowerCase();
  const next = cursor.text.charAt(behind);
  if (implied && !(name === 'search' && (behind >= text.span[1] || /[\s(["`]/.test(next)))) {
    const arguments_: Span = [cursor.pos, text.span[1]];
    return {
      name: 'search',
      row: COMMANDS.get('search') ?? null,
      span: text.span,
      arguments: arguments_,
      first,
    };
  }
  return {
    name,
    row: COMMANDS.get(name) ?? null,
    span: text.span,
    arguments: [Math.min(behind, text.span[1]), text.span[1]],
    first,
  };
}

function lowerCommand(command: Command, place: CommandPlace): Lowered {
  const { flow, context } = place;
  if (command.name === '') return lowerNameless(command, place);
  const lowering = LOWERINGS.get(command.name);
  if (needsArguments(command, context)) return lowerBare(command, flow, context);
  if (lowering !== undefined) return lowering(command, flow, context);
  if (command.row === null) return lowerUnknown(command, flow, context);
  if (command.row.kind === 'source') return lowerSource(command, flow, context);
  if (command.row.reshapes === true) return lowerReshaping(command, flow, context);
  return command.row.adds === undefined
    ? lowerPlain(command, flow, context)
    : lowerAdding(command, flow, context);
}

function needsArguments({ row, arguments: [start, end] }: Command, { syntax }: LowerContext): boolean {
  return row?.arguments === 'required' && syntax.mapped.text.slice(start, end).trim() === '';
}

function lowerBare({ name, span }: Command, flow: Flow, { syntax }: LowerContext): Lowered {
  problem(syntax, CODES.badArguments, `${name} wants arguments.`, span);
  return { where: null, flow, understood: false };
}

/** A macro, or something that is no command at all. */
function lowerNameless(command: Command, { flow, context }: CommandPlace): Lowered {
  const cursor = cursorAt(context.syntax, command.arguments);
  skipSpace(cursor);
  const macro = readMacro(cursor);
  if (macro !== null && cursor.text.charAt(macro.span[0]) === '`') {
    const lowered = lowerMacroCommand(macro, flow, context);
    skipSpace(cursor);
    if (cursor.pos >= cursor.end) return lowered;
    return { ...lowered, ...(cursor.text.charAt(cursor.pos) === '`' ? { end: cursor.pos } : {}) };
  }
  problem(context.syntax, CODES.unexpected, 'A command has to stand here.', command.arguments);
  const place = originalSpan(context.syntax.mapped, command.arguments);
  const where = unknown(context.syntax.mapped.original.slice(...place), place);
  return { where, flow, understood: false, name: 'unknown', kind: 'filter' };
}

function stageOf(
  lowered: Lowered,
  { name, row, span }: Pick<Command, 'name' | 'row' | 'span'>,
  index: number,
  { context, broken }: CommandPlace,
): Stage {
  const { mapped } = context.syntax;
  const where = lowered.where === null ? null : simplify(lowered.where);
  const own = originalSpan(mapped, trimmed(mapped.text, span));
  return {
    index,
    name: lowered.name ?? row?.canonical ?? name,
    kind: lowered.kind ?? row?.kind ?? 'shape',
    text: mapped.original.slice(...own),
    spans: [own],
    understood: worst([
      lowered.understood && !broken ? 'full' : 'partial',
      ...(lowered.queries ?? []).map((query) => query.understood),
    ]),
    where: where !== null && isAlways(where) ? null : where,
    queries: lowered.queries ?? [],
  };
}

/** A part of a text without the white space around it. */
function trimmed(text: string, [start, end]: Span): Span {
  const part = text.slice(start, end);
  const head = part.length - part.trimStart().length;
  return head === part.length ? [start, end] : [start + head, start + part.trimEnd().length];
}
