import { or, type Span } from '@rulescope/logic';
import { report } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { Expr, Operator } from '../syntax/tree.ts';
import { computedColumn, copyColumns, joinColumns, mixedNames, unionColumns } from './columns.ts';
import { lowerCondition } from './condition.ts';
import { type Context, understoodOf } from './context.ts';
import { addFilter } from './filters.ts';
import { addSources, emptyLine, type Line, nestedQuery, whereOf } from './line.ts';
import type { Env } from './scope.ts';

/** What becomes of the two sides of a join. join operator, "Join flavors". */
interface Flavour {
  /** Which side's rows go on as the line. */
  readonly keeps: 'left' | 'right';
  /** The other side must find nothing. */
  readonly anti: boolean;
}

const FLAVOURS: ReadonlyMap<string, Flavour> = new Map([
  ['leftanti', { keeps: 'left', anti: true }],
  ['anti', { keeps: 'left', anti: true }],
  ['leftantisemi', { keeps: 'left', anti: true }],
  ['rightanti', { keeps: 'right', anti: true }],
  ['rightantisemi', { keeps: 'right', anti: true }],
  ['rightsemi', { keeps: 'right', anti: false }],
]);

/** join and lookup: the main line is the left side's; the right side is a query inside of the stage. */
export function join(operator: Operator, line: Line, env: Env, context: Context): Line {
  const [table] = operator.tables;
  const { keeps, anti } = FLAVOURS.get(operator.variant ?? '') ?? { keeps: 'left', anti: false };
  const right = table === undefined ? emptyLine() : context.lower.table(table, outside(env), context);
  if (keeps === 'right') return turned(line, right, anti, operator, context);
  context.queries.push(nestedQuery(right, context, anti));
  addSources(line, right.sources);
  if (anti || operator.variant === 'leftsemi') return line;
  line.columns = joinColumns(line.columns, right.columns, keysOf(operator.by));
  // Groups get the columns of other events: what is asked of these is not asked of the ones that were grouped.
  if (line.grouped) line.limited = true;
  return line;
}

/** `on Id`, and `on $left.A == $right.B`, which names a key of each side. */
function keysOf(conditions: readonly Expr[]): readonly string[] {
  return conditions.flatMap((condition) => {
    if (condition.kind === 'name') return [condition.name];
    if (condition.kind === 'logic') return keysOf(condition.items);
    const sides = condition.kind === 'comparison' ? [condition.left, ...condition.right] : [];
    return sides.flatMap((side) =>
      side.kind === 'member' && side.base.kind === 'name' && side.base.name === '$left' ? [side.name] : [],
    );
  });
}

/** The right side of a join sees no column of the left one. */
function outside({ scope }: Env): Env {
  return { scope, columns: { known: new Map(), rest: 'source', rights: [] } };
}

/**
 * rightanti and rightsemi give rows of the right side alone: the line turns round. What was the main line until
 * here is a query inside of the join's stage, and what the right side asks for goes on.
 */
function turned(left: Line, right: Line, anti: boolean, operator: Operator, context: Context): Line {
  const line: Line = {
    ...right,
    stages: [],
    filters: [...right.filters],
    columns: copyColumns(right.columns),
  };
  addSources(line, left.sources);
  context.queries.push(nestedQuery(left, context, anti), nestedQuery(right, context));
  const [first] = left.stages.flatMap(({ spans }) => spans);
  line.turnedFrom = first?.[0] ?? operator.span[0];
  return line;
}

/** union: an event comes from one of the legs, which are queries inside of the stage. */
export function union(operator: Operator, line: Line, env: Env, context: Context): Line {
  const legs = operator.tables.map((table) => context.lower.table(table, outside(env), context));
  for (const leg of legs) context.queries.push(nestedQuery(leg, context));
  const all = line.stages.length === 0 ? legs : [line, ...legs];
  const wheres = all.map(whereOf);
  for (const leg of legs) addSources(line, leg.sources);
  const known = wheres.filter((where) => where !== null);
  line.filters = known.length < all.length || all.length === 0 ? [] : [or(known)];
  const columns = all.map((leg) => leg.columns);
  line.columns = unionColumns(columns);
  const mixed = mixedNames(line.columns);
  if (mixed.length > 0) {
    const shownNames = mixed.slice(0, 5).join(', ') + (mixed.length > 5 ? ', …' : '');
    const message = `The legs of the union fill these names from different columns: ${shownNames}.`;
    report(context.to, CODES.unionColumns, message, operator.span);
  }
  line.grouped = all.some(({ grouped }) => grouped);
  line.limited = all.some(({ limited }) => limited);
  for (const name of operator.names) line.columns.known.set(name, computedColumn(name));
  return line;
}

/** fork, partition: the rows go through queries of their own. */
export function branch(operator: Operator, line: Line, env: Env, context: Context): void {
  for (const table of operator.tables) {
    const inner: Env = { scope: env.scope, columns: copyColumns(line.columns) };
    context.queries.push(nestedQuery(context.lower.table(table, inner, context), context));
  }
  line.limited = true;
}

/** scan: rows that follow each other, each asked what its step asks; no filter holds for all of them. */
export function scan(operator: Operator, line: Line, env: Env, context: Context): void {
  for (const name of operator.names) line.columns.known.set(name, computedColumn(name));
  for (const condition of operator.columns) {
    context.queries.push(nestedQuery(stepLine(condition, line, env, context), context));
  }
  line.filters = [];
  line.limited = true;
}

function stepLine(condition: Expr, line: Line, env: Env, context: Context): Line {
  const { queries } = context;
  context.queries = [];
  const inner: Env = { scope: env.scope, columns: copyColumns(line.columns) };
  const where = lowerCondition(condition, inner, context);
  const step = emptyLine();
  const span: Span = condition.span;
  step.stages.push({
    name: 'step',
    kind: 'filter',
    text: context.text.slice(...span),
    spans: [span],
    understood: understoodOf(context),
    where,
    queries: context.queries,
  });
  addFilter(step, where);
  context.queries = queries;
  return step;
}
