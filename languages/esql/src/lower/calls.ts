import { and, type Expression, type Value } from '@rulescope/logic';
import { fault, unknownAt } from '@rulescope/logic/elastic';
import { stepName } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { Call, Expr } from '../syntax/ast.ts';
import { ask, computed } from './ask.ts';
import { fieldTest, lowerLike } from './comparisons.ts';
import { lowerEmbedded } from './embedded.ts';
import { argumentText, type Operand, throughStep } from './fields.ts';
import { lowerMatch } from './matches.ts';
import { equalTo, type Question } from './questions.ts';
import type { Place } from './scope.ts';
import { knownFunction, operandOf } from './values.ts';

const PARTS = { starts_with: 'starts_with', ends_with: 'ends_with', contains: 'contains' } as const;

/** A call that stands as a condition (ES|QL reference, "Functions"). */
export function lowerCall(call: Call, place: Place): Expression {
  const known = knownFunction(call, place);
  if (known === null) return unknownAt(place, call.span);
  if (known.kind !== 'condition') return ask(operandOf(call, place), [equalTo(true)], call.span, place);
  switch (known.name) {
    case 'starts_with':
    case 'ends_with':
    case 'contains':
      return lowerPart(call, PARTS[known.name], place);
    case 'cidr_match':
      return lowerNetworks(call, place);
    case 'mv_contains':
      return lowerElements(call, 'all', place);
    case 'mv_intersects':
      return lowerElements(call, 'any', place);
    case 'mv_like':
    case 'mv_rlike':
      return lowerPatternCall(call, known.name === 'mv_like' ? 'like' : 'rlike', place);
    case 'mv_greater':
    case 'mv_less':
    case 'mv_in_range':
      return lowerRange(call, known.name, place);
    case 'match':
    case 'match_phrase':
      return lowerMatchCall(call, place);
    case 'kql':
    case 'qstr':
      return lowerEmbedded(call, place);
    default:
      return lowerOther(call, known.name, place);
  }
}

function missing({ name, span }: Call, what: string, place: Place): Expression {
  fault(place, CODES.badArguments, `${name} takes ${what}.`, span);
  return unknownAt(place, span);
}

/** `starts_with(field, "text")`; the text may be a field as well. */
function lowerPart(call: Call, op: (typeof PARTS)[keyof typeof PARTS], place: Place): Expression {
  const [subject, part] = call.args.map((arg) => operandOf(arg, place));
  if (subject === undefined || part === undefined || call.args.length !== 2) {
    return missing(call, 'a value and a text', place);
  }
  if (subject.kind === 'unknown' || part.kind === 'unknown') return unknownAt(place, call.span);
  if (part.kind === 'constant') {
    return ask(subject, [{ op, value: part.value, caseSensitive: true }], call.span, place);
  }
  return fieldTest(subject, `field_${op}`, part, call.span, place);
}

/** `cidr_match(address, "10.0.0.0/8", …)`: one test with the networks. */
function lowerNetworks(call: Call, place: Place): Expression {
  const [subject, ...networks] = call.args.map((arg) => operandOf(arg, place));
  if (subject === undefined || networks.length === 0) return missing(call, 'an address and networks', place);
  const values = constantsOf(networks);
  if (subject.kind === 'unknown') return unknownAt(place, call.span);
  if (values === null) return computed(place, call.span);
  const questions = values.map((value): Question => ({ op: 'cidr', value, caseSensitive: null }));
  return ask(subject, questions, call.span, place);
}

/** The constants that operands are, lists taken apart; null where one is something else. */
function constantsOf(operands: readonly Operand[]): readonly Value[] | null {
  const values: Value[] = [];
  for (const operand of operands) {
    if (operand.kind === 'constant') values.push(operand.value);
    else if (operand.kind === 'list') values.push(...operand.values);
    else return null;
  }
  return values;
}

/** `mv_contains(field, ["a", "b"])`: all of the values are among the field's; `mv_intersects`: any of them. */
function lowerElements(call: Call, quantifier: 'any' | 'all', place: Place): Expression {
  const [subject, wanted] = call.args.map((arg) => operandOf(arg, place));
  if (subject === undefined || wanted === undefined || call.args.length !== 2) {
    return missing(call, 'two lists of values', place);
  }
  if (subject.kind === 'unknown' || wanted.kind === 'unknown') return unknownAt(place, call.span);
  const values = constantsOf([wanted]);
  if (values === null || (subject.kind !== 'field' && subject.kind !== 'computed')) {
    return computed(place, call.span);
  }
  const all = quantifier === 'all' && values.length > 1 ? { quantifier } : {};
  return ask(
    subject,
    values.map((value) => equalTo(value)),
    call.span,
    place,
    all,
  );
}

/** `mv_like(field, "a*")`: any of the field's values, as `like` asks of one. */
function lowerPatternCall(call: Call, operator: 'like' | 'rlike', place: Place): Expression {
  const [field, pattern] = call.args;
  if (field === undefined || pattern === undefined || call.args.length !== 2)
    return missing(call, 'a field and a pattern', place);
  return lowerLike(
    { kind: 'like', operator, subject: field, patterns: [pattern], negated: false, span: call.span },
    place,
  );
}

/** `mv_greater(field, bound)`, `mv_in_range(field, lower, upper)`: any of the field's values, in that order. */
function lowerRange(call: Call, name: 'mv_greater' | 'mv_less' | 'mv_in_range', place: Place): Expression {
  const within = name === 'mv_in_range';
  const count = within ? 3 : 2;
  const [subject, ...bounds] = call.args.slice(0, count).map((arg) => operandOf(arg, place));
  const options = call.args[count] ?? null;
  if (subject === undefined || bounds.length !== count - 1 || call.args.length > count + 1)
    return missing(call, within ? 'a field and two bounds' : 'a field and a bound', place);
  if ([subject, ...bounds].some(({ kind }) => kind === 'unknown')) return unknownAt(place, call.span);
  const tests: Expression[] = [];
  bounds.forEach((bound, i) => {
    const lower = within ? i === 0 : name === 'mv_greater';
    const includes = flagOf(
      options,
      within ? `include_${lower ? 'lower' : 'upper'}` : 'include_bound',
      within,
    );
    const op = lower ? (includes ? 'ge' : 'gt') : includes ? 'le' : 'lt';
    if (bound.kind === 'constant')
      tests.push(ask(subject, [{ ...equalTo(bound.value, bound.numeral), op }], call.span, place));
  });
  return tests.length === bounds.length ? and(tests) : computed(place, call.span);
}

/** A truth value among named arguments. */
function flagOf(options: Expr | null, name: string, otherwise: boolean): boolean {
  if (options?.kind !== 'options') return otherwise;
  const value = options.entries.find(({ key }) => key === name)?.value;
  return value?.kind === 'literal' && typeof value.value === 'boolean' ? value.value : otherwise;
}

function lowerMatchCall(call: Call, place: Place): Expression {
  const [subject, query, options] = call.args;
  if (subject === undefined || query === undefined)
    return missing(call, 'a field and what it is to match', place);
  const phrase = call.name === 'match_phrase';
  return lowerMatch({ subject, query, options: options ?? null, span: call.span, phrase }, place);
}

/** A function that answers true or false of one field by constants is a test through it. */
function lowerOther({ args, span }: Call, name: string, place: Place): Expression {
  const operands = args.map((arg) => operandOf(arg, place));
  if (operands.some(({ kind }) => kind === 'unknown')) return unknownAt(place, span);
  const fields = operands.filter((operand) => operand.kind === 'field');
  const others = operands.filter(({ kind }) => kind === 'computed' || kind === 'choice');
  const [only] = fields;
  if (only === undefined || fields.length > 1 || others.length > 0) return computed(place, span);
  const through = throughStep(only, stepName(name, operands.map(argumentText)));
  return through === null ? computed(place, span) : ask(through, [equalTo(true)], span, place);
}
