import type { Diagnostic, Expression, LocatedQuery, Span, Understood } from '@rulescope/logic';
import { simplify } from '@rulescope/logic';
import {
  childReporter,
  queryOf,
  type Reporter,
  report,
  ruleBudget,
  type TextBudget,
} from '@rulescope/logic/parsing';
import { predicateFunction } from '../data/functions.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { Group } from '../syntax/groups.ts';
import type { Token } from '../syntax/tokens.ts';
import type { Expr, Statement } from '../syntax/tree.ts';
import { sourceColumns } from './columns.ts';
import { lowerCondition } from './condition.ts';
import { type Context, understoodOf } from './context.ts';
import { coverTokens } from './cover.ts';
import { addFilter } from './filters.ts';
import { emptyLine, type Line, numbered, type StageParts, whereOf } from './line.ts';
import { declare, type Env, type Scope } from './scope.ts';
import { lowerTable } from './table.ts';

/** What the queries of one text share. */
export interface TextContext {
  readonly tokens: readonly Token[];
  /** Every name that is written in the text. */
  readonly named: ReadonlySet<string>;
  readonly faults: readonly Span[];
  readonly budget: TextBudget;
  readonly isBuiltIn: (name: string) => boolean;
  readonly to: Reporter;
}

/** Lowers one query of a text with the statements that belong to it. `scope` gets the names that they define. */
export function lowerGroup(group: Group, scope: Scope, shared: TextContext): LocatedQuery {
  const to = childReporter(shared.to);
  const context: Context = {
    text: to.text,
    to,
    budget: ruleBudget(shared.budget),
    lower: { condition: lowerCondition, table: lowerTable },
    isBuiltIn: shared.isBuiltIn,
    active: new Set(),
    named: shared.named,
    queries: [],
    negated: false,
    expansion: null,
    understood: true,
  };
  const env: Env = { scope, columns: sourceColumns() };
  const before: StageParts[] = [];
  const behind: StageParts[] = [];
  let line = emptyLine();
  let asked = false;
  for (const statement of group.statements) {
    if (statement.kind === 'query') {
      line = lowerStatement(statement.expression, env, context);
      asked = true;
      continue;
    }
    declareNames(statement, env);
    (asked ? behind : before).push(declareStage(statement, context));
  }
  const stages = coverTokens(
    [...before, ...line.stages, ...behind],
    group.span,
    shared.tokens,
    shared.faults,
    to.text,
  );
  return {
    id: null,
    ...queryOf({
      language: 'kql',
      sources: line.sources,
      where: whereOf(line),
      stages: numbered(stages),
      diagnostics: onceEach([...ofGroup(shared.to.diagnostics, group, to.text), ...to.diagnostics]),
    }),
    offset: group.span[0],
    standalone: true,
  };
}

/** What the parser has said of the group's part of the text. */
function ofGroup(
  found: readonly Diagnostic[],
  { span: [start, end] }: Group,
  text: string,
): readonly Diagnostic[] {
  return found.filter(({ span: [at] }) => start <= at && (at < end || end === text.length));
}

/** A body that is used often is lowered often: what is said of it is said once. */
function onceEach(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return found.filter(({ code, message, span }) => {
    const key = `${code} ${span.join(' ')} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

function declareNames(statement: Exclude<Statement, { kind: 'query' }>, env: Env): void {
  for (const one of statement.kind === 'let' ? [statement] : statement.defines) declare(env, one);
}

/** A `let` says what a name means; what comes of it is shown where the name is used. */
function declareStage(statement: Exclude<Statement, { kind: 'query' }>, context: Context): StageParts {
  const understood: Understood = 'full';
  return {
    name: statement.kind === 'let' ? 'let' : statement.name,
    kind: 'declare',
    text: context.text.slice(...statement.span),
    spans: [statement.span],
    understood,
    where: null,
    queries: [],
  };
}

/** The statement that asks for rows: a table with its operators, or a condition alone. */
function lowerStatement(expr: Expr, env: Env, context: Context): Line {
  return isCondition(expr) ? lowerBareCondition(expr, env, context) : lowerTable(expr, env, context);
}

function isCondition(expr: Expr): boolean {
  switch (expr.kind) {
    case 'comparison':
    case 'logic':
    case 'between':
    case 'text':
      return true;
    case 'call':
      return predicateFunction(expr.name) !== null;
    default:
      return false;
  }
}

function lowerBareCondition(expr: Expr, env: Env, context: Context): Line {
  const line = emptyLine();
  report(context.to, CODES.noTable, 'The text is a condition alone: no table is named.', expr.span);
  const where: Expression = simplify(lowerCondition(expr, env, context));
  addFilter(line, where);
  line.stages.push({
    name: 'where',
    kind: 'filter',
    text: context.text.slice(...expr.span),
    spans: [expr.span],
    understood: understoodOf(context),
    where,
    queries: context.queries,
  });
  return line;
}
