import { type Expression, type Span, simplify, unknown } from '@rulescope/logic';
import { report } from '@rulescope/logic/parsing';
import { type Effect, tabularOperator } from '../data/operators.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { Operator } from '../syntax/tree.ts';
import { aggregate, distinct, expand, extend, parse, project, rows } from './columns-of.ts';
import { lowerCondition } from './condition.ts';
import { type Context, shown, understoodOf } from './context.ts';
import { UNPARSED } from './cover.ts';
import { addFilter } from './filters.ts';
import { invokeOrEvaluate } from './invoke.ts';
import { branch, join, scan, union } from './joins.ts';
import { addSources, type Line, passedOn } from './line.ts';
import type { Env, Scope } from './scope.ts';
import { lowerSearch, searchedSources } from './search.ts';

/** What an operator leaves: the line behind it, and the filter of its stage. */
interface Applied {
  readonly line: Line;
  readonly where: Expression | null;
}

/** Applies an operator to a line, which gets a stage for it. */
export function applyOperator(operator: Operator, line: Line, scope: Scope, context: Context): Line {
  const known = tabularOperator(operator.syntax);
  const env: Env = { scope, columns: line.columns };
  const first = line.stages.length === 0;
  context.queries = [];
  context.understood = true;
  const applied =
    known === null
      ? unknownOperator(operator, line, context)
      : EFFECTS[known.effect](operator, line, env, context);
  const isSource = first && known?.effect === 'union';
  const span: Span = [applied.line.turnedFrom ?? operator.span[0], operator.span[1]];
  delete applied.line.turnedFrom;
  applied.line.stages.push({
    name: known?.name ?? UNPARSED,
    kind: isSource ? 'source' : (known?.kind ?? 'filter'),
    text: context.text.slice(...span),
    spans: [span],
    understood: understoodOf(context),
    where: applied.where === null ? null : simplify(applied.where),
    queries: context.queries,
  });
  return applied.line;
}

function unknownOperator(operator: Operator, line: Line, context: Context): Applied {
  context.understood = false;
  if (operator.syntax !== 'BadQueryOperator') {
    const message = `The operator is not known here: ${shown(operator.span, context)}`;
    report(context.to, CODES.unknownPart, message, operator.span);
  }
  return { line, where: unknown(context.text.slice(...operator.span), operator.span) };
}

/** How an operator of some effect changes the line, and what it asks of events. */
type Application = (operator: Operator, line: Line, env: Env, context: Context) => Applied;

/** Effects that ask nothing of events. */
const changing =
  (change: (operator: Operator, line: Line, env: Env, context: Context) => void): Application =>
  (operator, line, env, context) => {
    change(operator, line, env, context);
    return { line, where: null };
  };

/** Effects that lead to another line. */
const leading =
  (next: (operator: Operator, line: Line, env: Env, context: Context) => Line): Application =>
  (operator, line, env, context) => ({ line: next(operator, line, env, context), where: null });

const EFFECTS: Readonly<Record<Effect, Application>> = {
  filter,
  search,
  extend: changing(({ columns }, line, env, context) => extend(columns, line, env, context)),
  rename: changing(({ columns }, line, env, context) => extend(columns, line, env, context)),
  project: changing(({ columns }, line, env, context) => project(columns, line, env, context)),
  aggregate: changing((operator, line, env, context) => {
    aggregate(operator, line, env, context);
    if (operator.syntax === 'TopNestedOperator' || operator.syntax === 'TopHittersOperator')
      line.limited = true;
  }),
  distinct: changing(({ columns }, line, env, context) => distinct(columns, line, env, context)),
  limit: changing((_, line) => {
    line.limited = true;
  }),
  expand: changing(expand),
  parse: changing(parse),
  rows: changing(rows),
  join: leading(join),
  union: leading(union),
  branch: changing(branch),
  call: leading(invokeOrEvaluate),
  other,
  same: changing(nameLine),
};

function filter(operator: Operator, line: Line, env: Env, context: Context): Applied {
  const [condition] = operator.columns;
  const where = condition === undefined ? null : lowerCondition(condition, env, context);
  if (where !== null) addFilter(line, simplify(where));
  return { line, where };
}

function search(operator: Operator, line: Line, env: Env, context: Context): Applied {
  addSources(line, searchedSources(operator.tables));
  const [condition] = operator.columns;
  const hasCase = operator.variant === 'case_sensitive';
  const where = condition === undefined ? null : lowerSearch(condition, hasCase, env, context);
  if (where !== null) addFilter(line, simplify(where));
  return { line, where };
}

/** `as Name`: the line so far can be asked for by it. Other operators of this effect change nothing. */
function nameLine(operator: Operator, line: Line, env: Env): void {
  const [name] = operator.names;
  if (operator.syntax !== 'AsOperator' || name === undefined) return;
  const value = { kind: 'line', line: passedOn(line) } as const;
  env.scope.names.set(name, { name, value, env, declared: false });
}

/** The rows are no longer events: what is asked behind is asked of something computed. */
function other(operator: Operator, line: Line, env: Env, context: Context): Applied {
  if (operator.syntax === 'ScanOperator') {
    scan(operator, line, env, context);
    return { line, where: null };
  }
  // facet ... with (…): what each facet's rows go through.
  if (operator.syntax === 'FacetOperator') branch(operator, line, env, context);
  line.grouped = true;
  line.columns = { known: new Map(), rest: 'computed', rights: [] };
  const [condition] = operator.columns;
  const isGraph = operator.syntax.startsWith('Graph');
  const inner: Env = { scope: env.scope, columns: line.columns };
  return {
    line,
    where: isGraph && condition !== undefined ? lowerCondition(condition, inner, context) : null,
  };
}
