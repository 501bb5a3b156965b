import { FIELD_PLACE, stepName } from '@rulescope/logic/parsing';
import {
  functionName,
  isConversion,
  isOfRow,
  isTablePassedOn,
  isTransparent,
  isWholeRow,
  isWindowFunction,
  namesColumn,
  predicateFunction,
} from '../data/functions.ts';
import type { CallExpr, Expr, Json } from '../syntax/tree.ts';
import { copyColumns, renamedByJoin, restColumn, sourceColumn } from './columns.ts';
import { type Constant, constant, fold, isList, printConstant } from './constants.ts';
import { type Context, within } from './context.ts';
import { callEnv } from './functions.ts';
import { type Env, lookUp } from './scope.ts';

/** What an expression that is compared stands for. */
export type Operand =
  | Field
  | Constant
  /** True or false, by a condition. */
  | { readonly kind: 'condition'; readonly expr: Expr; readonly env: Env }
  /** One of several values, by conditions: `iff` and `case`. */
  | Choice
  /** What a query finds. */
  | { readonly kind: 'query'; readonly expr: Expr; readonly env: Env }
  /** What only the workspace defines. */
  | { readonly kind: 'outside'; readonly name: string };

export interface Choice {
  readonly kind: 'choice';
  readonly expr: CallExpr;
  readonly env: Env;
  /** What it is called where it is shown as something computed. */
  readonly name: string;
}

/** A column of the events, with functions around it; or something that is computed, which has a name only. */
export interface Field {
  readonly kind: 'field';
  /** Null for all columns at once. */
  readonly field: string | null;
  readonly through: readonly string[];
  readonly derived: boolean;
  /** Behind a union: the columns of the events that the legs fill the name from, where they are different ones. */
  readonly legs?: readonly Field[];
}

/** What an expression stands for, names of columns and `let`s followed to what they stand for. */
export function operandOf(expr: Expr, env: Env, context: Context): Operand {
  switch (expr.kind) {
    case 'name':
      return operandOfName(expr.name, expr, env, context);
    case 'star':
      return { kind: 'field', field: null, through: [], derived: false };
    case 'text':
    case 'number':
    case 'boolean':
    case 'json':
      return constant(expr.value);
    case 'null':
      return constant(null);
    case 'written':
      return constant(expr.value, true);
    case 'member':
      return memberOf(operandOf(expr.base, env, context), expr.name, `.${expr.name}`);
    case 'element':
      return elementOf(expr, env, context);
    case 'call':
      return operandOfCall(expr, env, context);
    case 'arithmetic':
      return operandOfArithmetic(expr, env, context);
    case 'assign':
      return operandOf(expr.value, env, context);
    case 'comparison':
    case 'logic':
    case 'between':
      return conditionOf(expr, env);
    case 'pipe':
    case 'datatable':
    case 'externaldata':
    case 'qualified':
      return { kind: 'query', expr, env };
    case 'bad':
      context.understood = false;
      return { kind: 'outside', name: 'What is missing' };
    case 'function':
      return { kind: 'outside', name: context.text.slice(...expr.span) };
  }
}

function operandOfName(name: string, expr: Expr, env: Env, context: Context): Operand {
  const known = env.columns.known.get(name);
  if (known !== undefined) return known;
  const binding = lookUp(env.scope, name);
  if (binding !== null) {
    const { value, env: home } = binding;
    if (value.kind === 'line') return { kind: 'query', expr, env };
    const found = within(binding, expr.span, expr.span, context, () => operandOf(value, home, context));
    if (found !== null) return binding.declared ? fromLet(found, name, expr, env) : found;
  }
  const renamed = renamedByJoin(env.columns, name, context.named);
  if (renamed !== null) return renamed;
  return restColumn(env.columns, name);
}

/** What came of a `let` is said to; a table is looked up by its name where it is used. */
function fromLet(found: Operand, name: string, expr: Expr, env: Env): Operand {
  if (found.kind === 'constant') return { ...found, via: `let:${name}` };
  return found.kind === 'query' ? { kind: 'query', expr, env } : found;
}

/** A part of what an operand is; `suffix` is how the part is written behind it. */
function memberOf(base: Operand, name: string, suffix: string): Operand {
  if (base.kind === 'constant') {
    const { value } = base;
    const part = isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    return part === undefined ? constant(null) : { ...base, value: part };
  }
  if (base.kind === 'choice')
    return { kind: 'field', field: `${base.name}${suffix}`, through: [], derived: true };
  return base.kind === 'field' ? withLegs(base, (field) => memberOfField(field, suffix)) : base;
}

function memberOfField(base: Field, suffix: string): Field {
  if (base.through.every(isConversion)) {
    return { ...base, field: `${base.field ?? '*'}${suffix}`, through: [] };
  }
  const last = base.through.at(-1) ?? '';
  return { ...base, through: [...base.through.slice(0, -1), `${last}${suffix}`] };
}

/** What is made of a field is made of what each leg of a union fills it from. */
function withLegs({ legs, ...field }: Field, make: (field: Field) => Field): Field {
  return legs === undefined ? make(field) : { ...make(field), legs: legs.map(make) };
}

function isMap(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !isList(value);
}

function elementOf(expr: Extract<Expr, { kind: 'element' }>, env: Env, context: Context): Operand {
  const base = operandOf(expr.base, env, context);
  const index = operandOf(expr.index, env, context);
  if (index.kind !== 'constant') {
    return base.kind === 'field' ? withLegs(base, (field) => ({ ...field, derived: true })) : base;
  }
  const at = index.value;
  if (typeof at === 'string') return memberOf(base, at, `.${at}`);
  if (base.kind === 'constant') {
    const { value } = base;
    const part = isList(value) && typeof at === 'number' ? value.at(at) : undefined;
    return part === undefined ? constant(null) : { ...base, value: part };
  }
  if (base.kind !== 'field') return base;
  return memberOf(base, String(at), `[${String(at)}]`);
}

function operandOfCall(expr: CallExpr, env: Env, context: Context): Operand {
  const name = expr.name.toLowerCase();
  if (isTablePassedOn(name)) {
    const [inner] = expr.args;
    return inner === undefined ? { kind: 'outside', name } : { kind: 'query', expr: inner, env };
  }
  if (isOfRow(name)) return sourceColumn(`${name}()`);
  if (isWholeRow(name)) return { kind: 'field', field: null, through: [], derived: false };
  const called = callEnv(expr, env);
  if (called !== null) {
    const { binding, body } = called;
    const found = within(binding, expr.span, expr.span, context, () => operandOf(body, called.env, context));
    return found ?? { kind: 'outside', name: expr.name };
  }
  if (isCondition(expr, env, context)) return conditionOf(expr, env);
  if (isChoice(expr)) {
    const own: Env = { scope: env.scope, columns: copyColumns(env.columns) };
    return { kind: 'choice', expr, env: own, name: context.text.slice(...expr.span) };
  }
  if (namesColumn(name)) return columnNamedBy(expr, env, context);
  const args = expr.args.map((arg) => operandOf(arg, env, context));
  if (isTransparent(name) && args[0]?.kind === 'field') return args[0];
  if (name === 'extractjson' || name === 'extract_json') {
    const part = pathOf(args);
    if (part !== null) return part;
  }
  if (!context.isBuiltIn(name)) return { kind: 'outside', name: expr.name };
  return isWindowFunction(name) ? computed(expr, context) : combine(name, args, expr, context);
}

/** A condition is lowered where it is used: what columns mean by then must not change it. */
function conditionOf(expr: Expr, env: Env): Operand {
  return { kind: 'condition', expr, env: { scope: env.scope, columns: copyColumns(env.columns) } };
}

/** Whether a function answers true or false: iff() and case() do where all their branches do. */
function isCondition(expr: CallExpr, env: Env, context: Context): boolean {
  const predicate = predicateFunction(expr.name);
  if (predicate === null) return false;
  if (predicate.asks !== 'choice' && predicate.asks !== 'choices') return true;
  const otherwise = expr.args.length - 1;
  return expr.args
    .filter((_, i) => i % 2 === 1 || i === otherwise)
    .every((branch) => {
      const operand = operandOf(branch, env, context);
      return (
        operand.kind === 'condition' || (operand.kind === 'constant' && typeof operand.value === 'boolean')
      );
    });
}

/** Whether a call chooses between values, with a condition for each but the last. */
function isChoice({ name, args }: CallExpr): boolean {
  const asks = predicateFunction(name)?.asks;
  return (
    (asks === 'choice' && args.length === 3) ||
    (asks === 'choices' && args.length % 2 === 1 && args.length > 2)
  );
}

/** column_ifexists("Name", default) is the column of the name. */
function columnNamedBy(expr: CallExpr, env: Env, context: Context): Operand {
  const [given] = expr.args;
  const name = given === undefined ? null : operandOf(given, env, context);
  return name?.kind === 'constant' && typeof name.value === 'string'
    ? operandOfName(name.value, expr, env, context)
    : { kind: 'field', field: context.text.slice(...expr.span), through: [], derived: true };
}

/** extract_json("$.a.b", x) is x.a.b. */
function pathOf([path, from]: readonly Operand[]): Operand | null {
  if (path?.kind !== 'constant' || from?.kind !== 'field') return null;
  const members = /^\$((?:\.\w+)+)$/.exec(String(path.value))?.[1];
  return members === undefined ? null : memberOf(from, members, members);
}

function operandOfArithmetic(
  expr: Extract<Expr, { kind: 'arithmetic' }>,
  env: Env,
  context: Context,
): Operand {
  const operands = expr.operands.map((operand) => operandOf(operand, env, context));
  const constants = operands.filter((operand) => operand.kind === 'constant');
  if (constants.length === operands.length) {
    const printed = constants.map(printConstant);
    const text = printed.length === 1 ? `${expr.op}${printed[0] ?? ''}` : printed.join(` ${expr.op} `);
    return { ...constant(text, true), via: viaOf(constants) };
  }
  const other = operands.find(({ kind }) => kind === 'outside' || kind === 'query');
  return other ?? computed(expr, context);
}

/** A value that is computed of more than one field has no name but its text. */
function computed(expr: Expr, context: Context): Operand {
  return { kind: 'field', field: context.text.slice(...expr.span), through: [], derived: true };
}

/** Functions around a field: more are not written, save to cost time. */
const MOST_FUNCTIONS = 30;

/** What a function makes of its arguments: of constants a constant, of one field the field behind the function. */
function combine(name: string, args: readonly Operand[], expr: CallExpr, context: Context): Operand {
  const other = args.find(({ kind }) => kind === 'outside' || kind === 'query');
  if (other !== undefined) return other;
  const constants = args.filter((arg) => arg.kind === 'constant');
  if (constants.length === args.length) {
    const via = viaOf(constants);
    const value = fold(name, constants);
    if (value !== undefined) return { ...constant(value), via };
    const text =
      via === null
        ? context.text.slice(...expr.span)
        : `${expr.name}(${constants.map(printConstant).join(', ')})`;
    return { ...constant(text, true), via };
  }
  const fields = args.filter((arg) => arg.kind === 'field');
  const [first] = fields;
  // A whole row as text is the whole row.
  if (first?.field === null && args.length === 1 && isConversion(name)) return first;
  // Of a field in two places a step has no way to tell.
  const one = first !== undefined && first.field !== null && fields.length === 1;
  if (!one || fields.length + constants.length < args.length || first.through.length >= MOST_FUNCTIONS) {
    return computed(expr, context);
  }
  const given = args.map((arg) => (arg.kind === 'constant' ? printConstant(arg) : FIELD_PLACE));
  const step = stepName(functionName(name), given);
  return withLegs(first, (field) => ({ ...field, through: [...field.through, step] }));
}

function viaOf(constants: readonly Constant[]): string | null {
  return constants.find(({ via }) => via !== null)?.via ?? null;
}
