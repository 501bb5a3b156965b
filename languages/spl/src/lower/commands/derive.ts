import type { NestedQuery } from '@rulescope/logic';
import { stepArgument, stepName } from '@rulescope/logic/parsing';
import { DATA_MODEL_OBJECTS } from '../../data/data-models.ts';
import { CODES } from '../../diagnostic-codes.ts';
import { isKeyword, optionOf, wordsOf } from '../../syntax/arguments.ts';
import type { Argument } from '../../syntax/ast.ts';
import { type Cursor, cursorAt, misread } from '../../syntax/context.ts';
import { parseEval } from '../../syntax/eval-parser.ts';
import { peek, skipSpace } from '../../syntax/words.ts';
import { endOfString, isSpace } from '../../text/scan.ts';
import { sayRegexFault } from '../condition.ts';
import type { Flow, LowerCommand } from '../context.ts';
import {
  type LookupMatch,
  type Operand,
  renameField,
  renamePattern,
  resolve,
  setComputed,
  setNames,
  withUnknownColumns,
} from '../fields.ts';
import { throughStep } from '../steps.ts';
import { operandOf } from '../value.ts';
import { ended, readAll } from './aggregate.ts';
import { finish, joinPieces } from './filter.ts';
import { sayUnknownLookup } from './source.ts';

/** `eval`: `name=expression`, several of them separated by commas (Search Reference, "eval"). */
export const lowerEval: LowerCommand = (command, flow, context) => {
  const cursor = cursorAt(context.syntax, command.arguments);
  const queries: NestedQuery[] = [];
  const { fields } = flow;
  for (;;) {
    const name = readTarget(cursor);
    if (name === null) {
      misread(cursor, CODES.badArguments, 'eval wants `name=expression` here.', [cursor.pos, cursor.end]);
      return { where: null, flow, understood: false, queries };
    }
    const node = parseEval(cursor);
    if (node === null)
      misread(cursor, CODES.unexpected, `${name} is set to nothing.`, [cursor.pos, cursor.pos]);
    else {
      const value = operandOf(node, { context, fields, derived: flow.aggregated, queries });
      setNames(fields, [[name, named(value, name)]]);
    }
    skipSpace(cursor);
    if (peek(cursor) !== ',') break;
    cursor.pos += 1;
  }
  const end = finish(cursor);
  return { where: null, flow, understood: cursor.understood, queries, ...end };
};

/** What is computed, or not known, is called by its new name. */
function named(value: Operand, name: string): Operand {
  return value.kind === 'computed' || value.kind === 'unknown' || value.kind === 'clock'
    ? { kind: 'computed', name }
    : value;
}

const TARGET = /(?:'([^']*)'|"([^"]*)"|((?:<<\w+>>|[^\s=,()"'`|<>!])+))\s*=(?!=)/y;

function readTarget(cursor: Cursor): string | null {
  skipSpace(cursor);
  TARGET.lastIndex = cursor.pos;
  const found = TARGET.exec(cursor.text);
  if (found === null || TARGET.lastIndex > cursor.end) return null;
  cursor.pos = TARGET.lastIndex;
  return found[1] ?? found[2] ?? found[3] ?? null;
}

/** Whether all fields are called so, since they are those of a data model's object. */
function isDataModel(pattern: string, { sources }: Flow): boolean {
  const object = /^([\w ]+)\.\*$/.exec(pattern)?.[1];
  return (
    object !== undefined &&
    (DATA_MODEL_OBJECTS.has(object) || sources.some(({ kind }) => kind === 'datamodel'))
  );
}

/** `rename a AS b, c.* AS *` (Search Reference, "rename"). */
export const lowerRename: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  let fields = flow.fields;
  const words = wordsOf(found);
  for (let i = 0; i < words.length; i += 3) {
    const [from, as, to] = words.slice(i, i + 3);
    if (from === undefined || to === undefined || !isKeyword(as, 'AS')) {
      misread(cursor, CODES.badArguments, 'rename wants `field AS name`.', from?.span ?? command.span);
      break;
    }
    if (from.text.includes('*'))
      fields = renamePattern(fields, from.text, to.text, isDataModel(from.text, flow));
    else renameField(fields, from.text, to.text);
  }
  return ended({ where: null, flow: { ...flow, fields }, understood: cursor.understood }, end);
};

/** `rex`: named groups become fields, made from the one that was searched; `mode=sed` changes it (Search Reference, "rex"). */
export const lowerRex: LowerCommand = (command, flow, context) => {
  const cursor = cursorAt(context.syntax, command.arguments);
  const read = readRex(cursor);
  if (read.offset !== null) setComputed(flow.fields, [read.offset]);
  const operand = resolve(flow.fields, read.field);
  if (read.sed) {
    const changed = throughStep(operand, stepName('sed', [stepArgument(read.pattern)]), read.field);
    setNames(flow.fields, [[read.field, changed]]);
    return { where: null, flow, understood: cursor.understood };
  }
  if (read.pattern === '') misread(cursor, CODES.badArguments, 'rex wants a pattern.', command.span);
  sayRegexFault(read.pattern, command.arguments, context);
  const groups = [...read.pattern.matchAll(/\(\?P?<([A-Za-z_]\w*)>/g)].map((found) => found[1] ?? '');
  const step = stepName('rex', [stepArgument(read.pattern)]);
  // What is taken out of the whole text is a field of the event like any other.
  const values = groups.map((name): readonly [string, Operand] => [
    name,
    operand.kind === 'field' && operand.name === '_raw'
      ? { kind: 'field', name, through: [] }
      : throughStep(operand, `${step}.${name}`, name),
  ]);
  setNames(flow.fields, values);
  return { where: null, flow, understood: cursor.understood };
};

interface RexArguments {
  readonly field: string;
  readonly sed: boolean;
  readonly pattern: string;
  /** Where the places of the groups are put. */
  readonly offset: string | null;
}

const REX_OPTION = /(field|max_match|offset_field|mode)\s*=\s*(?:"([^"]*)"|([^\s"]+))/iy;

/** Options in any order, and a pattern, which may stand without quotes. */
function readRex(cursor: Cursor): RexArguments {
  const { text, end } = cursor;
  const read = { field: '_raw', sed: false, pattern: '', offset: null as string | null };
  for (;;) {
    skipSpace(cursor);
    if (cursor.pos >= end) return read;
    REX_OPTION.lastIndex = cursor.pos;
    const option = REX_OPTION.exec(text);
    if (option !== null && REX_OPTION.lastIndex <= end) {
      const [, name = '', quoted, bare] = option;
      const value = quoted ?? bare ?? '';
      if (/^field$/i.test(name)) read.field = value;
      if (/^offset_field$/i.test(name)) read.offset = value;
      if (/^mode$/i.test(name) && /^sed$/i.test(value)) read.sed = true;
      cursor.pos = REX_OPTION.lastIndex;
      continue;
    }
    const start = cursor.pos;
    cursor.pos = endOfPiece(text, start, end);
    if (read.pattern !== '') {
      misread(cursor, CODES.badArguments, 'rex takes one pattern.', [start, cursor.pos]);
      return read;
    }
    read.pattern = joinPieces(text.slice(start, cursor.pos));
  }
}

/** Where an argument ends: at white space that is not between quotation marks. */
function endOfPiece(text: string, start: number, end: number): number {
  for (let i = start; i < end; i += 1) {
    if (isSpace(text.charCodeAt(i))) return i;
    if (text.charAt(i) === '\\') i += 1;
    else if (text.charAt(i) === '"') i = Math.max(i, endOfString(text, i, end) - 1);
  }
  return end;
}

/** `lookup table key AS field OUTPUT column AS name` (Search Reference, "lookup"). */
export const lowerLookup: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const words = wordsOf(found);
  const [table, ...rest] = words;
  if (table === undefined) {
    misread(cursor, CODES.badArguments, 'lookup wants the name of a table and a field.', command.span);
    return { where: null, flow, understood: false };
  }
  const output = rest.findIndex((word) => isKeyword(word, 'OUTPUT') || isKeyword(word, 'OUTPUTNEW'));
  const keys = pairsOf(output < 0 ? rest : rest.slice(0, output));
  const known = context.environment.lookups.get(table.text);
  if (known === undefined) sayUnknownLookup(table, context);
  const columns = known?.columns ?? [];
  const outputs =
    output < 0
      ? columns
          .map((name) => ({ from: name, to: name }))
          .filter(({ from }) => !keys.some((key) => key.from === from))
      : pairsOf(rest.slice(output + 1));
  const match: LookupMatch = {
    table: table.text,
    keys: keys.map(({ from, to }) => ({ column: from, field: resolve(flow.fields, to) })),
  };
  const values = outputs.map(({ from, to }): readonly [string, Operand] => [
    to,
    columns.length > 0 ? { kind: 'lookup', rows: match, column: from } : { kind: 'computed', name: to },
  ]);
  const { fields } = flow;
  setNames(fields, values);
  if (known !== undefined || output >= 0)
    return ended({ where: null, flow, understood: cursor.understood }, end);
  // What the event is looked up by is the event's own, wherever it was named first.
  setNames(
    fields,
    keys.map(({ to }) => [to, resolve(fields, to)] as const),
  );
  const before = (): string => context.syntax.mapped.text.slice(context.start, command.span[0]);
  const next = { ...flow, fields: withUnknownColumns(fields, before) };
  return ended({ where: null, flow: next, understood: cursor.understood }, end);
};

/** `a AS b c d AS e`: what is called how. */
function pairsOf(words: readonly Argument[]): readonly { readonly from: string; readonly to: string }[] {
  const pairs: { from: string; to: string }[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const [word, as, to] = words.slice(i, i + 3);
    if (word?.kind !== 'word') continue;
    if (isKeyword(as, 'AS') && to?.kind === 'word') {
      pairs.push({ from: word.text, to: to.text });
      i += 2;
    } else pairs.push({ from: word.text, to: word.text });
  }
  return pairs;
}

/** `spath`: what its path leads to is a field of that name, or a part of the field that it reads (Search Reference, "spath"). */
export const lowerSpath: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const path = optionOf(found, 'path') ?? wordsOf(found)[0]?.text ?? null;
  const output = optionOf(found, 'output');
  const input = optionOf(found, 'input') ?? '_raw';
  if (path === null && output === null) {
    return ended({ where: null, flow, understood: cursor.understood }, end);
  }
  const name = output ?? path ?? '';
  const value: Operand =
    input === '_raw' && path !== null
      ? { kind: 'field', name: path, through: [] }
      : throughStep(
          resolve(flow.fields, input),
          stepName('spath', path === null ? [] : [stepArgument(path)]),
          name,
        );
  setNames(flow.fields, [[name, value]]);
  return ended({ where: null, flow, understood: cursor.understood }, end);
};
