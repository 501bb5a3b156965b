import {
  type Expression,
  type Operator,
  or,
  requiredLiterals,
  type Span,
  test,
  type Value,
} from '@rulescope/logic';
import { luceneLiterals } from '@rulescope/logic/elastic';
import { lowerPattern, openEnd, openStart, type Piece } from '@rulescope/logic/parsing';

export const ALWAYS: Expression = { and: [] };
export const NEVER: Expression = { or: [] };

/** The field that is tested: its name and the functions around it. */
export interface Subject {
  readonly name: string;
  readonly through: readonly string[];
}

/** How a list of values is compared. */
export interface Comparing {
  /** Whether `*` and `?` are wildcards. */
  readonly wildcards: boolean;
  readonly caseSensitive: boolean;
}

/** Whether values of a kind have a case: numbers and truth values have none. */
function caseOf(values: readonly Value[], caseSensitive: boolean): boolean | null {
  return values.some((value) => typeof value === 'string') ? caseSensitive : null;
}

/** A test of one operator. */
export function testOf(
  { name, through }: Subject,
  op: Operator,
  values: readonly Value[],
  caseSensitive: boolean,
  span: Span,
): Expression {
  return test({ field: name, through, op, values, caseSensitive: caseOf(values, caseSensitive), span });
}

/** A test of whether a field has a value. */
export function presenceOf({ name, through }: Subject, op: 'exists' | 'is_null', span: Span): Expression {
  return test({ field: name, through, op, values: [], caseSensitive: null, span });
}

/** Whether an address lies in one of several networks. */
export function networkTest({ name, through }: Subject, networks: readonly string[], span: Span): Expression {
  return test({ field: name, through, op: 'cidr', values: networks, caseSensitive: null, span });
}

/** The tests that a list of constants stands for: one an operator, in the order in which the values ask for them. */
export function testsOfValues(
  subject: Subject,
  values: readonly (Value | null)[],
  { wildcards, caseSensitive }: Comparing,
  span: Span,
): Expression {
  const operators: Operator[] = [];
  const wanted: Value[][] = [];
  for (const value of values) {
    const { op, value: plain } = lowerValue(value, wildcards);
    const at = operators.indexOf(op);
    if (at >= 0) wanted[at]?.push(plain);
    else {
      operators.push(op);
      wanted.push([plain]);
    }
  }
  const tests: Expression[] = [];
  for (let i = 0; i < operators.length; i += 1) {
    const op = operators[i] ?? 'eq';
    tests.push(
      op === 'exists' || op === 'is_null'
        ? presenceOf(subject, op, span)
        : testOf(subject, op, wanted[i] ?? [], caseSensitive, span),
    );
  }
  return or(tests);
}

interface LoweredValue {
  readonly op: Operator;
  readonly value: Value;
}

/**
 * What one value asks for. Most values have no wildcard, or stars at their ends alone: these need not be taken apart
 * into a pattern.
 */
function lowerValue(value: Value | null, wildcards: boolean): LoweredValue {
  if (value === null) return { op: 'is_null', value: '' };
  if (!wildcards || typeof value !== 'string') return { op: 'eq', value };
  const last = value.length - 1;
  const star = value.indexOf('*', 1);
  if ((star >= 0 && star < last) || last < 1 || value.includes('?')) return lowerPattern(patternOf(value));
  const open = value.charCodeAt(0) === STAR;
  if (star < 0) return open ? { op: 'ends_with', value: value.slice(1) } : { op: 'eq', value };
  if (last === 1 && open) return lowerPattern(patternOf(value));
  return open
    ? { op: 'contains', value: value.slice(1, last) }
    : { op: 'starts_with', value: value.slice(0, last) };
}

const STAR = 42;
const QUESTION_MARK = 63;

/** EQL has no escape for a wildcard: every `*` and `?` is one (EQL syntax reference, "Wildcards"). */
function patternOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== STAR && code !== QUESTION_MARK) continue;
    if (at > from) pieces.push({ text: text.slice(from, at) });
    pieces.push({ wild: code === STAR ? '*' : '?' });
    from = at + 1;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** A text that is looked for anywhere in the event, as the keywords of Sigma are. */
export function keywordTest(text: string, span: Span): Expression {
  const { op, value } = lowerPattern(openStart(openEnd(patternOf(text))));
  return test({
    field: null,
    op,
    values: op === 'exists' ? [] : [value],
    caseSensitive: op === 'exists' ? null : false,
    span,
  });
}

/**
 * A regex test. `regex` matches the whole value by Lucene's syntax ("Regular expression syntax"); Endgame's `match`
 * only the start of it, which the model shows as a search.
 */
export function regexTest(
  { name, through }: Subject,
  patterns: readonly string[],
  dialect: 'lucene' | 'endgame',
  caseSensitive: boolean,
  span: Span,
): Expression {
  const lucene = dialect === 'lucene';
  return test({
    field: name,
    through,
    op: 'regex',
    values: patterns,
    caseSensitive,
    flags: '',
    anchored: lucene,
    literals: patterns.map((pattern) => (lucene ? luceneLiterals(pattern) : requiredLiterals(pattern))),
    span,
  });
}
