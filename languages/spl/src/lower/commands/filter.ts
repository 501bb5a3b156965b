import { type Expression, type NestedQuery, not, type Source, visit } from '@rulescope/logic';
import { CODES } from '../../diagnostic-codes.ts';
import { isKeyword, parseArguments } from '../../syntax/arguments.ts';
import type { Argument } from '../../syntax/ast.ts';
import { type Cursor, cursorAt, misread } from '../../syntax/context.ts';
import { parseEval, skipUnexpected } from '../../syntax/eval-parser.ts';
import { parseSearch } from '../../syntax/search-parser.ts';
import { peek, readMacro, skipSpace } from '../../syntax/words.ts';
import { endOfString } from '../../text/scan.ts';
import { lowerCondition, sayRegexFault } from '../condition.ts';
import type { Flow, LowerCommand } from '../context.ts';
import { resolve } from '../fields.ts';
import { ask } from '../operand.ts';
import { lowerSearch, NO_OPTIONS } from '../search.ts';
import { regexQuestion } from '../tests.ts';

/** Adds a filter to those that an event must pass. */
export function filtered(flow: Flow, where: Expression | null): Flow {
  if (where === null) return flow;
  if (flow.aggregated) {
    // Rows that were put together stand for events only by what they were grouped by.
    const certain = !flow.limited && !hasPart(where, (part) => 'unknown' in part || isDerived(part));
    if (certain) flow.filters.push(where);
    return flow;
  }
  const parts = 'and' in where ? where.and : [where];
  for (const part of parts) if (!hasPart(part, isDerived)) flow.filters.push(part);
  return flow;
}

function isDerived(part: Expression): boolean {
  return 'test' in part && part.test.derived;
}

function hasPart(where: Expression, holds: (part: Expression) => boolean): boolean {
  let found = false;
  visit(where, (part) => {
    if (holds(part)) found = true;
  });
  return found;
}

/** `search`, also where it is implied (Search Reference, "search"). */
export const lowerSearchCommand: LowerCommand = (command, flow, context) => {
  const cursor = cursorAt(context.syntax, command.arguments);
  const node = parseSearch(cursor);
  const sources: Source[] = [];
  const queries: NestedQuery[] = [];
  const place = {
    context,
    fields: flow.fields,
    derived: flow.aggregated,
    reads: !flow.aggregated,
    head: command.first,
    options: NO_OPTIONS,
    sources,
    queries,
  };
  const where = node === null ? null : lowerSearch(node, place);
  const next = { ...flow, sources: [...flow.sources, ...sources] };
  return { where, flow: filtered(next, where), understood: cursor.understood, queries };
};

/** `where` (Search Reference, "where"). */
export const lowerWhere: LowerCommand = (command, flow, context) => {
  const cursor = cursorAt(context.syntax, command.arguments);
  const node = parseEval(cursor);
  const end = finish(cursor);
  const queries: NestedQuery[] = [];
  if (node === null) {
    if (cursor.understood) misread(cursor, CODES.badArguments, 'where has no condition.', command.span);
    return { where: null, flow, understood: false };
  }
  const place = { context, fields: flow.fields, derived: flow.aggregated, queries };
  // A name before something that cannot follow it is no flag.
  const known = cursor.understood || node.kind !== 'field';
  const where = lowerCondition(known ? node : { kind: 'bad', span: node.span }, place);
  return { where, flow: filtered(flow, where), understood: cursor.understood, queries, ...end };
};

/** What stands behind an expression: nothing, or macros that bring their own pipe along. */
export function finish(cursor: Cursor): { readonly end?: number } {
  for (;;) {
    skipSpace(cursor);
    if (cursor.pos >= cursor.end) return {};
    if (peek(cursor) === '`' && onlyMacros(cursor)) return { end: cursor.pos };
    skipUnexpected(cursor);
  }
}

/** Whether nothing but macros is left. Stops at the first thing that is none. */
function onlyMacros(cursor: Cursor): boolean {
  const ahead = { ...cursor };
  while (peek(ahead) === '`' && readMacro(ahead) !== null) skipSpace(ahead);
  return ahead.pos >= ahead.end;
}

/** `regex` (Search Reference, "regex"): with no field it looks into the whole event. */
export const lowerRegex: LowerCommand = (command, flow, context) => {
  const cursor = cursorAt(context.syntax, command.arguments);
  const read = readRegex(parseArguments(cursor), context.syntax.mapped.text, command.arguments[1]);
  if (read === null) {
    misread(cursor, CODES.badArguments, 'regex wants a pattern, or a field and a pattern.', command.span);
    return { where: null, flow, understood: false };
  }
  sayRegexFault(read.pattern, command.arguments, context);
  const operand = resolve(flow.fields, read.field);
  const matches = ask(operand, [regexQuestion(read.pattern)], command.span, context);
  const where = read.negated ? not(matches) : matches;
  return { where, flow: filtered(flow, where), understood: cursor.understood };
};

interface RegexArguments {
  readonly field: string;
  readonly negated: boolean;
  readonly pattern: string;
}

/** `field=pattern`, `field!=pattern` or a pattern alone; one without quotes reaches to the end of the command. */
function readRegex(found: readonly Argument[], text: string, end: number): RegexArguments | null {
  const [first, second, third] = found;
  if (first === undefined) return null;
  if (first.kind === 'option') {
    if (first.value.kind === 'word' && first.value.quoted && found.length === 1) {
      return { field: first.name.text, negated: false, pattern: undoQuotes(first.value.text) };
    }
    return {
      field: first.name.text,
      negated: false,
      pattern: joinPieces(text.slice(first.value.span[0], end).trim()),
    };
  }
  if (
    first.kind === 'word' &&
    second?.kind === 'mark' &&
    (second.text === '!=' || second.text === '=') &&
    third
  ) {
    const quoted = third.kind === 'word' && third.quoted && found.length === 3;
    const pattern = quoted ? undoQuotes(third.text) : joinPieces(text.slice(third.span[0], end).trim());
    return { field: first.text, negated: second.text === '!=', pattern };
  }
  if (first.kind === 'word' && first.quoted && found.length === 1) {
    return { field: '_raw', negated: false, pattern: undoQuotes(first.text) };
  }
  const pattern = joinPieces(text.slice(first.span[0], end).trim());
  return isKeyword(first, 'BY') ? null : { field: '_raw', negated: false, pattern };
}

/** In a quoted argument a backslash escapes a quotation mark and itself; before anything else it stands for itself. */
function undoQuotes(text: string): string {
  return text.includes('\\') ? text.replaceAll(/\\(["\\])/g, '$1') : text;
}

/** An argument of which only parts are between quotation marks, or none: the marks are no part of it. */
export function joinPieces(text: string): string {
  let joined = '';
  for (let i = 0; i < text.length; i += 1) {
    const behind = text.charAt(i) === '"' ? endOfString(text, i, text.length) : -1;
    if (behind < 0) {
      joined += text.slice(i, i + (text.charAt(i) === '\\' ? 2 : 1));
      if (text.charAt(i) === '\\') i += 1;
    } else {
      joined += undoQuotes(text.slice(i + 1, behind - 1));
      i = behind - 1;
    }
  }
  return joined;
}
