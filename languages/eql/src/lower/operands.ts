import type { Value } from '@rulescope/logic';
import { nearest } from '@rulescope/logic';
import { fault, note, OPERATOR_NAMES } from '@rulescope/logic/elastic';
import { FIELD_PLACE, stepArgument, stepName } from '@rulescope/logic/parsing';
import { FUNCTIONS, functionNamed } from '../data/functions.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { Arithmetic, Call, Expr } from '../syntax/ast.ts';
import { calculate, constantOf } from './constants.ts';
import type { Scope } from './scope.ts';

/** What one side of a comparison is. */
export type Operand =
  | { readonly kind: 'constant'; readonly value: Value | null }
  /** A field, and the functions around it, innermost first. */
  | { readonly kind: 'field'; readonly name: string; readonly through: readonly string[] }
  /** True or false: a comparison in parentheses, a function that answers yes or no. */
  | { readonly kind: 'condition'; readonly expr: Expr }
  /** Worked out from several fields: no test says it. */
  | { readonly kind: 'computed' }
  /** Not readable, which was said already. */
  | { readonly kind: 'broken' };

const COMPUTED: Operand = { kind: 'computed' };
const BROKEN: Operand = { kind: 'broken' };
const PLAIN: readonly string[] = [];

/** What an expression stands for on one side of a comparison. */
export function operandOf(expr: Expr, scope: Scope): Operand {
  switch (expr.kind) {
    case 'literal':
      return { kind: 'constant', value: expr.value };
    case 'field':
      return { kind: 'field', name: fieldName(expr.name, scope, expr.span), through: PLAIN };
    case 'sign': {
      const constant = constantOf(expr);
      if (constant !== null) return { kind: 'constant', value: constant.value };
      const operand = operandOf(expr.operand, scope);
      return expr.sign === '+' ? operand : around('negate', [operand]);
    }
    case 'arithmetic': {
      const constant = constantOf(expr);
      if (constant !== null) return { kind: 'constant', value: constant.value };
      return arithmeticOperand(expr, scope);
    }
    case 'call':
      return callOperand(expr, scope);
    case 'broken':
      return BROKEN;
    default:
      return { kind: 'condition', expr };
  }
}

function callOperand(call: Call, scope: Scope): Operand {
  const known = functionNamed(call.name);
  if (known?.gives === 'condition') return { kind: 'condition', expr: call };
  if (!isKnownCall(call, scope) || known === null) return BROKEN;
  const constant = constantOf(call);
  if (constant !== null) return { kind: 'constant', value: constant.value };
  const name = call.caseless ? `${known.name}~` : known.name;
  return around(
    name,
    call.args.map((arg) => operandOf(arg, scope)),
  );
}

/** A chain is read from left to right: what stands before an operator is its first argument. */
function arithmeticOperand({ first, rest }: Arithmetic, scope: Scope): Operand {
  let total = operandOf(first, scope);
  let constant = constantOf(first);
  for (const { operator, operand } of rest) {
    const right = operandOf(operand, scope);
    const known = constant === null ? null : constantOf(operand);
    constant = constant === null || known === null ? null : calculate(operator, constant, known);
    total =
      constant === null
        ? around(OPERATOR_NAMES[operator], [total, right])
        : { kind: 'constant', value: constant.value };
  }
  return total;
}

/** One field among constants keeps its name, the function noted with them; any other mixture is computed. */
function around(name: string, parts: readonly Operand[]): Operand {
  const fields = parts.filter((part) => part.kind === 'field');
  const [field] = fields;
  if (parts.some(({ kind }) => kind === 'broken')) return BROKEN;
  if (field === undefined || fields.length > 1 || parts.some(({ kind }) => !SIMPLE.has(kind)))
    return COMPUTED;
  const ordered = COMMUTES.has(name) ? [field, ...parts.filter((part) => part !== field)] : parts;
  const given = ordered.map((part) => (part.kind === 'constant' ? stepArgument(part.value) : FIELD_PLACE));
  return { ...field, through: [...field.through, stepName(name, given)] };
}

/** Functions of numbers that do not ask which argument comes first. */
const COMMUTES: ReadonlySet<string> = new Set(['add', 'multiply']);

const SIMPLE: ReadonlySet<Operand['kind']> = new Set(['constant', 'field']);

/** Whether a function exists and takes that many arguments; what is wrong is reported. */
export function isKnownCall(call: Call, scope: Scope): boolean {
  const known = functionNamed(call.name);
  if (known === null) {
    const meant = nearest(
      call.name,
      FUNCTIONS.map(({ name }) => name),
    );
    const advice = meant === null ? '' : ` Is ${meant} meant?`;
    fault(scope, CODES.unknownFunction, `EQL has no function ${call.name.slice(0, 60)}.${advice}`, call.span);
    return false;
  }
  const [least, most] = known.arguments;
  if (call.args.length < least || (most !== null && call.args.length > most)) {
    const bound = most === null ? `at least ${least}` : least === most ? `${least}` : `${least} to ${most}`;
    fault(
      scope,
      CODES.badArguments,
      `${known.name} takes ${bound} arguments, not ${call.args.length}.`,
      call.span,
    );
    return false;
  }
  if (known.dialect === 'endgame')
    note(scope, CODES.endgameSyntax, `Elasticsearch has no function ${known.name}.`, call.span);
  return true;
}

/** `c-uri`: fields that only hyphens are between, taken for one whose name holds them; null for anything else. */
export function hyphenatedField(expr: Expr, scope: Scope): Operand | null {
  if (expr.kind !== 'arithmetic') return null;
  let end: number | null = null;
  for (const part of [expr.first, ...expr.rest.map(({ operand }) => operand)]) {
    if (part.kind !== 'field' || (end !== null && part.span[0] !== end + 1)) return null;
    end = part.span[1];
  }
  const name = scope.lowering.text.slice(...expr.span);
  if (!/^[\w.@-]+$/.test(name)) return null;
  note(scope, CODES.hyphen, `Write \`${name.slice(0, 60)}\` between backticks.`, expr.span);
  return { kind: 'field', name, through: PLAIN };
}

/** The name of a field, with what a variable of an array search stands for in its place. */
export function fieldName(name: string, scope: Scope, span: readonly [number, number]): string {
  const { variables } = scope;
  if (variables.size === 0 && !name.startsWith('$')) return name;
  const end = name.search(/[.[]/);
  const variable = end < 0 ? name : name.slice(0, end);
  const path = variables.get(variable);
  if (path !== undefined) return end < 0 ? path : path + name.slice(end);
  if (name.startsWith('$')) {
    fault(scope, CODES.unknownVariable, `Nothing declares ${variable.slice(0, 60)}.`, span);
  }
  return name;
}
