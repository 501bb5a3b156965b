import type { Expression, TestExpression, UnknownExpression } from './model.ts';
import { printTest } from './print-test.ts';
import { printUnknown } from './quote.ts';

export interface PrintOptions {
  /** One part a line, groups indented, where one line would be longer than about 100 characters. */
  readonly multiline?: boolean;
}

/**
 * An expression as text that a person reads:
 * `Image ends_with "\msiexec.exe" and not (CommandLine contains any of ("-q", "/q") [windash])`.
 *
 * `and` binds tighter than `or`; parentheses stand where precedence needs them and around what a `not`
 * negates. An empty And is `always`, an empty Or `never`. Two expressions that ask different things give
 * different texts; control characters and others that cannot be seen are written by their code point. The
 * text is for people: it is no language, and nothing reads it back.
 */
export function printExpression(expression: Expression, options: PrintOptions = {}): string {
  return options.multiline === true ? printLines(expression) : printInline(expression);
}

/** How tightly the outermost word of an expression binds. */
type Binding = 'or' | 'and' | 'tight';

/** A list of one is printed as its item, so that no parentheses stand around nothing. */
function unwrap(expression: Expression): Expression {
  let inner = expression;
  for (;;) {
    const list = itemsOf(inner);
    const [only] = list ?? [];
    if (list?.length !== 1 || only === undefined) return inner;
    inner = only;
  }
}

function itemsOf(expression: Expression): readonly Expression[] | null {
  if ('and' in expression) return expression.and;
  return 'or' in expression ? expression.or : null;
}

function bindingOf(expression: Expression): Binding {
  if ('or' in expression && expression.or.length > 1) return 'or';
  return 'and' in expression && expression.and.length > 1 ? 'and' : 'tight';
}

function printInline(expression: Expression): string {
  const part = unwrap(expression);
  if ('and' in part) return joinInline(part.and, 'and');
  if ('or' in part) return joinInline(part.or, 'or');
  if ('not' in part) return `not (${printInline(part.not)})`;
  return printLeaf(part);
}

function joinInline(items: readonly Expression[], word: 'and' | 'or'): string {
  if (items.length === 0) return word === 'and' ? 'always' : 'never';
  return items
    .map((item) => {
      const inner = unwrap(item);
      const text = printInline(inner);
      return word === 'and' && bindingOf(inner) === 'or' ? `(${text})` : text;
    })
    .join(` ${word} `);
}

function printLeaf(leaf: TestExpression | UnknownExpression): string {
  return 'test' in leaf ? printTest(leaf.test) : printUnknown(leaf.unknown.text);
}

/** What fits is printed on one line; indentation is not counted. */
const LINE_WIDTH = 100;
/** Deeper groups are not indented further: the text must not grow with the square of the depth. */
const MAX_INDENT = 20;

function printLines(expression: Expression): string {
  const lines: string[] = [];
  const short = new Map<Expression, string>();
  measure(expression, short);
  layOut(expression, '', 0, lines, short);
  return lines.join('\n');
}

/** Notes the one-line text of each part that fits on a line; gives null for a part that does not. */
function measure(expression: Expression, short: Map<Expression, string>): string | null {
  const known = short.get(expression);
  if (known !== undefined) return known;
  const text = measureText(unwrap(expression), short);
  if (text !== null) short.set(expression, text);
  return text;
}

function measureText(part: Expression, short: Map<Expression, string>): string | null {
  if ('test' in part || 'unknown' in part) return printLeaf(part);
  if ('not' in part) {
    const inner = measure(part.not, short);
    return inner === null || inner.length > LINE_WIDTH ? null : `not (${inner})`;
  }
  let length = 0;
  for (const item of itemsOf(part) ?? []) {
    length += measure(item, short)?.length ?? Number.POSITIVE_INFINITY;
  }
  return length > LINE_WIDTH ? null : printInline(part);
}

/** Adds the lines of an expression, the first of them after the word that leads to it. */
function layOut(
  expression: Expression,
  lead: string,
  depth: number,
  lines: string[],
  short: ReadonlyMap<Expression, string>,
): void {
  const part = unwrap(expression);
  const line = short.get(expression);
  const indent = '  '.repeat(Math.min(depth, MAX_INDENT));
  if (line !== undefined) {
    lines.push(`${indent}${lead}${line}`);
    return;
  }
  if ('not' in part) {
    lines.push(`${indent}${lead}not (`);
    layOut(part.not, '', depth + 1, lines, short);
    lines.push(`${indent})`);
    return;
  }
  const word = 'and' in part ? 'and' : 'or';
  (itemsOf(part) ?? []).forEach((item, i) => {
    const itemLead = i === 0 ? '' : `${word} `;
    // Lines hide precedence, so an And within an Or has parentheses here too.
    if (bindingOf(unwrap(item)) === 'tight') layOut(item, itemLead, depth, lines, short);
    else layOutGroup(item, itemLead, depth, lines, short);
  });
}

function layOutGroup(
  expression: Expression,
  lead: string,
  depth: number,
  lines: string[],
  short: ReadonlyMap<Expression, string>,
): void {
  const indent = '  '.repeat(Math.min(depth, MAX_INDENT));
  const line = short.get(expression);
  if (line !== undefined) {
    lines.push(`${indent}${lead}(${line})`);
    return;
  }
  lines.push(`${indent}${lead}(`);
  layOut(expression, '', depth + 1, lines, short);
  lines.push(`${indent})`);
}
