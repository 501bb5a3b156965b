import {
  and,
  type Expression,
  not,
  or,
  regexFault,
  type Source,
  type Span,
  unknown,
  type Value,
} from '@rulescope/logic';
import { FUNCTIONS } from '../data/functions.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { EvalNode, SubsearchNode } from '../syntax/ast.ts';
import { cursorAt, problem, syntaxContext } from '../syntax/context.ts';
import { parseSearch } from '../syntax/search-parser.ts';
import { originalSpan, unquotedText } from '../text/mapped-text.ts';
import type { LowerContext } from './context.ts';
import { eventFields, type Fields, type Operand } from './fields.ts';
import { ask, askOther, impliedExists, LARGEST_CONDITION, sizeOf } from './operand.ts';
import { lowerSearch, NO_OPTIONS, type SearchPlace, sayUnknownMacro } from './search.ts';
import { throughStep } from './steps.ts';
import {
  EXISTS,
  IS_NULL,
  isNetwork,
  likePattern,
  patternQuestion,
  type Question,
  regexQuestion,
} from './tests.ts';
import { constantOf, operandOf } from './value.ts';

/** Where an expression of eval or where stands, and what is found in it beside conditions. */
export interface EvalPlace {
  readonly context: LowerContext;
  readonly fields: Fields;
  /** True where rows are tested that no longer are events. */
  readonly derived: boolean;
  readonly queries: SearchPlace['queries'];
  /** True under an odd number of Nots; absent where there is none. */
  readonly negated?: boolean;
}

const ALWAYS: Expression = { and: [] };
const NEVER: Expression = { or: [] };

/** Lowers an expression of eval or where that is true or false. */
export function lowerCondition(node: EvalNode, place: EvalPlace): Expression {
  switch (node.kind) {
    case 'and':
      return and(node.items.map((item) => lowerCondition(item, place)));
    case 'or':
      return or(node.items.map((item) => lowerCondition(item, place)));
    case 'xor':
      return lowerExclusive(node.items, node.span, place);
    case 'not':
      return not(lowerCondition(node.item, { ...place, negated: place.negated !== true }));
    case 'binary':
      return lowerBinary(node, place);
    case 'in':
      return lowerIn(node.left, node.values, node.span, place);
    case 'call':
      return lowerCall(node, place);
    case 'field':
      return lowerFlag(node, place);
    case 'number':
    case 'string':
    case 'negative':
      return node.kind === 'number' ? (node.value === 0 ? NEVER : ALWAYS) : unknownAt(node.span, place);
    case 'macro':
      sayUnknownMacro(node, place.context);
      return unknownAt(node.span, place);
    case 'subsearch':
      lowerSubsearch(node, place);
      return unknownAt(node.span, place);
    case 'bad':
      return unknownAt(node.span, place);
  }
}

/** A search whose result becomes a part of the expression. */
export function lowerSubsearch({ inner, span }: SubsearchNode, place: EvalPlace): void {
  const { context, queries } = place;
  const part = {
    syntax: context.syntax,
    span: inner,
    fields: eventFields(),
    start: 'command',
    negated: place.negated === true,
  } as const;
  queries.push(context.lowerNested(part, context).query);
  problem(context.syntax, CODES.subsearch, 'The subsearch finds a part of the condition.', span);
}

/** Each XOR repeats both of its sides, so that a long chain is not spelt out. */
function lowerExclusive(items: readonly EvalNode[], span: Span, place: EvalPlace): Expression {
  let chain: Expression | null = null;
  for (const item of items) {
    const next = lowerCondition(item, place);
    chain = chain === null ? next : exclusive(chain, next);
    if (sizeOf(chain, LARGEST_CONDITION) > LARGEST_CONDITION) return unknownAt(span, place);
  }
  return chain ?? ALWAYS;
}

function exclusive(one: Expression, other: Expression): Expression {
  return or([and([one, not(other)]), and([not(one), other])]);
}

function unknownAt(span: Span, { context }: EvalPlace): Expression {
  const place = originalSpan(context.syntax.mapped, span);
  return unknown(context.syntax.mapped.original.slice(...place), place);
}

/** What no test says: known to the language, but not before an event is looked at. */
function computedAt(span: Span, place: EvalPlace): Expression {
  const { syntax } = place.context;
  problem(syntax, CODES.computedComparison, 'What is compared here is not known beforehand.', span);
  return unknownAt(span, place);
}

/** A field that stands alone is a flag. */
function lowerFlag(node: EvalNode & { readonly kind: 'field' }, place: EvalPlace): Expression {
  return ask(
    operandOf(node, place),
    [{ op: 'eq', value: true, caseSensitive: null }],
    node.span,
    place.context,
  );
}

type Binary = EvalNode & { readonly kind: 'binary' };

function lowerBinary(node: Binary, place: EvalPlace): Expression {
  const { operator, span } = node;
  if (operator === 'LIKE') return lowerLike(node.left, node.right, span, place);
  if (!isComparison(operator)) return unknownAt(span, place);
  // What a subsearch finds is not wanted on the other side of `!=`.
  const side = operator === '!=' ? { ...place, negated: place.negated !== true } : place;
  const [left, right] = [operandOf(node.left, side), operandOf(node.right, side)];
  if (left.kind === 'unknown' || right.kind === 'unknown') return unknownAt(span, place);
  if (right.kind === 'constant') return compare(left, operator, right.value, span, place);
  if (left.kind === 'constant') return compare(right, MIRROR[operator], left.value, span, place);
  return compareFields(left, operator, right, span, place);
}

function isComparison(operator: Binary['operator']): operator is keyof typeof MIRROR {
  return operator in MIRROR;
}

/** The operator with its sides exchanged. */
const MIRROR = { '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;
const ORDER = { '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' } as const;

function compare(
  operand: Operand,
  operator: keyof typeof MIRROR,
  value: Value,
  span: Span,
  place: EvalPlace,
): Expression {
  const caseSensitive = typeof value === 'string' ? true : null;
  if (operator === '=' || operator === '!=') {
    const equal: Question = { op: 'eq', value, caseSensitive };
    return operator === '='
      ? ask(operand, [equal], span, place.context)
      : askOther(operand, equal, span, place.context);
  }
  return ask(operand, [{ op: ORDER[operator], value, caseSensitive }], span, place.context);
}

/** Of two fields a test can only ask whether they are equal; other comparisons of what is not constant are unknown. */
function compareFields(
  left: Operand,
  operator: keyof typeof MIRROR,
  right: Operand,
  span: Span,
  place: EvalPlace,
): Expression {
  if (isNull(left) || isNull(right)) return NEVER;
  if ((operator !== '=' && operator !== '!=') || !isNamed(left) || !isNamed(right))
    return computedAt(span, place);
  if ((right.kind === 'field' && right.through.length > 0) || left.name === '_raw')
    return computedAt(span, place);
  const derived: Operand = right.kind === 'computed' ? { kind: 'computed', name: left.name } : left;
  const question: Question = { op: 'field_eq', value: right.name, caseSensitive: true };
  const equal = ask(derived, [question], span, place.context);
  return operator === '=' ? equal : and([impliedExists(derived, span, place.context), not(equal)]);
}

/** A comparison with null is never true. */
function isNull(operand: Operand): boolean {
  return operand.kind === 'choice' && operand.options.length === 0;
}

type Named = Operand & { readonly kind: 'field' | 'computed' };

function isNamed(operand: Operand): operand is Named {
  return operand.kind === 'field' || operand.kind === 'computed';
}

function lowerIn(left: EvalNode, values: readonly EvalNode[], span: Span, place: EvalPlace): Expression {
  const operand = operandOf(left, place);
  const constants = values.map((value) => constantOf(operandOf(value, place)));
  const known = constants.filter((value) => value !== null);
  if (known.length < constants.length || operand.kind === 'unknown') return unknownAt(span, place);
  const questions = known.map(
    (value): Question => ({ op: 'eq', value, caseSensitive: typeof value === 'string' ? true : null }),
  );
  return ask(operand, questions, span, place.context);
}

function lowerLike(subject: EvalNode, pattern: EvalNode, span: Span, place: EvalPlace): Expression {
  const text = constantOf(operandOf(pattern, place));
  if (text === null) return unknownAt(span, place);
  return ask(
    operandOf(subject, place),
    [patternQuestion(likePattern(String(text)), true)],
    span,
    place.context,
  );
}

type Call = EvalNode & { readonly kind: 'call' };

function lowerCall(node: Call, place: EvalPlace): Expression {
  const [first, second] = node.arguments;
  switch (node.name) {
    case 'true':
      return ALWAYS;
    case 'false':
      return NEVER;
    case 'like':
      return first && second ? lowerLike(first, second, node.span, place) : unknownAt(node.span, place);
    case 'match':
      return lowerMatch(first, second, node, place);
    case 'cidrmatch':
      return lowerCidr(first, second, node, place);
    case 'in':
      return first ? lowerIn(first, node.arguments.slice(1), node.span, place) : unknownAt(node.span, place);
    case 'searchmatch':
      return lowerSearchmatch(first, node, place);
    case 'isnotnull':
      return first ? isThere(first, node.span, place) : unknownAt(node.span, place);
    case 'isnull':
      return first ? isMissing(first, node.span, place) : unknownAt(node.span, place);
    case 'if':
    case 'case':
    case 'coalesce':
      return ask(
        operandOf(node, place),
        [{ op: 'eq', value: true, caseSensitive: null }],
        node.span,
        place.context,
      );
    default:
      return lowerOther(node, place);
  }
}

/** A function that answers true or false of one field (`isnum(x)`) is a test through it. */
function lowerOther(node: Call, place: EvalPlace): Expression {
  const row = FUNCTIONS.get(node.name);
  const [first, ...others] = node.arguments;
  // The parser has said already that there is no such function.
  if (row === undefined || first === undefined) return unknownAt(node.span, place);
  const ofOne = row.kind === 'condition' && others.length === 0;
  const operand = ofOne
    ? throughStep(operandOf(first, place), node.name, node.name)
    : row.kind === 'condition'
      ? null
      : operandOf(node, place);
  if (operand?.kind !== 'field') return computedAt(node.span, place);
  return ask(operand, [{ op: 'eq', value: true, caseSensitive: null }], node.span, place.context);
}

/** `mvfind(f, "regex")` has a value where one of the values of f matches, `mvfilter(c)` where c holds of one. */
function isThere(node: EvalNode, span: Span, place: EvalPlace): Expression {
  if (node.kind === 'call' && node.name === 'mvfind') {
    return lowerMatch(node.arguments[0], node.arguments[1], { ...node, span }, place);
  }
  const [first] = node.kind === 'call' && node.name === 'mvfilter' ? node.arguments : [];
  if (first !== undefined) return lowerCondition(first, place);
  return ask(operandOf(node, place), [EXISTS], span, place.context);
}

function isMissing(node: EvalNode, span: Span, place: EvalPlace): Expression {
  if (node.kind === 'call' && /^mvfi(?:nd|lter)$/.test(node.name)) return not(isThere(node, span, place));
  const operand = operandOf(node, place);
  if (operand.kind === 'constant' || operand.kind === 'choice')
    return not(ask(operand, [EXISTS], span, place.context));
  return ask(operand, [IS_NULL], span, place.context);
}

function lowerMatch(
  subject: EvalNode | undefined,
  pattern: EvalNode | undefined,
  { span }: Call,
  place: EvalPlace,
): Expression {
  const regex = pattern === undefined ? null : constantOf(operandOf(pattern, place));
  if (subject === undefined || regex === null) return unknownAt(span, place);
  sayRegexFault(String(regex), pattern?.span ?? span, place.context);
  return ask(operandOf(subject, place), [regexQuestion(String(regex))], span, place.context);
}

/** Says where a pattern is one that no engine takes. */
export function sayRegexFault(pattern: string, span: Span, { syntax }: LowerContext): void {
  const fault = regexFault(pattern);
  if (fault !== null) problem(syntax, CODES.badRegex, `The regular expression is wrong: ${fault}.`, span);
}

function lowerCidr(
  network: EvalNode | undefined,
  address: EvalNode | undefined,
  { span }: Call,
  place: EvalPlace,
): Expression {
  const text = network === undefined ? null : constantOf(operandOf(network, place));
  if (text === null || address === undefined) return unknownAt(span, place);
  if (!isNetwork(String(text))) {
    problem(place.context.syntax, CODES.badNetwork, `"${text}" is no network.`, network?.span ?? span);
  }
  return ask(
    operandOf(address, place),
    [{ op: 'cidr', value: String(text), caseSensitive: null }],
    span,
    place.context,
  );
}

/** `searchmatch("…")` holds a search in a string. */
function lowerSearchmatch(argument: EvalNode | undefined, { span }: Call, place: EvalPlace): Expression {
  if (argument?.kind !== 'string') return unknownAt(span, place);
  const { context } = place;
  const [start, end] = argument.span;
  const mapped = unquotedText(context.syntax.mapped, [start + 1, end - 1]);
  const syntax = syntaxContext(mapped, context.syntax.to);
  const cursor = cursorAt(syntax, [0, mapped.text.length]);
  const node = parseSearch(cursor);
  if (node === null) return ALWAYS;
  const sources: Source[] = [];
  const inner: SearchPlace = {
    context: { ...context, syntax },
    fields: place.fields,
    derived: place.derived,
    reads: false,
    head: false,
    options: NO_OPTIONS,
    sources,
    queries: place.queries,
  };
  return lowerSearch(node, inner);
}
