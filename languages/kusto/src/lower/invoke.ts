import { report } from '@rulescope/logic/parsing';
import { FILE_PROFILE_COLUMNS } from '../data/functions.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { CallExpr, Operator } from '../syntax/tree.ts';
import { computedColumn } from './columns.ts';
import { type Context, within } from './context.ts';
import { callEnv } from './functions.ts';
import { addSources, type Line, nestedQuery, passedOn } from './line.ts';
import type { Env } from './scope.ts';

/** Functions that Defender's advanced hunting brings, which add columns to the rows. */
const ENRICHMENTS: ReadonlySet<string> = new Set([
  'fileprofile',
  'devicefromip',
  'seenby',
  'assignedipaddresses',
]);

/** Plug-ins that make groups of the rows. evaluate operator, "Evaluate plugins". */
const GROUPING: ReadonlySet<string> = new Set([
  'pivot',
  'autocluster',
  'basket',
  'diffpatterns',
  'diffpatterns_text',
  'narrow',
  'dcount_intersect',
  'rolling_percentile',
  'sliding_window_counts',
  'session_count',
  'activity_counts_metrics',
  'active_users_count',
  'funnel_sequence',
]);

/** Plug-ins whose first argument is a table that is looked up. */
const LOOKUPS: ReadonlySet<string> = new Set(['ipv4_lookup', 'ipv6_lookup']);

/** invoke: a function takes the rows; evaluate: a plug-in does. */
export function invokeOrEvaluate(operator: Operator, line: Line, env: Env, context: Context): Line {
  const [call] = operator.columns;
  if (call?.kind !== 'call') return line;
  const name = call.name.toLowerCase();
  if (operator.syntax === 'InvokeOperator') return invoke(call, line, env, context);
  const [table] = call.args;
  if (LOOKUPS.has(name) && table !== undefined) {
    const found = context.lower.table(table, env, context);
    addSources(line, found.sources);
    context.queries.push(nestedQuery(found, context));
  }
  if (GROUPING.has(name)) {
    line.grouped = true;
    line.columns = { known: new Map(), rest: 'computed', rights: [] };
  }
  return line;
}

/** The function's body goes on with the line; its first parameter stands for the rows. */
function invoke(call: CallExpr, line: Line, env: Env, context: Context): Line {
  const rows: CallExpr['args'][number] = { kind: 'name', name: '', span: call.span };
  const called = callEnv({ ...call, args: [rows, ...call.args] }, env);
  if (called === null) {
    if (call.name.toLowerCase() === 'fileprofile') {
      for (const name of FILE_PROFILE_COLUMNS) line.columns.known.set(name, computedColumn(name));
    }
    if (!ENRICHMENTS.has(call.name.toLowerCase())) {
      const message = `"${call.name}" is a function of the workspace: what it does with the rows is not known here.`;
      report(context.to, CODES.notDefinedHere, message, call.span);
    }
    return line;
  }
  const [parameter] = called.env.scope.names.keys();
  if (parameter !== undefined) {
    const value = { kind: 'line', line: passedOn(line) } as const;
    called.env.scope.names.set(parameter, { name: parameter, value, env, declared: false });
  }
  const inner = within(called.binding, null, call.span, context, () =>
    context.lower.table(called.body, called.env, context),
  );
  if (inner === null) return line;
  context.queries.push(nestedQuery(inner, context));
  addSources(line, inner.sources);
  return { ...inner, stages: line.stages, sources: line.sources };
}
