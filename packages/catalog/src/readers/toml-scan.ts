import type { Span } from '@rulescope/logic';
import { escapeAt } from './toml-escapes.ts';

/**
 * One key of a TOML text and what stands under it. Elements of arrays are children by their numbers, whether they
 * are values or tables of an array of tables.
 */
export interface TomlNode {
  readonly children: Map<string | number, TomlNode>;
  /** The statements, headers among them, that are of this very key. */
  readonly statements: TomlStatement[];
  /** The value as written, quotes and brackets included; null where there are only tables. */
  value: Span | null;
  /** How many tables a `[[header]]` has put here; the last one is what further headers mean. */
  tables: number;
}

/** A header, or a key with its value. */
export interface TomlStatement {
  /** Its number in the text: two with numbers in a row have nothing but white space and comments between. */
  readonly order: number;
  readonly span: Span;
}

interface Scanner {
  readonly text: string;
  at: number;
}

/**
 * Where the keys and values of a TOML text stand (TOML 1.0.0). The text must be valid: it is the parser that says what
 * is wrong with one. Of a text that is not, some places may be missing. Linear in the text.
 */
export function scanToml(text: string): TomlNode {
  const scanner: Scanner = { text, at: text.startsWith('\ufeff') ? 1 : 0 };
  const root = emptyNode();
  let table = root;
  for (let order = 0; ; order += 1) {
    skipVoid(scanner);
    const start = scanner.at;
    if (start >= text.length) return root;
    const isHeader = text.charAt(start) === '[';
    const node = isHeader ? headerAt(scanner, root) : pairAt(scanner, table);
    if (isHeader) table = node;
    // Whatever is wrong with a text, it comes to an end.
    if (scanner.at === start) scanner.at += 1;
    node.statements.push({ order, span: [start, scanner.at] });
  }
}

function emptyNode(): TomlNode {
  return { children: new Map(), statements: [], value: null, tables: 0 };
}

function childOf(node: TomlNode, key: string | number): TomlNode {
  const known = node.children.get(key);
  if (known !== undefined) return known;
  const child = emptyNode();
  node.children.set(key, child);
  return child;
}

/** The table that a header means within a node: of an array of tables the last one. */
function lastTable(node: TomlNode): TomlNode {
  return node.tables === 0 ? node : childOf(node, node.tables - 1);
}

function headerAt(scanner: Scanner, root: TomlNode): TomlNode {
  const { text } = scanner;
  const isArray = text.startsWith('[[', scanner.at);
  scanner.at += isArray ? 2 : 1;
  let node = root;
  for (const key of keysAt(scanner)) node = childOf(lastTable(node), key);
  while (text.charAt(scanner.at) === ']') scanner.at += 1;
  if (!isArray) return lastTable(node);
  node.tables += 1;
  return lastTable(node);
}

function pairAt(scanner: Scanner, table: TomlNode): TomlNode {
  let node = table;
  for (const key of keysAt(scanner)) node = childOf(node, key);
  skipBlanks(scanner);
  if (scanner.text.charAt(scanner.at) !== '=') return node;
  scanner.at += 1;
  skipBlanks(scanner);
  valueAt(scanner, node);
  return node;
}

const BARE_KEY = /[^\s.=\]"'#,}]*/y;

/** The parts of a key with dots, and the blanks around them. */
function keysAt(scanner: Scanner): readonly string[] {
  const { text } = scanner;
  const keys: string[] = [];
  for (;;) {
    skipBlanks(scanner);
    const start = scanner.at;
    const quote = text.charAt(start);
    if (quote === '"' || quote === "'") {
      skipString(scanner, quote);
      const written = text.slice(start + 1, scanner.at - 1);
      keys.push(quote === '"' ? decoded(written) : written);
    } else {
      BARE_KEY.lastIndex = start;
      const [bare = ''] = BARE_KEY.exec(text) ?? [];
      scanner.at += bare.length;
      keys.push(bare);
    }
    skipBlanks(scanner);
    if (text.charAt(scanner.at) !== '.') return keys;
    scanner.at += 1;
  }
}

function decoded(written: string): string {
  let key = '';
  for (let at = 0; at < written.length; ) {
    const { written: length, meant } = escapeAt(written, at) ?? { written: 1, meant: written.charAt(at) };
    key += meant;
    at += length;
  }
  return key;
}

/** A value without quotes or brackets; a date may hold one blank. */
const BARE_VALUE = /[^,\]}#\r\n]*/y;

/** Recursion is bounded by the parser, which has refused deeper texts. */
function valueAt(scanner: Scanner, node: TomlNode): void {
  const { text } = scanner;
  const start = scanner.at;
  const first = text.charAt(start);
  if (first === '"' || first === "'") skipString(scanner, first);
  else if (first === '[') elementsAt(scanner, ']', (index) => valueAt(scanner, childOf(node, index)));
  else if (first === '{') elementsAt(scanner, '}', () => pairAt(scanner, node));
  else {
    BARE_VALUE.lastIndex = start;
    const [bare = ''] = BARE_VALUE.exec(text) ?? [];
    scanner.at += bare.trimEnd().length;
  }
  node.value = [start, scanner.at];
}

/** What stands between brackets, with commas between. */
function elementsAt(scanner: Scanner, closing: string, element: (index: number) => void): void {
  const { text } = scanner;
  scanner.at += 1;
  for (let index = 0; ; index += 1) {
    skipVoid(scanner);
    while (text.charAt(scanner.at) === ',') {
      scanner.at += 1;
      skipVoid(scanner);
    }
    const start = scanner.at;
    if (start >= text.length) return;
    if (text.charAt(start) === closing) {
      scanner.at += 1;
      return;
    }
    element(index);
    if (scanner.at === start) scanner.at += 1;
  }
}

function skipString(scanner: Scanner, quote: string): void {
  const { text } = scanner;
  const closing = text.startsWith(quote.repeat(3), scanner.at) ? quote.repeat(3) : quote;
  scanner.at += closing.length;
  while (scanner.at < text.length && !text.startsWith(closing, scanner.at)) {
    scanner.at += quote === '"' && text.charAt(scanner.at) === '\\' ? 2 : 1;
  }
  scanner.at = Math.min(scanner.at + closing.length, text.length);
  // One or two quotes before the closing three belong to the value.
  for (let more = 0; closing.length === 3 && more < 2 && text.charAt(scanner.at) === quote; more += 1) {
    scanner.at += 1;
  }
}

function skipBlanks(scanner: Scanner): void {
  while (scanner.text.charAt(scanner.at) === ' ' || scanner.text.charAt(scanner.at) === '\t') scanner.at += 1;
}

/** White space, line ends and comments. */
function skipVoid(scanner: Scanner): void {
  const { text } = scanner;
  for (; scanner.at < text.length; scanner.at += 1) {
    const char = text.charAt(scanner.at);
    if (char === '#') {
      const feed = text.indexOf('\n', scanner.at);
      scanner.at = feed < 0 ? text.length - 1 : feed;
    } else if (char !== ' ' && char !== '\t' && char !== '\r' && char !== '\n') return;
  }
}
