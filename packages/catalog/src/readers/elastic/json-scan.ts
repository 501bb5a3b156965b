import { LIMITS, type Span } from '@rulescope/logic';
import { isKey, keyOf } from '../json-offsets.ts';
import type { TomlNode } from '../toml-scan.ts';

/** An object or a list that is being walked through. */
interface Level {
  readonly node: TomlNode;
  readonly isList: boolean;
  /** What the next value is called. */
  key: string | number;
}

/**
 * Where the values of a JSON text stand, as `scanToml` says it of TOML. There are no statements: `withStatements` makes
 * them of an object's keys. The text is one that `JSON.parse` takes. Linear in the text; nothing is said of what is
 * nested too deeply.
 */
export function scanJson(text: string, [start, end]: Span): TomlNode {
  const top: TomlNode = emptyNode();
  const open: Level[] = [{ node: top, isList: false, key: '' }];
  for (let at = start; at < end; at += 1) {
    const sign = text.charAt(at);
    const level = open.at(-1);
    if (level === undefined || /\s|:/.test(sign)) continue;
    if (sign === ',') {
      if (typeof level.key === 'number') level.key += 1;
    } else if (sign === '{' || sign === '[') {
      const node = childOf(level, open.length);
      node.value = [at, at + 1];
      open.push({ node, isList: sign === '[', key: sign === '[' ? 0 : '' });
    } else if (sign === '}' || sign === ']') {
      const closed = open.pop();
      if (closed?.node.value != null) closed.node.value = [closed.node.value[0], at + 1];
    } else {
      const last = sign === '"' ? closingQuote(text, at + 1) : endOfWord(text, at, end);
      if (sign === '"' && !level.isList && open.length > 1 && isKey(text, last + 1)) {
        level.key = keyOf(text.slice(at, last + 1));
      } else childOf(level, open.length).value = [at, last + 1];
      at = last;
    }
  }
  return top.children.get('') ?? top;
}

function childOf(level: Level, depth: number): TomlNode {
  const node = emptyNode();
  if (depth <= LIMITS.depth + 2) level.node.children.set(level.key, node);
  return node;
}

function emptyNode(): TomlNode {
  return { children: new Map(), statements: [], value: null, tables: 0 };
}

/** Makes each key of an object a statement, as it is one of a TOML file. */
export function withStatements(text: string, node: TomlNode): TomlNode {
  return {
    ...node,
    children: new Map([...node.children].map(([key, child], order) => [key, stated(text, child, order)])),
  };
}

function stated(text: string, child: TomlNode, order: number): TomlNode {
  if (child.value === null) return child;
  const [start, end] = child.value;
  return { ...child, statements: [{ order, span: [keyBefore(text, start), end] }] };
}

/** Where the key starts whose value starts at a place. */
function keyBefore(text: string, start: number): number {
  let at = start - 1;
  while (at >= 0 && /[\s:]/.test(text.charAt(at))) at -= 1;
  const quote = text.lastIndexOf('"', at - 1);
  return text.charAt(at) === '"' && quote >= 0 ? quote : start;
}

function closingQuote(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at;
}

/** The last character of a number, `true`, `false` or `null`. */
function endOfWord(text: string, from: number, end: number): number {
  let at = from;
  while (at + 1 < end && /[\w.+-]/.test(text.charAt(at + 1))) at += 1;
  return at;
}
