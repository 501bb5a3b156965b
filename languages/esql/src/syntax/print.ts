import { printString } from '@rulescope/logic/elastic';
import type { Command, Item, Pipeline, Sort } from './ast.ts';
import { printExpr, printName, printValue } from './print-expressions.ts';

/**
 * A parsed query as text, one command a line. What is parsed again gives the same tree, spans apart; broken parts are
 * printed as they were written. Comments are left out, but for those in commands that are kept as text.
 */
export function printPipeline(pipeline: Pipeline): string {
  const settings = pipeline.commands.filter(({ kind }) => kind === 'set').map(printCommand);
  const commands = pipeline.commands.filter(({ kind }) => kind !== 'set').map(printCommand);
  return [...settings, commands.join('\n| ')].join('\n');
}

function printCommand(command: Command): string {
  const text = printArguments(command);
  return text === '' ? command.name : `${command.name} ${text}`;
}

function printArguments(command: Command): string {
  switch (command.kind) {
    case 'source':
      return printSource(command.patterns, command.subqueries, command.metadata);
    case 'where':
      return printExpr(command.condition);
    case 'assign':
      return printItems(command.items);
    case 'stats':
      return [
        printItems(command.aggregates),
        ...(command.by.length > 0 ? [`by ${printItems(command.by)}`] : []),
      ]
        .filter((part) => part !== '')
        .join(' ');
    case 'columns':
      return command.names.map(printPattern).join(', ');
    case 'rename':
      return command.pairs.map(({ from, to }) => `${printPattern(from)} as ${printPattern(to)}`).join(', ');
    case 'sort':
      return command.keys.map(printSortKey).join(', ');
    case 'limit':
      return (
        printExpr(command.count) +
        (command.by.length > 0 ? ` by ${command.by.map(printExpr).join(', ')}` : '')
      );
    case 'extract': {
      const options = command.options.map(({ name, expr }) => ` ${name}=${printExpr(expr)}`).join('');
      return `${printExpr(command.input)} ${command.patterns.map(printExpr).join(', ')}${options}`;
    }
    case 'enrich': {
      const on = command.on === null ? '' : ` on ${printPattern(command.on)}`;
      const columns = command.columns.map(({ name, column }) =>
        name === null ? printPattern(column) : `${printPattern(name)} = ${printPattern(column)}`,
      );
      return `${command.policy}${on}${columns.length > 0 ? ` with ${columns.join(', ')}` : ''}`;
    }
    case 'join':
      return `${command.index} on ${command.on.map(printExpr).join(', ')}`;
    case 'fork':
      return command.legs.map((leg) => `(${printPipeline(leg)})`).join(' ');
    case 'completion': {
      const target = command.target === null ? '' : `${printName(command.target)} = `;
      const options = command.options === null ? '' : ` with ${printExpr(command.options)}`;
      return target + printValue(command.prompt) + options;
    }
    case 'parts': {
      const options = command.options === null ? '' : ` with ${printExpr(command.options)}`;
      return `${printName(command.prefix)} = ${printExpr(command.input)}${options}`;
    }
    case 'set':
      return `${command.setting} = ${printExpr(command.value)};`;
    case 'plain':
      return command.text;
  }
}

function printSource(
  patterns: readonly string[],
  subqueries: readonly Pipeline[],
  metadata: readonly string[],
): string {
  const read = [
    ...patterns.map((pattern) => (/^[^\s,|()[\]"=/]+$/.test(pattern) ? pattern : printString(pattern))),
    ...subqueries.map((query) => `(${printPipeline(query)})`),
  ];
  return read.join(', ') + (metadata.length > 0 ? ` metadata ${metadata.map(printPattern).join(', ')}` : '');
}

function printItems(items: readonly Item[]): string {
  return items
    .map(({ name, expr, where }) => {
      const target = name === null ? '' : `${printName(name)} = `;
      return target + printExpr(expr) + (where === null ? '' : ` where ${printExpr(where)}`);
    })
    .join(', ');
}

function printSortKey({ expr, order, nulls }: Sort['keys'][number]): string {
  return [
    printExpr(expr),
    ...(order === null ? [] : [order]),
    ...(nulls === null ? [] : [`nulls ${nulls}`]),
  ].join(' ');
}

/** A column or a pattern of columns; stars outside of backticks are wildcards. */
function printPattern(pattern: string): string {
  return pattern.includes('*') || pattern.startsWith('?') ? pattern : printName(pattern);
}
