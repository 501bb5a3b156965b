import { type Fields, fieldsOf } from './fields.ts';

/** What expressions of a template may name: its variables, and its parameters by their default values. */
export interface Expressions {
  readonly variables: Fields;
  readonly parameters: Fields;
}

export function expressionsOf(root: Fields): Expressions {
  return { variables: fieldsOf(root.variables), parameters: fieldsOf(root.parameters) };
}

/** Variables may name other variables. */
const MOST_REFERENCES = 5;

/** What is put together of others is no longer than this. */
const LONGEST = 100_000;

/**
 * What a value of a template means, as far as the template says it (Microsoft Learn, "Syntax and expressions in ARM
 * templates"): an expression in brackets of texts, `parameters`, `variables`, `concat` and `format`; a text that
 * starts with two brackets starts with one. What names anything else stays as it is written.
 */
export function meaningOf(value: string, expressions: Expressions, depth = 0): string {
  if (value.startsWith('[[')) return value.slice(1);
  if (!value.startsWith('[') || !value.endsWith(']') || depth > MOST_REFERENCES) return value;
  const reader: Reader = { text: value.slice(1, -1), at: 0, expressions, depth };
  const meant = readValue(reader, 0);
  const whole = reader.text.slice(reader.at).trim() === '';
  const text = whole ? printed(meant) : null;
  return text === null ? value : text;
}

interface Reader {
  readonly text: string;
  at: number;
  readonly expressions: Expressions;
  readonly depth: number;
}

/** Calls within calls, at most. */
const DEEPEST = 20;

const TOKEN = /\s*(?:'((?:[^']|'')*)'|(-?\d+)|([A-Za-z]\w*)\s*\()/y;

/** A text, a number, or what a function gives; undefined where that is not known, or not read. */
function readValue(reader: Reader, depth: number): unknown {
  TOKEN.lastIndex = reader.at;
  const found = TOKEN.exec(reader.text);
  if (found === null || depth > DEEPEST) return undefined;
  reader.at = TOKEN.lastIndex;
  const [, text, number, name] = found;
  if (text !== undefined) return text.replaceAll("''", "'");
  if (number !== undefined) return Number(number);
  const given = readArguments(reader, depth);
  return given === null ? undefined : readParts(reader, answerOf(name ?? '', given, reader));
}

/** The arguments up to the closing parenthesis; null where they are not read to their end. */
function readArguments(reader: Reader, depth: number): readonly unknown[] | null {
  const given: unknown[] = [];
  const next = (): string => /\S/.exec(reader.text.slice(reader.at))?.[0] ?? '';
  const pass = (): void => {
    reader.at = reader.text.indexOf(next(), reader.at) + 1;
  };
  if (next() === ')') {
    pass();
    return given;
  }
  for (;;) {
    const before = reader.at;
    given.push(readValue(reader, depth + 1));
    const sign = next();
    if (reader.at === before || (sign !== ',' && sign !== ')')) return null;
    pass();
    if (sign === ')') return given;
  }
}

/** `.part` behind a call. */
function readParts(reader: Reader, value: unknown): unknown {
  let part = value;
  for (;;) {
    const [whole, name] = /^\.(\w+)/.exec(reader.text.slice(reader.at, reader.at + 200)) ?? [];
    if (whole === undefined || name === undefined) return part;
    reader.at += whole.length;
    part = fieldsOf(part)[name];
  }
}

function answerOf(name: string, given: readonly unknown[], { expressions, depth }: Reader): unknown {
  const [first] = given;
  const named = typeof first === 'string' ? first : '';
  const meant = (value: unknown): unknown =>
    typeof value === 'string' ? meaningOf(value, expressions, depth + 1) : value;
  switch (name.toLowerCase()) {
    case 'parameters':
      return meant(fieldsOf(expressions.parameters[named]).defaultValue);
    case 'variables':
      return meant(expressions.variables[named]);
    case 'concat': {
      const texts = given.map(printed);
      return texts.some((text) => text === null) ? undefined : short(texts.join(''));
    }
    case 'format': {
      const texts = given.slice(1).map(printed);
      if (typeof first !== 'string' || texts.some((text) => text === null)) return undefined;
      // Braces are doubled where they are meant (Microsoft Learn, "String functions for ARM templates", format).
      const filled = first.replaceAll(/\{\{|\}\}|\{(\d+)(?:[,:][^{}]*)?\}/g, (whole, at?: string) =>
        at === undefined ? whole.charAt(0) : (texts[Number(at)] ?? whole),
      );
      return short(filled);
    }
    default:
      return undefined;
  }
}

/** A text, or a number or truth as a text; null for anything else. */
function printed(value: unknown): string | null {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : null;
}

function short(text: string): string | undefined {
  return text.length > LONGEST ? undefined : text;
}
