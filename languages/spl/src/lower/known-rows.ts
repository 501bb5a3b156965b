import { and, type Expression, or, type Span } from '@rulescope/logic';
import type { LookupTable } from '../environment.ts';
import { isKeyword, parseArguments, wordsOf } from '../syntax/arguments.ts';
import type { Argument, WordNode } from '../syntax/ast.ts';
import { cursorAt } from '../syntax/context.ts';
import { splitPipeline } from '../text/pipeline.ts';
import { resolve } from './fields.ts';
import { ask } from './operand.ts';
import type { SearchPlace } from './search.ts';
import { patternQuestion, type Question, searchPattern } from './tests.ts';

/** A column of the rows that a subsearch gives: what it is called by then, and where it stands in the table. */
interface Column {
  readonly name: string;
  readonly at: number;
}

/** A command of the subsearch: its name and its arguments. */
interface Step {
  readonly name: string;
  readonly found: readonly Argument[];
}

/**
 * What a subsearch asks for that reads a known table and only chooses and renames its columns, as in
 * `[| inputlookup tools.csv | rename tool AS process | fields process]`: any of the rows, of a row all of its columns
 * that have a value. Null for any other (Search Manual, "Change the format of subsearch results").
 */
export function knownRows(inner: Span, span: Span, place: SearchPlace): Expression | null {
  const [first, ...steps] = stepsOf(inner, place);
  const [named] = wordsOf(first?.found ?? []);
  if (first?.name !== 'inputlookup' || first.found.length !== 1 || named === undefined) return null;
  const table = place.context.environment.lookups.get(named.text);
  if (table === undefined) return null;
  let columns: readonly Column[] | null = table.columns.map((name, at) => ({ name, at }));
  for (const step of steps) columns = columns === null ? null : afterStep(step, columns);
  // Names that start with an underscore are left out; `search` and `query` stand for searches.
  const kept = columns?.filter(({ name }) => !name.startsWith('_')) ?? [];
  if (kept.length === 0 || kept.some(({ name }) => name === 'search' || name === 'query')) return null;
  return askRows(table, kept, span, place);
}

function stepsOf(inner: Span, { context }: SearchPlace): readonly Step[] {
  const { mapped, brackets } = context.syntax;
  const { commands, unclosed } = splitPipeline(mapped.text, inner, brackets);
  if (unclosed.length > 0 || commands.some(({ piped }, i) => i > 0 && !piped)) return [];
  return commands.map(({ start, span: [, end] }) => {
    const [name, ...found] = parseArguments(cursorAt(context.syntax, [start, end]));
    return { name: name?.kind === 'word' ? name.text.toLowerCase() : '', found };
  });
}

/** The columns behind a command that leaves the rows as they are; null for any other command. */
function afterStep({ name, found }: Step, columns: readonly Column[]): readonly Column[] | null {
  const words = wordsOf(found);
  const others = found.length - words.length;
  const commas = found.filter((argument) => argument.kind === 'mark' && argument.text === ',').length;
  if (others > commas || words.some(({ text }) => text.includes('*'))) return null;
  switch (name) {
    case 'fields':
    case 'table':
      return chosen(words, columns);
    case 'rename':
      return renamed(words, columns);
    case 'format':
    case 'uniq':
      return words.length === 0 ? columns : null;
    default:
      return null;
  }
}

function chosen(words: readonly WordNode[], columns: readonly Column[]): readonly Column[] {
  const [sign] = words;
  const names = new Set(words.map(({ text }) => text));
  return columns.filter(({ name }) => (sign?.text === '-' ? !names.has(name) : names.has(name)));
}

function renamed(words: readonly WordNode[], columns: readonly Column[]): readonly Column[] | null {
  const names = new Map<string, string>();
  for (let i = 0; i < words.length; i += 3) {
    const [from, as, to] = words.slice(i, i + 3);
    if (from === undefined || to === undefined || !isKeyword(as, 'AS')) return null;
    names.set(from.text, to.text);
  }
  return columns.map(({ name, at }) => ({ name: names.get(name) ?? name, at }));
}

function askRows(table: LookupTable, columns: readonly Column[], span: Span, place: SearchPlace): Expression {
  const askColumn = (name: string, values: readonly string[]): Expression =>
    ask(resolve(place.fields, name), values.map(questionOf), span, place.context, {
      via: `lookup:${table.name}`,
    });
  const [only] = columns;
  if (only !== undefined && columns.length === 1) {
    const values = [...new Set(table.rows.map((row) => row[only.at] ?? ''))].filter((value) => value !== '');
    return values.length === 0 ? or([]) : askColumn(only.name, values);
  }
  const rows = table.rows.map((row) =>
    columns.flatMap(({ name, at }) => (row[at] ? [askColumn(name, [row[at]])] : [])),
  );
  return or(rows.filter((row) => row.length > 0).map(and));
}

/** The values stand between quotation marks in the search that is made of them: a star is a wildcard, nothing escapes. */
function questionOf(value: string): Question {
  return patternQuestion(searchPattern(value.replaceAll(/[\\"]/g, '\\$&')), false);
}
