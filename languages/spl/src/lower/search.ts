import {
  and,
  type Expression,
  type NestedQuery,
  not,
  or,
  type Source,
  type Span,
  unknown,
} from '@rulescope/logic';
import { CODES } from '../diagnostic-codes.ts';
import { macroKey } from '../environment.ts';
import type {
  ComparisonOperator,
  DirectiveNode,
  MacroNode,
  SearchNode,
  SearchValue,
  SubsearchNode,
  Word,
  WordNode,
} from '../syntax/ast.ts';
import { problem } from '../syntax/context.ts';
import { originalSpan } from '../text/mapped-text.ts';
import type { LowerContext } from './context.ts';
import { eventFields, type Fields, resolve } from './fields.ts';
import { knownRows } from './known-rows.ts';
import { ask, askEvent, askOther, impliedExists } from './operand.ts';
import { isNetwork, numberOf, patternQuestion, type Question, searchPattern } from './tests.ts';

/** Where a search expression stands, and what is found in it beside conditions. */
export interface SearchPlace {
  readonly context: LowerContext;
  readonly fields: Fields;
  /** True where rows are searched that no longer are events. */
  readonly derived: boolean;
  /** True where the search says which events are read: its sources are then no conditions. */
  readonly reads: boolean;
  /** True where macros at its head that nothing defines are taken for sources too. */
  readonly head: boolean;
  /** Names that are options of the command here, not fields: `span` in mstats. */
  readonly options: ReadonlySet<string>;
  readonly sources: Source[];
  readonly queries: NestedQuery[];
}

export const NO_OPTIONS: ReadonlySet<string> = new Set();

/** Fields that say where events are kept (Search Manual, "Use fields to retrieve events"). */
const SOURCE_FIELDS: ReadonlySet<string> = new Set([
  'index',
  'sourcetype',
  'source',
  'eventtype',
  'nodename',
]);

/** Time modifiers, which choose a span of time (Search Reference, "Time modifiers"). */
const TIME_MODIFIERS: ReadonlySet<string> = new Set([
  'earliest',
  'latest',
  '_index_earliest',
  '_index_latest',
  'starttime',
  'endtime',
  'starttimeu',
  'endtimeu',
  'startdaysago',
  'enddaysago',
  'starthoursago',
  'endhoursago',
  'startminutesago',
  'endminutesago',
  'startmonthsago',
  'endmonthsago',
  'daysago',
  'hoursago',
  'minutesago',
  'monthsago',
  'searchtimespandays',
  'searchtimespanhours',
  'searchtimespanminutes',
  'searchtimespanmonths',
  'timeformat',
]);

const ALWAYS: Expression = { and: [] };

/** The macro by which searches were commented before Splunk knew comments; it stands for nothing. */
export const COMMENT = 'comment';

/** Lowers an expression of the search command. What says where events are kept goes to the place's sources. */
export function lowerSearch(node: SearchNode, place: SearchPlace): Expression {
  return place.head ? lowerHead(node, place) : lowerNode(node, place, true);
}

/** Macros that nothing defines, at the head of a search, name the events that are read. */
function lowerHead(node: SearchNode, place: SearchPlace): Expression {
  const items = node.kind === 'and' ? node.items : [node];
  const other = items.findIndex((item) => !isMacros(item));
  const head = other < 0 ? items : items.slice(0, other);
  for (const item of head) nameSources(item, place);
  return allOf(items.slice(head.length).map((item) => lowerNode(item, place, true)));
}

function isMacros(node: SearchNode): boolean {
  return (
    (node.kind === 'macro' && node.name !== COMMENT) || (node.kind === 'or' && node.items.every(isMacros))
  );
}

function nameSources(node: SearchNode, place: SearchPlace): void {
  if (node.kind === 'or') for (const item of node.items) nameSources(item, place);
  if (node.kind !== 'macro') return;
  place.sources.push({ kind: 'macro', value: node.name });
  sayUnknownMacro(node, place.context);
}

/** Says why a macro still stands where its definition should: nothing defines it, or it is computed. */
export function sayUnknownMacro(macro: MacroNode, { syntax, environment }: LowerContext): void {
  const { name, span } = macro;
  const key = macroKey(name, macro.arguments.length);
  // One that is defined and still stands here calls itself, which was said already.
  if (environment.macros.has(key)) return;
  if (environment.evaluatedMacros?.has(key) === true) {
    problem(syntax, CODES.evaluatedMacro, `What the macro ${name} stands for is computed by eval.`, span);
    return;
  }
  problem(syntax, CODES.unknownMacro, `Nothing here defines the macro ${name}.`, span);
}

function lowerNode(node: SearchNode, place: SearchPlace, wanted: boolean): Expression {
  switch (node.kind) {
    case 'and':
      return allOf(node.items.map((item) => lowerNode(item, place, wanted)));
    case 'or':
      return anyOf(node.items.map((item) => lowerNode(item, place, wanted)));
    case 'not':
      return not(lowerNode(node.item, place, !wanted));
    case 'compare':
      return lowerComparison(node.field, node.operator, [node.value], node.span, place, wanted);
    case 'in':
      return lowerComparison(node.field, '=', node.values, node.span, place, wanted);
    case 'word':
      return lowerFreeText(node, place, wanted);
    case 'directive':
      return lowerDirective(node, place);
    case 'macro':
      if (node.name === COMMENT) return ALWAYS;
      sayUnknownMacro(node, place.context);
      return unknownAt(node.span, place);
    case 'subsearch':
      return lowerFound(node, place, wanted);
    case 'bad':
      return unknownAt(node.span, place);
  }
}

/** What a subsearch finds is known only where it reads a table whose content is. */
function lowerFound({ inner, span }: SubsearchNode, place: SearchPlace, wanted: boolean): Expression {
  place.queries.push(lowerSubsearch(inner, place, !wanted));
  const known = knownRows(inner, span, place);
  if (known !== null) return known;
  problem(place.context.syntax, CODES.subsearch, 'The subsearch finds a part of the condition.', span);
  return unknownAt(span, place);
}

function isAlways(expression: Expression): boolean {
  return 'and' in expression && expression.and.length === 0;
}

/** What only named sources is no condition. */
function allOf(items: readonly Expression[]): Expression {
  return and(items.filter((item) => !isAlways(item)));
}

function anyOf(items: readonly Expression[]): Expression {
  return items.every(isAlways) ? ALWAYS : or(items);
}

function unknownAt(span: Span, { context }: SearchPlace): Expression {
  const place = originalSpan(context.syntax.mapped, span);
  return unknown(context.syntax.mapped.original.slice(...place), place);
}

function lowerSubsearch(inner: Span, { context }: SearchPlace, negated: boolean): NestedQuery {
  return context.lowerNested(
    { syntax: context.syntax, span: inner, fields: eventFields(), start: 'command', negated },
    context,
  ).query;
}

function lowerComparison(
  field: Word,
  operator: ComparisonOperator,
  values: readonly SearchValue[],
  span: Span,
  place: SearchPlace,
  wanted: boolean,
): Expression {
  const name = fieldName(field, place);
  if (operator === '=' && (place.options.has(name) || (place.reads && TIME_MODIFIERS.has(name))))
    return ALWAYS;
  if (place.reads && wanted && operator === '=' && SOURCE_FIELDS.has(name)) {
    const words = values.filter((value) => value.kind === 'word' || value.kind === 'directive');
    if (words.length === values.length) {
      for (const value of words) place.sources.push({ kind: name, value: plainText(value.text) });
      return ALWAYS;
    }
  }
  const operand = resolve(place.fields, name);
  const known: Question[] = [];
  const others: Expression[] = [];
  for (const value of values) {
    if (isTemplate(value, place)) others.push(unknownAt(span, place));
    else if (value.kind === 'word' || value.kind === 'directive')
      known.push(questionOf(operator, value, place));
    else others.push(lowerNode(value, place, operator === '!=' ? !wanted : wanted));
  }
  const [only] = known;
  if (operator === '!=' && only !== undefined && known.length === 1 && others.length === 0) {
    return askOther(operand, only, span, place.context);
  }
  const asked = known.length === 0 ? [] : [ask(operand, known, span, place.context)];
  const found = or([...asked, ...others]);
  if (operator !== '!=') return found;
  return and([impliedExists(operand, span, place.context), not(found)]);
}

/**
 * In the search of `map`, `$field$` stands for a value of each result (Search Reference, "map"); a value that is
 * nothing else is a token of a dashboard or a drilldown anywhere.
 */
function isTemplate(value: SearchValue, { context }: SearchPlace): boolean {
  if (value.kind !== 'word' || !value.text.includes('$')) return false;
  return (context.templated ? /\$[\w.]+\$/ : /^\$[\w.:]+(?:\|\w)?\$$/).test(value.text);
}

function fieldName(field: Word, { context }: SearchPlace): string {
  const single = /^'(.+)'$/.exec(field.text)?.[1];
  if (single === undefined) return plainText(field.text);
  problem(
    context.syntax,
    CODES.singleQuotedField,
    `The field is called ${field.text} with the quotes.`,
    field.span,
  );
  return single;
}

/** A text with its escapes undone, stars left as they are. */
function plainText(text: string): string {
  return text.includes('\\') ? text.replaceAll(/\\(["\\])/g, '$1') : text;
}

function questionOf(
  operator: ComparisonOperator,
  value: WordNode | DirectiveNode,
  place: SearchPlace,
): Question {
  if (value.kind === 'directive') {
    return { op: 'eq', value: value.text, caseSensitive: value.name === 'CASE' };
  }
  const number = value.quoted ? null : numberOf(value.text);
  if (operator === '=' || operator === '!=') {
    if (number !== null) return { op: 'eq', value: number, caseSensitive: null };
    if (isNetwork(value.text)) return { op: 'cidr', value: value.text, caseSensitive: null };
    sayEscapedStar(value, place);
    return patternQuestion(searchPattern(value.text), false);
  }
  const text = number ?? plainText(value.text);
  return { op: ORDER[operator], value: text, caseSensitive: number === null ? false : null };
}

/** By the documentation nothing escapes a star; a backslash before one, all others doubled, can mean nothing else. */
function sayEscapedStar(value: WordNode | DirectiveNode, { context }: SearchPlace): void {
  if (!searchPattern(value.text).some((piece) => 'text' in piece && piece.text.includes('*'))) return;
  problem(
    context.syntax,
    CODES.escapedStar,
    'A backslash does not escape a star in the search command.',
    value.span,
  );
}

const ORDER = { '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' } as const;

/** Words that are operators only in capital letters. */
const LOWERCASE_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'not']);

/** A default field compared with what was indexed (Search Manual, "Use fields to retrieve events"). */
const INDEXED_FIELD = /^(index|sourcetype|source|host)::(.+)$/;

function lowerFreeText(word: WordNode, place: SearchPlace, wanted: boolean): Expression {
  const { syntax } = place.context;
  if (isTemplate(word, place)) return unknownAt(word.span, place);
  const [, field, value] = word.quoted ? [] : (INDEXED_FIELD.exec(word.text) ?? []);
  if (field !== undefined && value !== undefined) {
    const parts = { quoted: false, span: word.span };
    const right = { kind: 'word', text: value, ...parts } as const;
    return lowerComparison({ text: field, ...parts }, '=', [right], word.span, place, wanted);
  }
  if (!word.quoted && LOWERCASE_OPERATORS.has(word.text)) {
    const message = `"${word.text}" is searched for as a word: the operator is written in capital letters.`;
    problem(syntax, CODES.lowercaseOperator, message, word.span);
  }
  // One word in quotation marks is looked up as a whole word, too; yet a quoted text is shown as a phrase, of however
  // many words: so do those write who mean what a keyword of Sigma means, and one text must not be two indicators.
  return lowerText(word, word.quoted ? 'contains' : 'term', false, place);
}

/** A text that is searched for in the whole event. */
function lowerText(
  node: WordNode | DirectiveNode,
  op: 'contains' | 'term',
  caseSensitive: boolean,
  place: SearchPlace,
): Expression {
  const pattern = searchPattern(node.text);
  const wild = pattern.some((piece) => 'wild' in piece);
  if (!wild) {
    const value = pattern.map((piece) => ('text' in piece ? piece.text : '')).join('');
    return askEvent({ op, value, caseSensitive }, place.derived, node.span, place.context);
  }
  const around: Question = patternQuestion([{ wild: '*' }, ...pattern, { wild: '*' }], caseSensitive);
  if (around.op === 'exists') return ALWAYS;
  if (op === 'term' && !/^\*.*\*$/.test(node.text)) {
    const message = `"${node.text}" is compared with whole terms; it is shown as a text that the event contains.`;
    problem(place.context.syntax, CODES.wildcardTerm, message, node.span);
  }
  return askEvent(around, place.derived, node.span, place.context);
}

/** Characters that end a term when events are indexed (Splunk, segmenters.conf, "MAJOR"). */
const MAJOR_BREAKER = /[[\]<>(){}|!;,'"\s&?+]/;

function lowerDirective(node: DirectiveNode, place: SearchPlace): Expression {
  if (node.name === 'TERM' && MAJOR_BREAKER.test(node.text)) {
    const message = `No indexed term is "${node.text}": it holds a character that ends a term.`;
    problem(place.context.syntax, CODES.unmatchableTerm, message, node.span);
  }
  return lowerText(node, 'term', node.name === 'CASE', place);
}
