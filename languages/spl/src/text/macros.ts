import type { Span } from '@rulescope/logic';
import { type Reporter, report } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import { type MacroDefinition, macroKey, type SplEnvironment } from '../environment.ts';
import {
  addCopy,
  addExpansion,
  builtText,
  type MappedText,
  type TextBuilder,
  textBuilder,
  unmapped,
} from './mapped-text.ts';
import { endOfComment, endOfMacro, endOfString, isComment } from './scan.ts';

/** A call of a macro: `` `name(argument, argument)` ``. */
export interface MacroCall {
  readonly name: string;
  /** As written, white space around them and quotes that enclose a whole one left out. */
  readonly arguments: readonly string[];
}

/** Macros that call macros end somewhere: deeper than any that a person keeps. */
const MOST_LEVELS = 40;
/** What one search may grow by: more than any that a person keeps. */
const MOST_TEXT = 200_000;

/**
 * Replaces the macros that the environment defines by their definitions, with their arguments, before anything is
 * parsed: a macro is text, so it may hold half an expression (Knowledge Manager Manual, "Use search macros in
 * searches"). Those in quoted values stay, as do those that nothing defines.
 */
export function expandMacros(text: string, environment: SplEnvironment, to: Reporter): MappedText {
  if (environment.macros.size === 0 || !text.includes('`')) return unmapped(text);
  const built = { ...textBuilder(), grown: 0 };
  let copied = 0;
  forEachCall(text, (call, span) => {
    const definition = definitionOf(call, environment);
    if (definition === null) return;
    addCopy(built, text.slice(copied, span[0]), copied);
    const expansion: Expansion = { environment, to, span, via: `macro:${call.name}`, built };
    expandInto(definition, call, [], expansion);
    copied = span[1];
  });
  if (copied === 0) return unmapped(text);
  addCopy(built, text.slice(copied), copied);
  return builtText(built, text);
}

interface Expansion {
  readonly environment: SplEnvironment;
  readonly to: Reporter;
  readonly span: Span;
  readonly via: string;
  /** With how much was expanded so far. */
  readonly built: TextBuilder & { grown: number };
}

/** `inside` are the macros that are being expanded: one that calls itself stays as it is written. */
function expandInto(
  definition: MacroDefinition,
  call: MacroCall,
  inside: readonly MacroDefinition[],
  into: Expansion,
): void {
  const text = withArguments(definition, call);
  const add = (part: string): void => addExpansion(into.built, part, into.span, into.via);
  const around = [...inside, definition];
  into.built.grown += text.length;
  if (inside.includes(definition) || around.length > MOST_LEVELS || into.built.grown > MOST_TEXT) {
    const message = `The macro ${call.name} calls itself, or is expanded into too much.`;
    report(into.to, CODES.macroTooDeep, message, into.span);
    add(`\`${call.name}\``);
    return;
  }
  let done = 0;
  forEachCall(text, (inner, [start, end]) => {
    const found = definitionOf(inner, into.environment);
    if (found === null) return;
    add(text.slice(done, start));
    expandInto(found, inner, around, into);
    done = end;
  });
  add(text.slice(done));
}

function withArguments(definition: MacroDefinition, call: MacroCall): string {
  if (definition.parameters.length === 0) return definition.definition;
  const values = new Map(definition.parameters.map((name, i) => [name, call.arguments[i] ?? '']));
  for (const argument of call.arguments) {
    // Arguments may be given by name (Knowledge Manager Manual, "Search macro examples").
    const [, name = '', value = ''] = /^([\w-]+)\s*=\s*(.*)$/s.exec(argument) ?? [];
    if (values.has(name)) values.set(name, withoutQuotes(value));
  }
  return definition.definition.replaceAll(
    /\$([\w-]+)\$/g,
    (whole, name: string) => values.get(name) ?? whole,
  );
}

function definitionOf(call: MacroCall, { macros }: SplEnvironment): MacroDefinition | null {
  return macros.get(macroKey(call.name, call.arguments.length)) ?? null;
}

function forEachCall(text: string, found: (call: MacroCall, span: Span) => void): void {
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '"') i = Math.max(i, endOfString(text, i, text.length) - 1);
    else if (char === '`' && isComment(text, i)) i = endOfComment(text, i, text.length) - 1;
    else if (char === '`') {
      const end = endOfMacro(text, i, text.length);
      if (end < 0) return;
      found(readMacroCall(text.slice(i + 1, end - 1)), [i, end]);
      i = end - 1;
    }
  }
}

/** Reads what stands between the back-ticks of a call. */
export function readMacroCall(inner: string): MacroCall {
  const open = inner.indexOf('(');
  const name = (open < 0 ? inner : inner.slice(0, open)).trim();
  if (open < 0) return { name, arguments: [] };
  const close = inner.lastIndexOf(')');
  const list = inner.slice(open + 1, close > open ? close : undefined);
  return { name, arguments: list.trim() === '' ? [] : splitArguments(list) };
}

/** A string that is never closed is no string: the comma behind it separates. */
function splitArguments(list: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  for (let i = 0; i < list.length; i += 1) {
    const char = list.charAt(i);
    if (char === '"') i = Math.max(i, endOfString(list, i, list.length) - 1);
    else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === ',' && depth <= 0) {
      parts.push(list.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, list.slice(start)].map((part) => withoutQuotes(part.trim()));
}

function withoutQuotes(text: string): string {
  const whole = text.length > 1 && text.startsWith('"') && endOfString(text, 0, text.length) === text.length;
  return whole ? text.slice(1, -1).replaceAll('\\"', '"') : text;
}
