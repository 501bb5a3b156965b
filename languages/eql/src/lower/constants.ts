import type { Value } from '@rulescope/logic';
import { type ArithmeticOperator, calculated } from '@rulescope/logic/elastic';
import { functionNamed } from '../data/functions.ts';
import type { Expr } from '../syntax/ast.ts';

/** A value that the text itself gives. */
export interface Constant {
  readonly value: Value | null;
  /** A number that is no integer by its type: dividing by it does not round. */
  readonly float: boolean;
}

/** The value of an expression without fields; null for one that has fields, or that cannot be worked out. */
export function constantOf(expr: Expr): Constant | null {
  switch (expr.kind) {
    case 'literal':
      return expr;
    case 'sign': {
      const operand = constantOf(expr.operand);
      if (typeof operand?.value !== 'number') return null;
      return expr.sign === '-' ? { ...operand, value: -operand.value } : operand;
    }
    case 'arithmetic': {
      let total = constantOf(expr.first);
      for (const { operator, operand } of expr.rest) {
        const right = total === null ? null : constantOf(operand);
        total = total === null || right === null ? null : calculate(operator, total, right);
      }
      return total;
    }
    case 'call':
      return callOf(expr.name, expr.args);
    default:
      return null;
  }
}

const OPERATORS: Readonly<Record<string, ArithmeticOperator>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  modulo: '%',
};

/**
 * Division of two integers rounds (EQL syntax reference, "Math operators"). What is divided by zero, and what the
 * reference leaves open (the rest of a float, rounding below zero), is not worked out.
 */
export function calculate(operator: ArithmeticOperator, left: Constant, right: Constant): Constant | null {
  if (left.value === null || right.value === null) return { value: null, float: false };
  if (typeof left.value !== 'number' || typeof right.value !== 'number') return null;
  const float = left.float || right.float;
  const value = calculated(operator, left.value, right.value, float);
  const inexact = operator === '/' && !float && value < 0 && left.value % right.value !== 0;
  const open = inexact || (operator === '%' && float);
  return Number.isFinite(value) && !open ? { value, float } : null;
}

/** The functions of constants that rules use: arithmetic, `number`, `string`, `concat`, `length`. */
function callOf(name: string, args: readonly Expr[]): Constant | null {
  const known = functionNamed(name)?.name;
  if (known === undefined) return null;
  const values: Constant[] = [];
  for (const arg of args) {
    const value = constantOf(arg);
    if (value === null) return null;
    values.push(value);
  }
  const [first, second] = values;
  if (first === undefined) return null;
  const operator = OPERATORS[known];
  if (operator !== undefined) return second === undefined ? null : calculate(operator, first, second);
  switch (known) {
    case 'number':
      return numberOf(first.value, second?.value ?? null);
    case 'string':
      return first.value === null ? first : textConstant(String(first.value));
    case 'concat':
      return concatenated(values);
    case 'length':
      return typeof first.value === 'string' ? { value: [...first.value].length, float: false } : null;
    default:
      return null;
  }
}

/** Longer texts are not put together: no rule that a person wrote needs them. */
const LONGEST = 10_000;

function concatenated(values: readonly Constant[]): Constant | null {
  if (values.some(({ value }) => value === null)) return { value: null, float: false };
  const text = values.map(({ value }) => String(value)).join('');
  return text.length > LONGEST ? null : textConstant(text);
}

function textConstant(value: string): Constant {
  return { value, float: false };
}

/** EQL function reference, "number": surrounding space is ignored, `0x` is hexadecimal. */
function numberOf(value: Value | null, base: Value | null): Constant | null {
  if (typeof value !== 'string') return null;
  const found = /^([+-]?)(0x)?([0-9a-z.]+)$/i.exec(value.trim());
  if (found === null) return null;
  const [, sign = '', hexadecimal, digits = ''] = found;
  const radix = typeof base === 'number' ? base : hexadecimal === undefined ? 10 : 16;
  if (radix < 2 || radix > 36 || (radix !== 10 && digits.includes('.'))) return null;
  const number = radix === 10 ? Number(digits) : Number.parseInt(digits, radix);
  return Number.isNaN(number)
    ? null
    : { value: sign === '-' ? -number : number, float: digits.includes('.') };
}
