import { type Source, type Span, simplify } from '@rulescope/logic';
import { report } from '@rulescope/logic/parsing';
import { isAsimParser } from '../data/asim.ts';
import { isPlaceOfTables, isTablePassedOn, isWatchlist, namesTable } from '../data/functions.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { CallExpr, Expr } from '../syntax/tree.ts';
import { asimConditions } from './asim.ts';
import { computedColumn, copyColumns } from './columns.ts';
import { type Context, understoodOf, within } from './context.ts';
import { addFilter } from './filters.ts';
import { callEnv } from './functions.ts';
import { addSources, emptyLine, type Line, nestedQuery } from './line.ts';
import { operandOf } from './operand.ts';
import { type Binding, type Env, lookUp } from './scope.ts';

/** The line that starts with a table, a function, or a name that stands for one; `span` is the source's place. */
export function lowerSource(expr: Expr, env: Env, span: Span, context: Context): Line {
  switch (expr.kind) {
    case 'pipe':
    case 'function':
      return context.lower.table(expr, env, context);
    case 'name':
      return sourceOfName(expr.name, env, span, context);
    case 'call':
      return sourceOfCall(expr, env, span, context);
    case 'member':
      return sourceOfMember(expr, span, context);
    case 'qualified':
      return lowerSource(expr.of, env, span, context);
    case 'datatable': {
      const line = sourceLine([], span, context);
      line.columns.rest = 'computed';
      for (const name of expr.columns) line.columns.known.set(name, computedColumn(name));
      return line;
    }
    case 'externaldata':
      return sourceLine(
        expr.urls.map((value) => ({ kind: 'externaldata', value })),
        span,
        context,
      );
    case 'assign':
      return lowerSource(expr.value, env, span, context);
    case 'bad':
      context.understood = false;
      return unreadable(span, context);
    default:
      return sourceLine([], span, context);
  }
}

function unreadable(span: Span, context: Context): Line {
  const line = sourceLine([], span, context);
  const [stage] = line.stages.splice(0, 1);
  if (stage !== undefined) line.stages.push({ ...stage, understood: 'partial' });
  return line;
}

/** A line of one stage that names where events are kept. */
function sourceLine(sources: readonly Source[], span: Span, context: Context): Line {
  const line = emptyLine();
  addSources(line, sources);
  line.stages.push({
    name: 'source',
    kind: 'source',
    text: context.text.slice(...span),
    spans: [span],
    understood: 'full',
    where: null,
    queries: [],
  });
  return line;
}

function sourceOfName(name: string, env: Env, span: Span, context: Context): Line {
  const binding = lookUp(env.scope, name);
  if (binding !== null) {
    const { value } = binding;
    if (value.kind === 'line') return passedLine(value.line, span, context);
    const body = value.kind === 'function' ? value.body : value;
    const call: CallExpr = { kind: 'call', name, args: [], span };
    const called = value.kind === 'function' ? callEnv(call, env) : null;
    if (body !== null) {
      const found = inlined(binding, body, called?.env ?? binding.env, span, context);
      if (found !== null) return found;
    }
  }
  return sourceLine([{ kind: 'table', value: name }], span, context);
}

/** A table that the text defines elsewhere: a query inside of the stage that uses it. */
function inlined(binding: Binding, body: Expr, env: Env, span: Span, context: Context): Line | null {
  const inner = within(binding, null, span, context, () => context.lower.table(body, env, context));
  if (inner === null) return null;
  const line = passedLine(inner, span, context);
  const [stage] = line.stages.splice(0, 1);
  const query = nestedQuery(inner, context);
  const understood = query.understood === 'full' ? 'full' : 'partial';
  if (stage !== undefined) line.stages.push({ ...stage, understood, queries: [query] });
  return line;
}

/** A line that goes on from another one, whose stages are elsewhere. */
function passedLine(from: Line, span: Span, context: Context): Line {
  const line = sourceLine(from.sources, span, context);
  line.filters = [...from.filters];
  line.columns = copyColumns(from.columns);
  line.grouped = from.grouped;
  line.limited = from.limited;
  return line;
}

function sourceOfCall(expr: CallExpr, env: Env, span: Span, context: Context): Line {
  const name = expr.name.toLowerCase();
  const [first] = expr.args;
  if (isTablePassedOn(name) && first !== undefined) return lowerSource(first, env, span, context);
  const called = callEnv(expr, env);
  if (called !== null) {
    const found = inlined(called.binding, called.body, called.env, span, context);
    if (found !== null) return found;
  }
  if (namesTable(name) || isWatchlist(name)) {
    const given = first === undefined ? null : operandOf(first, env, context);
    const value =
      given?.kind === 'constant' ? String(given.value) : context.text.slice(...(first?.span ?? expr.span));
    return sourceLine([{ kind: isWatchlist(name) ? 'watchlist' : 'table', value }], span, context);
  }
  if (!context.isBuiltIn(expr.name)) {
    const message = `"${expr.name}" is a function of the workspace: what it reads is not known here.`;
    report(context.to, CODES.notDefinedHere, message, span);
  }
  const line = sourceLine([{ kind: 'function', value: expr.name }], span, context);
  return isAsimParser(expr.name) ? filteredByParser(line, expr, env, context) : line;
}

/** The parameters of an ASIM parser are conditions of the stage that names it. */
function filteredByParser(line: Line, expr: CallExpr, env: Env, context: Context): Line {
  const { queries, understood } = context;
  context.queries = [];
  context.understood = true;
  const where = asimConditions(expr, { scope: env.scope, columns: line.columns }, context);
  const [stage] = line.stages.splice(0, 1);
  if (stage !== undefined) {
    const own = where === null ? null : simplify(where);
    line.stages.push({ ...stage, understood: understoodOf(context), where: own, queries: context.queries });
    if (own !== null) addFilter(line, own);
  }
  context.queries = queries;
  context.understood = understood;
  return line;
}

/** workspace("x").T and database("d").T are the table T; `a.b` is the table b of the database a. */
function sourceOfMember(expr: Extract<Expr, { kind: 'member' }>, span: Span, context: Context): Line {
  let base: Expr = expr.base;
  while (base.kind === 'member' || base.kind === 'qualified') base = base.base;
  if (base.kind === 'call' && !isPlaceOfTables(base.name)) {
    report(context.to, CODES.notDefinedHere, `"${base.name}" is not defined in the text.`, span);
  }
  return sourceLine([{ kind: 'table', value: expr.name }], span, context);
}
