import type { NestedQuery, Source } from '@rulescope/logic';
import { CODES } from '../../diagnostic-codes.ts';
import { isKeyword, parseArguments, wordsOf } from '../../syntax/arguments.ts';
import type { WordNode } from '../../syntax/ast.ts';
import { cursorAt, problem } from '../../syntax/context.ts';
import { parseSearch } from '../../syntax/search-parser.ts';
import type { LowerCommand, LowerContext } from '../context.ts';
import { lowerSearch, NO_OPTIONS } from '../search.ts';
import { checkArguments } from './aggregate.ts';
import { filtered } from './filter.ts';

/** Says that nobody knows what is in a lookup. */
export function sayUnknownLookup({ text, span }: WordNode, { syntax, environment }: LowerContext): void {
  // A token of a dashboard, or of `map`, is no name.
  if (environment.lookups.has(text) || text.includes('$')) return;
  problem(syntax, CODES.unknownLookup, `Nothing here has the content of the lookup ${text}.`, span);
}

/** from, datamodel, inputlookup and other commands that start a pipeline with what they read. */
export const lowerSource: LowerCommand = (command, flow, context) => {
  const cursor = cursorAt(context.syntax, command.arguments);
  const found = parseArguments(cursor);
  const written = context.syntax.mapped.text.slice(...command.arguments);
  const sources: Source[] = [...sourcesOf(command.name, wordsOf(found), written)];
  const [table] = wordsOf(found);
  if (command.name === 'inputlookup' && table !== undefined) sayUnknownLookup(table, context);
  const where =
    command.name === 'inputlookup' ? found.find((argument) => isKeyword(argument, 'WHERE')) : undefined;
  const own = where === undefined ? found : found.slice(0, found.indexOf(where));
  checkArguments(command.name, own, cursor, context);
  if (where === undefined) {
    return {
      where: null,
      flow: { ...flow, sources: [...flow.sources, ...sources] },
      understood: cursor.understood,
    };
  }
  const inner = cursorAt(context.syntax, [where.span[1], command.arguments[1]]);
  const node = parseSearch(inner);
  const queries: NestedQuery[] = [];
  const place = {
    context,
    fields: flow.fields,
    derived: false,
    reads: false,
    head: false,
    options: NO_OPTIONS,
    sources,
    queries,
  };
  const condition = node === null ? null : lowerSearch(node, place);
  const next = { ...flow, sources: [...flow.sources, ...sources] };
  return {
    where: condition,
    flow: filtered(next, condition),
    understood: cursor.understood && inner.understood,
    queries,
  };
};

function sourcesOf(name: string, words: readonly WordNode[], written: string): readonly Source[] {
  const texts = words.map(({ text }) => text);
  const [first = '', second] = texts;
  if (name === 'inputlookup' || name === 'inputcsv') {
    return first === '' ? [] : [{ kind: 'lookup', value: first }];
  }
  if (name === 'datamodel') {
    const model =
      second === undefined || /^(?:search|flat|acceleration_search)$/i.test(second)
        ? first
        : `${first}.${second}`;
    return model === '' ? [] : [{ kind: 'datamodel', value: model }];
  }
  if (name === 'from') return fromSource(written);
  return [{ kind: 'command', value: name }];
}

/** `from datamodel:"A"."B"`, `from datamodel A.B`, `from inputlookup:table` (Search Reference, "from"). */
function fromSource(written: string): readonly Source[] {
  const found = /^\s*(\w+)\s*[:\s]\s*((?:"[^"]*"|[^\s"|.]+)(?:\.(?:"[^"]*"|[^\s"|.]+))*)/.exec(written);
  const [, kind = '', name] = found ?? [];
  if (name === undefined) return [];
  const isLookup = /^(?:input)?lookup$/i.test(kind);
  return [{ kind: isLookup ? 'lookup' : kind.toLowerCase(), value: name.replaceAll('"', '') }];
}
