import { report, stepName } from '@rulescope/logic/parsing';
import { choosesRow } from '../data/functions.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { Expr, Operator } from '../syntax/tree.ts';
import { computedColumn, copyColumns } from './columns.ts';
import type { Context } from './context.ts';
import { shown } from './context.ts';
import { type Line, nestedQuery } from './line.ts';
import { aggregateNames, columnName } from './names.ts';
import { type Operand, operandOf } from './operand.ts';
import type { Env } from './scope.ts';

/** extend and project-rename: each column is what its expression says of the columns before the operator. */
export function extend(columns: readonly Expr[], line: Line, env: Env, context: Context): void {
  for (const [name, operand] of defined(columns, env, context)) line.columns.known.set(name, operand);
}

/** project: only what is named goes on. */
export function project(columns: readonly Expr[], line: Line, env: Env, context: Context): void {
  const kept = defined(columns, env, context);
  const { rest, rights } = line.columns;
  line.columns = { known: new Map(kept), rest, rights };
}

/** distinct: all that goes on are the columns that it names; with a star all go on. */
export function distinct(columns: readonly Expr[], line: Line, env: Env, context: Context): void {
  if (columns.some(({ kind }) => kind === 'star')) return;
  const kept = defined(columns, env, context);
  line.columns = { known: new Map(kept), rest: 'computed', rights: [] };
  line.grouped = true;
}

/** The names that columns get, and what they stand for. */
function defined(
  columns: readonly Expr[],
  env: Env,
  context: Context,
): readonly (readonly [string, Operand])[] {
  return columns.flatMap((column) => {
    if (column.kind === 'star' || column.kind === 'bad') return [];
    if (column.kind === 'assign' && column.names.length > 1) {
      columnOperand(column.value, env, context);
      return column.names.map((name) => [name, computedColumn(name)] as const);
    }
    const name = columnName(column);
    const operand = columnOperand(column.kind === 'assign' ? column.value : column, env, context);
    return [[name, named(operand, name, column)] as const];
  });
}

/** What an expression of a column stands for; a query that it holds is one of the stage's. */
function columnOperand(expr: Expr, env: Env, context: Context): Operand {
  const operand = operandOf(expr, env, context);
  if (operand.kind === 'query' && expr.kind !== 'name') {
    context.queries.push(nestedQuery(context.lower.table(operand.expr, operand.env, context), context));
    report(
      context.to,
      CODES.subquery,
      `The column holds what a query finds: ${shown(expr.span, context)}`,
      expr.span,
    );
  }
  return operand;
}

/** Something computed is known by the name of its column. */
function named(operand: Operand, name: string, column: Expr): Operand {
  const value = column.kind === 'assign' ? column.value : column;
  const plain = value.kind === 'name' || value.kind === 'member' || value.kind === 'element';
  if (operand.kind === 'choice' && !plain) return { ...operand, name };
  return operand.kind === 'field' && operand.derived && !plain ? computedColumn(name) : operand;
}

/** summarize and its kin: the keys stay what they are, all else is computed. */
export function aggregate(operator: Operator, line: Line, env: Env, context: Context): void {
  const known = new Map<string, Operand>();
  for (const key of operator.by) {
    const value = key.kind === 'assign' ? key.value : key;
    const operand = columnOperand(value, env, context);
    const unchanged = value.kind === 'name' || value.kind === 'member' || value.kind === 'element';
    const name = columnName(key);
    known.set(name, unchanged ? operand : changedKey(operand, name));
  }
  for (const column of operator.columns) {
    // A row that is chosen keeps its columns, but which row it is was computed.
    for (const name of aggregateNames(column)) known.set(name, computedColumn(name));
    nestedOfAggregate(column, env, context);
  }
  if (operator.syntax === 'CountOperator') {
    const name = operator.names[0] ?? 'Count';
    known.set(name, computedColumn(name));
  }
  line.columns = { known, rest: 'computed', rights: [] };
  line.grouped = true;
}

/** A key that a function has made of a field: what is asked of it is asked of the field, but not of each event. */
function changedKey(operand: Operand, name: string): Operand {
  if (operand.kind !== 'field' || operand.derived) return computedColumn(name);
  return { ...operand, derived: true };
}

function nestedOfAggregate(column: Expr, env: Env, context: Context): void {
  const value = column.kind === 'assign' ? column.value : column;
  if (value.kind === 'call' && choosesRow(value.name)) return;
  if (value.kind === 'call' && value.name === 'toscalar') columnOperand(value, env, context);
}

/** mv-expand: each row holds one element, under the same name; mv-apply asks something of the elements. */
export function expand(operator: Operator, line: Line, env: Env, context: Context): void {
  const elements = defined(operator.columns, env, context);
  const [subquery] = operator.tables;
  for (const [name, operand] of elements) line.columns.known.set(name, operand);
  if (subquery === undefined) return;
  const inner: Env = { scope: env.scope, columns: copyColumns(line.columns) };
  const applied = context.lower.table(subquery, inner, context);
  context.queries.push(nestedQuery(applied, context));
  for (const [name, operand] of applied.columns.known) line.columns.known.set(name, operand);
}

/**
 * parse and its kin: what is found in a text is the field behind the operator and its pattern, with the name that it
 * gets, since two names are two parts of the text.
 */
export function parse(operator: Operator, line: Line, env: Env, context: Context): void {
  const [text] = operator.columns;
  const source = text === undefined ? null : operandOf(text, env, context);
  const step = stepName('parse', operator.pattern === '' ? [] : [operator.pattern]);
  for (const name of operator.names) {
    const found: Operand =
      source?.kind === 'field' && source.field !== null
        ? { ...source, through: [...source.through, `${step}.${name}`] }
        : computedColumn(name);
    line.columns.known.set(name, found);
  }
}

/** print, range: rows that are no events. */
export function rows(operator: Operator, line: Line, env: Env, context: Context): void {
  const printed = operator.syntax === 'PrintOperator' ? defined(operator.columns, env, context) : [];
  line.columns = { known: new Map(printed), rest: 'computed', rights: [] };
  for (const name of operator.names) line.columns.known.set(name, computedColumn(name));
}
