import { type Diagnostic, LIMITS, SHARED_CODES, type Span } from '@rulescope/logic';
import { childReporter, type Reporter, report } from '@rulescope/logic/parsing';
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml';
import { CODES } from '../diagnostic-codes.ts';

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** The text that the value was read from, where it is a number or boolean; else the value as text. */
  readonly written: string;
  readonly span: Span;
}

interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
  readonly span: Span;
}

/** One key of a map with its value. `span` reaches from the key's first character to the value's last. */
export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlNode;
  readonly span: Span;
  /** Where the key stands in the documents that this one inherits from. */
  readonly inheritedKeys?: readonly Span[];
}

interface YamlMap {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  readonly span: Span;
}

/** YAML as plain data: aliases and merge keys resolved, everything with its place in the text. */
export type YamlNode = YamlScalar | YamlList | YamlMap;

export interface YamlDocument {
  /** Null where the document is empty. */
  readonly root: YamlNode | null;
  readonly span: Span;
  /** False where the YAML itself is broken, so that part of the text may be missing. */
  readonly sound: boolean;
  /** What is wrong with the YAML of this document. */
  readonly diagnostics: readonly Diagnostic[];
}

const [, NESTING_TOO_DEEP] = SHARED_CODES;

interface Reading {
  readonly to: Reporter;
  /** The anchors met so far: an alias means the last one of its name before it. */
  readonly anchors: Map<string, Node>;
  readonly done: Map<Node, YamlNode>;
  readonly open: Set<Node>;
  sound: boolean;
}

/**
 * Reads every document of a YAML 1.2 text (core schema: 0x1F is a number, `yes` is text) with the `yaml`
 * package. Never throws; what is wrong is in the diagnostics of its document. Aliases are shared, not copied, so that no
 * text of theirs can grow.
 */
export function readYaml(text: string, to: Reporter): readonly YamlDocument[] {
  return parse(text, to).map((document) => readDocument(document, text, to));
}

const TOO_DEEP = 'The YAML is nested too deeply to be read.';

function parse(text: string, to: Reporter): readonly Document[] {
  try {
    const documents = parseAllDocuments(text, {
      prettyErrors: false,
      logLevel: 'silent',
      // Its own check for duplicate keys compares each pair of keys: ours is linear.
      uniqueKeys: false,
    });
    return Array.isArray(documents) ? documents : [];
  } catch (thrown) {
    // The package says most things in a document's errors, but overflows the stack on some deep texts.
    const deep = thrown instanceof RangeError;
    const message = deep
      ? 'The YAML is nested too deeply to be read.'
      : `The YAML cannot be read: ${String(thrown)}.`;
    report(to, deep ? NESTING_TOO_DEEP : CODES.yamlSyntax, message, [0, 0]);
    return [];
  }
}

function readDocument(document: Document, text: string, file: Reporter): YamlDocument {
  const to = childReporter(file);
  const reading: Reading = {
    to,
    anchors: new Map(),
    done: new Map(),
    open: new Set(),
    sound: document.errors.length === 0,
  };
  const [first] = document.errors;
  if (first !== undefined) {
    const start = Math.min(first.pos[0], text.length);
    const end = Math.max(start, Math.min(first.pos[1], text.length));
    if (first.message.startsWith('Maximum call stack')) report(to, NESTING_TOO_DEEP, TOO_DEEP, [start, end]);
    else report(to, CODES.yamlSyntax, `${firstLine(first.message)}${ADVICE[first.code] ?? ''}`, [start, end]);
  }
  const contents = document.contents as Node | null;
  const root = contents === null || isNull(contents) ? null : convert(contents, 0, reading);
  const [start, , end] = document.range ?? [0, 0, text.length];
  const span = trimmed(text, start + (MARKER.exec(text.slice(start, start + 100))?.[0].length ?? 0), end);
  return { root, span, sound: reading.sound, diagnostics: to.diagnostics };
}

function isNull(node: Node): boolean {
  return isScalar(node) && node.value === null;
}

/** What starts a document and is no part of it. */
const MARKER = /^---[ \t]*(?:\r?\n)*/;

/** What to do about the mistakes that people make, by the codes of the yaml package. */
const ADVICE: Readonly<Partial<Record<string, string>>> = {
  TAB_AS_INDENT: '. Indent with blanks, not with tabs',
  BAD_DQ_ESCAPE: '. In double quotes a backslash escapes: put the value in single quotes',
  BLOCK_AS_IMPLICIT_KEY: '. A value that holds ": " needs quotes',
  MULTILINE_IMPLICIT_KEY: '. A key must be on one line, with its colon',
  BAD_SCALAR_START: '. A value that starts with this character needs quotes',
  BAD_INDENT: '. Check the indentation of this line and the one before',
};

/** Some messages of the yaml package go on with a drawing of the place, which the span says already. */
function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? message).replace(/ at line \d+, column \d+:?$/, '');
}

function convert(node: Node, depth: number, reading: Reading): YamlNode {
  const known = reading.done.get(node);
  if (known !== undefined) return known;
  const span = spanOf(node, reading);
  if (depth > LIMITS.depth) {
    return broken(reading, NESTING_TOO_DEEP, `YAML nested more than ${LIMITS.depth} levels deep.`, span);
  }
  if (isAlias(node)) {
    const target = reading.anchors.get(node.source);
    if (target === undefined) {
      const message = `There is no anchor &${node.source}. If a wildcard is meant, put the value in quotes.`;
      return broken(reading, CODES.unknownAnchor, message, span);
    }
    if (reading.open.has(target)) {
      return broken(
        reading,
        CODES.aliasCycle,
        `The alias *${node.source} stands inside its own anchor.`,
        span,
      );
    }
    return convert(target, depth + 1, reading);
  }
  if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined)
    reading.anchors.set(node.anchor, node);
  reading.open.add(node);
  const converted = convertContents(node, span, depth, reading);
  reading.open.delete(node);
  reading.done.set(node, converted);
  return converted;
}

function convertContents(node: Node, span: Span, depth: number, reading: Reading): YamlNode {
  if (isMap(node)) return { kind: 'map', entries: entriesOf(node.items, depth, reading), span };
  if (isSeq(node)) {
    const items = node.items.map((item) => convert(item as Node, depth + 1, reading));
    return { kind: 'list', items, span };
  }
  return scalar(node, span);
}

type RawPair = { readonly key: unknown; readonly value?: unknown };

function entriesOf(pairs: readonly RawPair[], depth: number, reading: Reading): readonly YamlEntry[] {
  const entries: YamlEntry[] = [];
  const merged: YamlEntry[] = [];
  const seen = new Set<string>();
  for (const pair of pairs) {
    const key = convert(pair.key as Node, depth + 1, reading);
    const value = pair.value == null ? emptyAfter(key.span) : convert(pair.value as Node, depth + 1, reading);
    const name = key.kind === 'scalar' ? key.written : reading.to.text.slice(...key.span);
    if (name === '<<' && value.kind !== 'scalar') {
      merged.push(...mergeable(value));
      continue;
    }
    if (seen.has(name)) {
      reading.sound = false;
      report(reading.to, CODES.duplicateKey, `The key "${name}" stands twice in the same map.`, key.span);
    }
    seen.add(name);
    const end =
      pair.value == null ? keyEnd(key.span, reading.to.text) : spanOf(pair.value as Node, reading)[1];
    entries.push({ key: name, keySpan: key.span, value, span: [key.span[0], Math.max(end, key.span[1])] });
  }
  // YAML's merge key: what the map says itself comes first.
  for (const entry of merged) {
    if (!seen.has(entry.key)) {
      seen.add(entry.key);
      entries.push(entry);
    }
  }
  return entries;
}

function mergeable(value: YamlNode): readonly YamlEntry[] {
  if (value.kind === 'map') return value.entries;
  if (value.kind === 'list') return value.items.flatMap((item) => (item.kind === 'map' ? item.entries : []));
  return [];
}

function emptyAfter(span: Span): YamlScalar {
  return { kind: 'scalar', value: null, written: '', span: [span[1], span[1]] };
}

/** A key without a value ends behind its colon. */
function keyEnd(span: Span, text: string): number {
  const colon = /^\s*:/.exec(text.slice(span[1], span[1] + 100));
  return colon === null ? span[1] : span[1] + colon[0].length;
}

function scalar(node: Node, span: Span): YamlScalar {
  const value: unknown = isScalar(node) ? node.value : null;
  const source = isScalar(node) && typeof node.source === 'string' ? node.source : String(value ?? '');
  if (typeof value === 'string') return { kind: 'scalar', value, written: value, span };
  if (typeof value === 'boolean' || value === null) return { kind: 'scalar', value, written: source, span };
  // Infinities and integers beyond what a double holds exactly stay the text that the author wrote.
  const exact =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (!Number.isInteger(value) || Number.isSafeInteger(value));
  return { kind: 'scalar', value: exact ? value : source, written: source, span };
}

function broken(
  reading: Reading,
  row: { code: string; severity: 'error' },
  message: string,
  span: Span,
): YamlScalar {
  reading.sound = false;
  report(reading.to, row, message, span);
  return { kind: 'scalar', value: null, written: '', span };
}

function spanOf(node: Node, reading: Reading): Span {
  const range = node.range;
  return range == null ? [0, 0] : trimmed(reading.to.text, range[0], range[1]);
}

/** A range without the white space at its end, where block collections and block scalars carry it. */
function trimmed(text: string, start: number, end: number): Span {
  let last = Math.min(end, text.length);
  while (last > start && ' \t\r\n'.includes(text[last - 1] ?? '')) last -= 1;
  return [Math.min(start, last), last];
}

/** The entry of a map with that key; undefined where the node is no map or has none. */
export function entryOf(node: YamlNode | null, key: string): YamlEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** The text of a scalar as its author wrote it; null where there is none. */
export function textOf(node: YamlNode | undefined): string | null {
  return node?.kind === 'scalar' && node.value !== null ? node.written : null;
}

/** The texts of a list of scalars, or of one scalar. */
export function textsOf(node: YamlNode | undefined): readonly string[] {
  const nodes = node?.kind === 'list' ? node.items : node === undefined ? [] : [node];
  return nodes.flatMap((item) => textOf(item) ?? []);
}
