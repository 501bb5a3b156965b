import {
  type Diagnostic,
  diagnostic,
  LIMITS,
  type LineStarts,
  lineStarts,
  SHARED_CODES,
  type Span,
} from '@rulescope/logic';
import { parse, TomlError } from 'smol-toml';
import { catalogCode, fileDiagnostic } from '../diagnostic-codes.ts';
import { type Fields, fieldsOf } from './fields.ts';
import type { EmbeddedText } from './offsets.ts';
import { embeddedString } from './toml-escapes.ts';
import { scanToml, type TomlNode, type TomlStatement } from './toml-scan.ts';

/** A value of a TOML text, and where it stands. */
export interface TomlValue {
  readonly value: unknown;
  readonly text: string;
  /** Null where the text does not show it. */
  readonly node: TomlNode | null;
}

export interface TomlFile {
  /** The whole text, a table; null where it is no TOML. */
  readonly root: TomlValue | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly lines: LineStarts;
}

const [TEXT_TOO_LARGE] = SHARED_CODES;

/** Reads a TOML text. Never throws: what is wrong with it is in the diagnostics. */
export function readTomlFile(text: string): TomlFile {
  const lines = lineStarts(text);
  if (text.length > LIMITS.textLength) {
    const found = fileDiagnostic(TEXT_TOO_LARGE, 'The file is too large for a rule file.');
    return { root: null, diagnostics: [found], lines };
  }
  try {
    const value = parse(text, { maxDepth: LIMITS.depth });
    return { root: { value, text, node: scanToml(text) }, diagnostics: [], lines };
  } catch (error) {
    return { root: null, diagnostics: [invalid(error, text, lines)], lines };
  }
}

function invalid(error: unknown, text: string, lines: LineStarts): Diagnostic {
  const said = error instanceof Error ? error.message : String(error);
  const [first = said] = said.replace(/^Invalid TOML document: /, '').split('\n', 1);
  const message = `Invalid TOML: ${first.trim()}.`;
  if (!(error instanceof TomlError)) return fileDiagnostic(catalogCode('toml-invalid'), message);
  const at = Math.min((lines[error.line - 1] ?? 0) + error.column - 1, text.length);
  return diagnostic(catalogCode('toml-invalid'), message, [at, Math.min(at + 1, text.length)], lines);
}

/** What stands under a key of a table or an index of an array; null where there is nothing. */
export function under(parent: TomlValue | null, ...keys: readonly (string | number)[]): TomlValue | null {
  let found = parent;
  for (const key of keys) {
    if (found === null) return null;
    const value = memberOf(found.value, key);
    if (value === undefined) return null;
    found = { value, text: found.text, node: found.node?.children.get(key) ?? null };
  }
  return found;
}

function memberOf(value: unknown, key: string | number): unknown {
  if (typeof key === 'number') return Array.isArray(value) ? value[key] : undefined;
  const fields = fieldsOf(value);
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** The values of a table. */
export function tableOf(found: TomlValue | null): Fields {
  return fieldsOf(found?.value);
}

/** The elements of an array; a single value is one. */
export function itemsOf(found: TomlValue | null): readonly TomlValue[] {
  if (found === null) return [];
  const { value, text, node } = found;
  if (!Array.isArray(value)) return [found];
  return value.map((item: unknown, i) => ({ value: item, text, node: node?.children.get(i) ?? null }));
}

/** The values of a table by their keys. */
export function entriesOf(found: TomlValue): readonly (readonly [key: string, value: TomlValue])[] {
  const { value, text, node } = found;
  return Object.entries(fieldsOf(value)).map(([key, member]) => [
    key,
    { value: member, text, node: node?.children.get(key) ?? null },
  ]);
}

/** A string, with where each of its characters stands in the file; null where the value is none. */
export function embeddedToml(found: TomlValue | null): EmbeddedText | null {
  if (found === null || typeof found.value !== 'string') return null;
  return embeddedString(found.text, found.node?.value ?? [0, found.text.length], found.value);
}

/** Where some values stand, keys and headers included: statements in a row are one span. */
export function spansOf(...values: readonly (TomlValue | null)[]): readonly Span[] {
  const statements = values
    .flatMap((found) => (found?.node == null ? [] : statementsOf(found.node)))
    .toSorted((a, b) => a.order - b.order);
  const spans: Span[] = [];
  let last = Number.NaN;
  for (const { order, span } of statements) {
    const before = spans.at(-1);
    if (before !== undefined && order <= last + 1) spans[spans.length - 1] = [before[0], span[1]];
    else spans.push(span);
    last = order;
  }
  return spans;
}

/** Where a value begins and ends, with its key; an element of an array has no key. */
export function spanOf(found: TomlValue): Span {
  const spans = spansOf(found);
  return [spans[0]?.[0] ?? found.node?.value?.[0] ?? 0, spans.at(-1)?.[1] ?? found.node?.value?.[1] ?? 0];
}

function statementsOf(top: TomlNode): readonly TomlStatement[] {
  const found: TomlStatement[] = [];
  const waiting = [top];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const statement of node.statements) found.push(statement);
    for (const child of node.children.values()) waiting.push(child);
  }
  return found;
}
