import { stepName } from '@rulescope/logic/parsing';
import { CODES } from '../../diagnostic-codes.ts';
import { isKeyword, optionOf, parseArguments, wordsOf } from '../../syntax/arguments.ts';
import type { Argument } from '../../syntax/ast.ts';
import { cursorAt, problem } from '../../syntax/context.ts';
import type { LowerCommand } from '../context.ts';
import { eventFields, type Operand, onlyNames, resolve, setComputed, setNames } from '../fields.ts';
import { ask } from '../operand.ts';
import { throughStep } from '../steps.ts';
import { IS_NULL } from '../tests.ts';
import { ended, readAll } from './aggregate.ts';

/** A command that does nothing that a test would show: its arguments are looked through. */
export const lowerPlain: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const limited = flow.limited || limits(command.name, found);
  const chosen = chosenBy(command.name, found) ?? flow.chosen ?? [];
  return ended({ where: null, flow: { ...flow, limited, chosen }, understood: cursor.understood }, end);
};

/** The fields that `fields` and `table` keep, those of a pattern left out; null where another command stands. */
function chosenBy(name: string, found: readonly Argument[]): readonly string[] | null {
  const words = wordsOf(found).map(({ text }) => text);
  if ((name !== 'fields' && name !== 'table') || words[0] === '-') return null;
  return words.filter((text) => text !== '+' && !text.includes('*'));
}

/** Whether a command leaves rows out by their number: `head`, `tail`, `sort 5 -count`, where 0 is all of them. */
function limits(name: string, found: readonly Argument[]): boolean {
  if (name === 'head' || name === 'tail') return true;
  const first = wordsOf(found)[0]?.text ?? '';
  const count = /^\d+$/.test(first) ? first : optionOf(found, 'limit');
  return name === 'sort' && count !== null && count !== '0';
}

/** Commands that add fields: those that they always add, and the one that their arguments name. */
export const lowerAdding: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const words = wordsOf(found);
  const prefix = optionOf(found, 'prefix') ?? '';
  const named = words.flatMap((word, i) => (isKeyword(words[i - 1], 'AS') ? [word.text] : []));
  const options = ['outfield', 'fieldname', 'output', 'labelfield', 'countfield'].map((name) =>
    optionOf(found, name),
  );
  const last = command.name === 'strcat' ? [words.at(-1)?.text] : [];
  const changed = command.name === 'replace' ? behindIn(words) : [];
  const others = [...named, ...options, ...last, ...changed].filter((name) => typeof name === 'string');
  setComputed(flow.fields, [...(command.row?.adds ?? []).map((name) => `${prefix}${name}`), ...others]);
  return ended({ where: null, flow, understood: cursor.understood }, end);
};

/** `replace "a" WITH "b" IN field`: the fields. */
function behindIn(words: readonly { readonly text: string }[]): readonly string[] {
  const at = words.findIndex(({ text }) => /^in$/i.test(text));
  return at < 0 ? [] : words.slice(at + 1).map(({ text }) => text);
}

/** fillnull gives fields that are missing a value (Search Reference, "fillnull"). */
export const lowerFillnull: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const constant: Operand = { kind: 'constant', value: optionOf(found, 'value') ?? '0' };
  for (const { text, span } of wordsOf(found)) {
    const value = resolve(flow.fields, text);
    if (value.kind !== 'field') continue;
    const options = [
      { when: null, unless: ask(value, [IS_NULL], span, context), value },
      { when: null, unless: null, value: constant },
    ];
    // Of rows that were put together the field is no longer asked for.
    if (!flow.aggregated) setNames(flow.fields, [[text, { kind: 'choice', options }]]);
  }
  return ended({ where: null, flow, understood: cursor.understood }, end);
};

/** convert and bin change a field, or put what they make of it into another one. */
export const lowerThrough: LowerCommand = (command, flow, context) => {
  const { cursor, found, end } = readAll(command, context);
  const made: [string, Operand][] = [];
  const bucket = stepName(
    'bucket',
    ['span', 'bins'].flatMap((option) => given(found, option)),
  );
  found.forEach((argument, i) => {
    const [as, to] = [found[i + 1], found[i + 2]];
    const name = isKeyword(as, 'AS') && to?.kind === 'word' ? to.text : null;
    if (argument.kind === 'call') {
      const field = context.syntax.mapped.text.slice(...argument.inner).trim();
      if (!field.includes('*'))
        made.push([name ?? field, throughStep(resolve(flow.fields, field), argument.name, field)]);
    } else if (argument.kind === 'word' && command.name !== 'convert' && !isKeyword(argument, 'AS')) {
      if (isKeyword(found[i - 1], 'AS')) return;
      const changed = throughStep(resolve(flow.fields, argument.text), bucket, argument.text);
      made.push([name ?? argument.text, changed]);
    }
  });
  setNames(flow.fields, made);
  return ended({ where: null, flow, understood: cursor.understood }, end);
};

function given(found: readonly Argument[], option: string): readonly string[] {
  const value = optionOf(found, option);
  return value === null ? [] : [`${option}=${value}`];
}

/** xyseries, untable, transpose: what were values are names now. */
export const lowerReshaping: LowerCommand = (command, flow, context) => {
  const { cursor, end } = readAll(command, context);
  const next = { ...flow, fields: onlyNames([]), aggregated: true };
  return ended({ where: null, flow: next, understood: cursor.understood }, end);
};

/** A command that Splunk does not bring along: what it does is not known. */
export const lowerUnknown: LowerCommand = (command, flow, context) => {
  const found = parseArguments(cursorAt(context.syntax, command.arguments));
  const queries = found
    .filter((argument) => argument.kind === 'subsearch')
    .map(({ inner }) => {
      const part = {
        syntax: context.syntax,
        span: inner,
        fields: eventFields(),
        start: 'command',
        negated: false,
      } as const;
      return context.lowerNested(part, context).query;
    });
  problem(
    context.syntax,
    CODES.unknownCommand,
    `${command.name} is no command of Splunk itself.`,
    command.span,
  );
  return { where: null, flow, understood: true, queries };
};
