import { not, type Value } from '@rulescope/logic';
import { stepArgument, stepName } from '@rulescope/logic/parsing';
import { FUNCTIONS } from '../data/functions.ts';
import type { EvalNode } from '../syntax/ast.ts';
import { type EvalPlace, lowerCondition, lowerSubsearch } from './condition.ts';
import { type Choice, type Operand, resolve } from './fields.ts';
import { ask, choiceOf } from './operand.ts';
import { sayUnknownMacro } from './search.ts';
import { throughStep } from './steps.ts';
import { IS_NULL } from './tests.ts';

const UNKNOWN: Operand = { kind: 'unknown' };

/** What the value of an expression is made of, as far as that is certain. */
export function operandOf(node: EvalNode, place: EvalPlace): Operand {
  switch (node.kind) {
    case 'field':
      return resolve(place.fields, node.name);
    case 'string':
      return { kind: 'constant', value: node.value };
    case 'number':
      return { kind: 'constant', value: node.value };
    case 'call':
      return callOperand(node, place);
    case 'binary':
      return binaryOperand(node, place);
    case 'negative':
      return computed([operandOf(node.item, place)], node, place);
    case 'subsearch':
      lowerSubsearch(node, place);
      return UNKNOWN;
    case 'macro':
      sayUnknownMacro(node, place.context);
      return UNKNOWN;
    case 'bad':
      return UNKNOWN;
    case 'and':
    case 'or':
    case 'xor':
    case 'not':
    case 'in':
      return flagOperand(node, place);
  }
}

/** The constant that an operand is; null for any other. */
export function constantOf(operand: Operand): Value | null {
  return operand.kind === 'constant' ? operand.value : null;
}

function textOf(node: EvalNode, place: EvalPlace): string {
  return place.context.syntax.mapped.text.slice(...node.span);
}

/** Something made of several parts: unknown where one of them is, a clock's text where no field is among them. */
function computed(parts: readonly Operand[], node: EvalNode, place: EvalPlace): Operand {
  const text = textOf(node, place);
  if (parts.some(({ kind }) => kind === 'unknown')) return UNKNOWN;
  return parts.every(isFixed) ? { kind: 'clock', text } : { kind: 'computed', name: text };
}

function isFixed({ kind }: Operand): boolean {
  return kind === 'constant' || kind === 'clock';
}

function argumentsOf(node: Call, place: EvalPlace): readonly Operand[] {
  return node.arguments.map((argument) => operandOf(argument, place));
}

type Binary = EvalNode & { readonly kind: 'binary' };

function binaryOperand(node: Binary, place: EvalPlace): Operand {
  const parts = [operandOf(node.left, place), operandOf(node.right, place)] as const;
  const [left, right] = parts.map(constantOf);
  const value = left == null || right == null ? null : fold(node.operator, left, right);
  return value === null ? computed(parts, node, place) : { kind: 'constant', value };
}

/** Arithmetic on constants; null where it has no result. */
function fold(operator: Binary['operator'], left: Value, right: Value): Value | null {
  if (operator === '.' || (operator === '+' && (typeof left === 'string' || typeof right === 'string'))) {
    return `${left}${right}`;
  }
  if (typeof left !== 'number' || typeof right !== 'number') return null;
  const results: Partial<Record<Binary['operator'], number>> = {
    '+': left + right,
    '-': left - right,
    '*': left * right,
    '/': left / right,
    '%': left % right,
  };
  const result = results[operator];
  return result !== undefined && Number.isFinite(result) ? result : null;
}

type Call = EvalNode & { readonly kind: 'call' };

function callOperand(node: Call, place: EvalPlace): Operand {
  switch (node.name) {
    case 'true':
    case 'false':
      return { kind: 'constant', value: node.name === 'true' };
    case 'null':
      return { kind: 'choice', options: [] };
    case 'if':
      return ifOperand(node, place);
    case 'case':
      return caseOperand(node, place);
    case 'coalesce':
      return coalesceOperand(node, place);
    default:
      break;
  }
  const row = FUNCTIONS.get(node.name);
  if (row === undefined) return UNKNOWN;
  if (row.kind === 'value') return throughOperand(node, place);
  if (row.kind === 'condition') {
    return flagOperand(node, place);
  }
  return computed(argumentsOf(node, place), node, place);
}

/** The truth of a condition, as a value. */
function flagOperand(node: EvalNode, place: EvalPlace): Operand {
  const when = lowerCondition(node, place);
  const options: readonly Choice[] = [
    { when, unless: not(when), value: { kind: 'constant', value: true } },
    { when: null, unless: null, value: { kind: 'constant', value: false } },
  ];
  return choiceOf(options, textOf(node, place));
}

/** A function of one field by constants is that field through the function; of a choice it is one of each option. */
function throughOperand(node: Call, place: EvalPlace): Operand {
  const parts = argumentsOf(node, place);
  const [operand, ...others] = parts;
  const found =
    operand !== undefined && others.every(isFixed) ? throughCall(node, operand, others, place) : null;
  return found ?? computed(parts, node, place);
}

function throughCall(
  node: Call,
  operand: Operand,
  others: readonly Operand[],
  place: EvalPlace,
): Operand | null {
  switch (operand.kind) {
    case 'field':
      return throughStep(operand, stepName(node.name, others.map(printArgument)), textOf(node, place));
    case 'constant':
      // `trim(x, "-")` and `tostring(x, "hex")` are not what they are without their second argument.
      return others.length === 0 ? foldCall(node.name, operand.value) : null;
    case 'choice': {
      const options: Choice[] = [];
      for (const option of operand.options) {
        const value = option.value.kind === 'choice' ? null : throughCall(node, option.value, others, place);
        if (value === null) return null;
        options.push({ ...option, value });
      }
      return options.length === 0 ? null : { kind: 'choice', options };
    }
    default:
      return null;
  }
}

function printArgument(argument: Operand): string {
  if (argument.kind === 'clock') return argument.text;
  return stepArgument(constantOf(argument));
}

function foldCall(name: string, value: Value): Operand | null {
  const text = String(value);
  switch (name) {
    case 'lower':
      return { kind: 'constant', value: text.toLowerCase() };
    case 'upper':
      return { kind: 'constant', value: text.toUpperCase() };
    case 'trim':
      return { kind: 'constant', value: text.trim() };
    case 'len':
      return { kind: 'constant', value: text.length };
    case 'tonumber':
      return text.trim() !== '' && Number.isFinite(Number(text))
        ? { kind: 'constant', value: Number(text) }
        : null;
    case 'tostring':
      return { kind: 'constant', value: text };
    default:
      return null;
  }
}

function ifOperand(node: Call, place: EvalPlace): Operand {
  const [condition, yes, no] = node.arguments;
  if (condition === undefined || yes === undefined) return UNKNOWN;
  const when = lowerCondition(condition, place);
  const first: Choice = { when, unless: not(when), value: operandOf(yes, place) };
  const otherwise: readonly Choice[] =
    no === undefined ? [] : [{ when: null, unless: null, value: operandOf(no, place) }];
  return choiceOf([first, ...otherwise], textOf(node, place));
}

function caseOperand(node: Call, place: EvalPlace): Operand {
  const options: Choice[] = [];
  for (let i = 0; i + 1 < node.arguments.length; i += 2) {
    const [condition, value] = [node.arguments[i], node.arguments[i + 1]];
    if (condition === undefined || value === undefined) break;
    const when = lowerCondition(condition, place);
    const always = 'and' in when && when.and.length === 0;
    options.push({
      when: always ? null : when,
      unless: always ? null : not(when),
      value: operandOf(value, place),
    });
  }
  return choiceOf(options, textOf(node, place));
}

/** The first of several values that is there. */
function coalesceOperand(node: Call, place: EvalPlace): Operand {
  const values = argumentsOf(node, place);
  const [only] = values;
  if (values.length === 1 && only !== undefined) return only;
  if (values.some(({ kind }) => kind !== 'field' && kind !== 'constant'))
    return computed(values, node, place);
  const options = values.map(
    (value): Choice => ({
      when: null,
      unless: value.kind === 'constant' ? null : ask(value, [IS_NULL], node.span, place.context),
      value,
    }),
  );
  return choiceOf(options, textOf(node, place));
}
