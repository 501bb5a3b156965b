import { LIMITS, nearest, not, type Span, type Value } from '@rulescope/logic';
import { type ArithmeticOperator, fault, note, OPERATOR_NAMES } from '@rulescope/logic/elastic';
import { stepName } from '@rulescope/logic/parsing';
import { castTo, type EsqlFunction, FUNCTIONS, functionNamed } from '../data/functions.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { Arithmetic, Call, Cast, Expr, Literal } from '../syntax/ast.ts';
import { ask, choiceOf } from './ask.ts';
import { calculate, foldCall } from './constants.ts';
import { keepConditions } from './counted.ts';
import { argumentText, type Choice, type Operand, resolve, throughStep } from './fields.ts';
import { IS_NULL } from './questions.ts';
import { type Place, textAt } from './scope.ts';

const UNKNOWN: Operand = { kind: 'unknown' };
const NULL: Operand = { kind: 'null' };

/** What the value of an expression is made of, as far as that is certain. */
export function operandOf(expr: Expr, place: Place): Operand {
  switch (expr.kind) {
    case 'field':
      return resolve(place.fields, expr.name);
    case 'literal':
      return literalOperand(expr);
    case 'call':
      return callOperand(expr, place);
    case 'cast':
      return castOperand(expr, place);
    case 'sign':
      return signOperand(expr, place);
    case 'arithmetic':
      return arithmeticOperand(expr, place);
    case 'list':
      return listOperand(expr.items, expr.span, place);
    case 'duration':
    case 'options':
    case 'star':
      return { kind: 'clock', text: textAt(place, expr.span) };
    case 'parameter':
      note(place, CODES.parameter, `${expr.name} is given with the request.`, expr.span);
      return UNKNOWN;
    case 'subquery':
    case 'broken':
      return UNKNOWN;
    default:
      return flagOperand(expr, place);
  }
}

/** An escaped star in a text that is no pattern, which Elasticsearch refuses, is a star as converters mean it. */
function literalOperand({ value, badEscape, inexact }: Literal): Operand {
  if (value === null) return NULL;
  if (inexact) return { kind: 'constant', value, numeral: true };
  if (!badEscape || typeof value !== 'string') return { kind: 'constant', value };
  return { kind: 'constant', value: value.replaceAll(/\\([*?])/g, '$1') };
}

function isFixed({ kind }: Operand): boolean {
  return kind === 'constant' || kind === 'clock' || kind === 'list' || kind === 'null';
}

/** Something made of several parts: unknown where one of them is, a clock where no field is among them. */
function mixed(parts: readonly Operand[], span: Span, place: Place): Operand {
  for (const part of parts) keepConditions(part, span, place);
  if (parts.some(({ kind }) => kind === 'unknown')) return UNKNOWN;
  const moving = parts.filter((part) => !isFixed(part));
  if (moving.length === 0) return { kind: 'clock', text: textAt(place, span) };
  return { kind: 'computed', name: textAt(place, span) };
}

/** The truth of a condition, as a value. */
function flagOperand(expr: Expr, place: Place): Operand {
  const when = place.lowering.condition(expr, place);
  return choiceOf(
    [
      { when, unless: not(when), value: { kind: 'constant', value: true } },
      { when: null, unless: null, value: { kind: 'constant', value: false } },
    ],
    expr.span,
    place,
  );
}

function listOperand(items: readonly Expr[], span: Span, place: Place): Operand {
  const values: Value[] = [];
  for (const item of items) {
    const operand = operandOf(item, place);
    if (operand.kind !== 'constant') return mixed([operand], span, place);
    values.push(operand.value);
  }
  return { kind: 'list', values };
}

function signOperand(expr: Expr & { readonly kind: 'sign' }, place: Place): Operand {
  const operand = operandOf(expr.operand, place);
  if (expr.sign === '+') return operand;
  if (operand.kind === 'constant' && typeof operand.value === 'number') {
    return { kind: 'constant', value: -operand.value };
  }
  if (operand.kind === 'constant' && operand.numeral === true) {
    const written = String(operand.value);
    const value = written.startsWith('-') ? written.slice(1) : `-${written}`;
    return { kind: 'constant', value, numeral: true };
  }
  return through('negate', operand) ?? mixed([operand], expr.span, place);
}

function arithmeticOperand({ first, rest, span }: Arithmetic, place: Place): Operand {
  let float = isFloat(first);
  let total = operandOf(first, place);
  for (const { operator, operand } of rest) {
    const right = operandOf(operand, place);
    float ||= isFloat(operand);
    total = combined(operator, total, right, float, span, place);
  }
  return total;
}

const COMMUTES: ReadonlySet<ArithmeticOperator> = new Set(['+', '*']);

function combined(
  operator: ArithmeticOperator,
  left: Operand,
  right: Operand,
  float: boolean,
  span: Span,
  place: Place,
): Operand {
  if (left.kind === 'constant' && right.kind === 'constant') {
    const value = calculate(operator, left.value, right.value, float);
    if (value !== null) return { kind: 'constant', value };
  }
  const turned = COMMUTES.has(operator) && isFixed(left);
  const parts = turned ? [right, left] : [left, right];
  const step = stepName(OPERATOR_NAMES[operator], parts.map(argumentText));
  const field = isFixed(right) ? left : right;
  if (field.kind === 'field' && (isFixed(left) || isFixed(right))) {
    return through(step, field) ?? mixed([field], span, place);
  }
  return mixed([left, right], span, place);
}

function isFloat(expr: Expr): boolean {
  return expr.kind === 'literal' && expr.float;
}

function castOperand({ operand, types, span }: Cast, place: Place): Operand {
  let value = operandOf(operand, place);
  for (const type of types) {
    const name = castTo(type);
    if (name === null) {
      fault(place, CODES.badArguments, `ES|QL has no type ${type.slice(0, 40)}.`, span);
      return UNKNOWN;
    }
    value = through(name, value) ?? mixed([value], span, place);
  }
  return value;
}

/** A value after a function, as `stepName` names it; null where that is not followed. */
function through(name: string, operand: Operand): Operand | null {
  switch (operand.kind) {
    case 'field':
      return throughStep(operand, name);
    case 'constant': {
      const value = foldCall(name, [operand.value]);
      return value === null ? null : { kind: 'constant', value };
    }
    case 'null':
      return operand;
    case 'choice': {
      const options: Choice[] = [];
      for (const option of operand.options) {
        const value = through(name, option.value);
        if (value === null) return null;
        options.push({ ...option, value });
      }
      return { ...operand, options };
    }
    default:
      return null;
  }
}

const FUNCTION_NAMES = FUNCTIONS.map((row) => row.name);

/** The function of a call; null where there is none, which is reported. */
export function knownFunction({ name, span }: Call, place: Place): EsqlFunction | null {
  const known = functionNamed(name);
  if (known !== null) return known;
  if (name.startsWith('?')) {
    note(place, CODES.parameter, `The function ${name.slice(0, 60)} is given with the request.`, span);
    return null;
  }
  // What is not listed any more needs no advice, which costs time.
  const listed = (place.lowering.to.counts.get(CODES.unknownFunction.code) ?? 0) < LIMITS.diagnostics;
  const meant = listed ? nearest(name, FUNCTION_NAMES) : null;
  const advice = meant === null ? '' : ` Is ${meant} meant?`;
  fault(place, CODES.unknownFunction, `ES|QL has no function ${name.slice(0, 60)}.${advice}`, span);
  return null;
}

function callOperand(call: Call, place: Place): Operand {
  const known = knownFunction(call, place);
  switch (known?.kind) {
    case undefined:
      return UNKNOWN;
    case 'condition':
      return flagOperand(call, place);
    case 'choice':
      return known?.name === 'case' ? caseOperand(call, place) : coalesceOperand(call, place);
    case 'aggregate':
      for (const arg of call.args) keepConditions(operandOf(arg, place), arg.span, place);
      return { kind: 'computed', name: textAt(place, call.span) };
    default:
      return valueOperand(known?.name ?? call.name, call, place);
  }
}

/** A function of one field by constants is that field through the function. */
function valueOperand(name: string, { args, span }: Call, place: Place): Operand {
  const parts = args.map((arg) => operandOf(arg, place));
  const constants = parts.flatMap((part) => (part.kind === 'constant' ? [part.value] : []));
  if (constants.length === parts.length && parts.length > 0) {
    const value = foldCall(name, constants);
    if (value !== null) return { kind: 'constant', value };
  }
  const extracted =
    name === 'json_extract' ? sourcePath(parts) : name === 'field_extract' ? subField(parts) : null;
  if (extracted !== null) return extracted;
  const moving = parts.filter((part) => !isFixed(part));
  const [only] = moving;
  if (moving.length !== 1 || only === undefined) return mixed(parts, span, place);
  // A function of a choice's constants and of others is not worked out.
  if (only.kind === 'choice' && parts.length > 1 && hasConstant(only)) return mixed(parts, span, place);
  return through(stepName(name, parts.map(argumentText)), only) ?? mixed(parts, span, place);
}

/** `json_extract(_source, "$.a.b")`: what the document has at a path is its field of that name. */
function sourcePath([document, path]: readonly Operand[]): Operand | null {
  if (document?.kind !== 'field' || document.name !== '_source' || document.through.length > 0) return null;
  const names =
    path?.kind === 'constant' ? /^(?:\$\.)?([\w@]+(?:\.[\w@]+)*)$/.exec(String(path.value)) : null;
  return names === null ? null : { kind: 'field', name: names[1] ?? '', through: ['json_extract'] };
}

/** `field_extract(a, "b")`: what a flattened field has at a path is its field of that name. */
function subField([root, path]: readonly Operand[]): Operand | null {
  if (root?.kind !== 'field' || root.through.length > 0 || path?.kind !== 'constant') return null;
  const names = /^(?:([\w@]+(?:\.[\w@]+)*)|\['([\w@.]+)'\])$/.exec(String(path.value));
  const name = names?.[1] ?? names?.[2];
  return name === undefined ? null : { ...root, name: `${root.name}.${name}` };
}

function hasConstant({ options }: Operand & { readonly kind: 'choice' }): boolean {
  return options.some(
    ({ value }) => value.kind === 'constant' || (value.kind === 'choice' && hasConstant(value)),
  );
}

/** `case(condition, value, …, otherwise)` (ES|QL reference, "CASE"): null where nothing holds. */
function caseOperand({ args, span }: Call, place: Place): Operand {
  const options: Choice[] = [];
  for (let i = 0; i < args.length; i += 2) {
    const [condition, value] = [args[i], args[i + 1]];
    if (condition === undefined) break;
    if (value === undefined) {
      options.push({ when: null, unless: null, value: operandOf(condition, place) });
      break;
    }
    const when = place.lowering.condition(condition, place);
    const always = 'and' in when && when.and.length === 0;
    const chosen = operandOf(value, place);
    const compares = comparesOnly(condition);
    options.push({ when: always ? null : when, unless: always ? null : not(when), compares, value: chosen });
  }
  return options.some(({ value }) => value.kind === 'unknown') ? UNKNOWN : choiceOf(options, span, place);
}

/** Whether a condition is made of `==` and `in` alone: null where a field has several values ("Multivalued fields"). */
function comparesOnly(condition: Expr): boolean {
  if (condition.kind === 'and') return condition.items.every(comparesOnly);
  return (
    (condition.kind === 'comparison' && condition.operator === '==') ||
    (condition.kind === 'in' && !condition.negated)
  );
}

/** Each fallback repeats the values before it: longer ones are something computed. */
const LARGEST_FALLBACK = 100;

/** The first of several values that is not null (ES|QL reference, "COALESCE"). */
function coalesceOperand({ args, span }: Call, place: Place): Operand {
  const values = args.map((arg) => operandOf(arg, place));
  const [only] = values;
  if (values.length === 1 && only !== undefined) return only;
  const followed = values.every(
    ({ kind }) => kind === 'field' || kind === 'choice' || kind === 'constant' || kind === 'null',
  );
  const size = values.reduce((sum, value) => sum + (value.kind === 'choice' ? value.size : 1), 0);
  if (!followed || size > LARGEST_FALLBACK) return mixed(values, span, place);
  const options = values.map(
    (value, i): Choice => ({
      when: null,
      unless: i === values.length - 1 ? null : ask(value, [IS_NULL], span, place),
      unlessNull: i < values.length - 1,
      value,
    }),
  );
  return choiceOf(options, span, place);
}
