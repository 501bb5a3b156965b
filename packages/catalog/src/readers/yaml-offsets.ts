import type { Span } from '@rulescope/logic';
import type { Scalar } from 'yaml';
import { type EmbeddedText, embeddedIn, type Notation } from './offsets.ts';

/** The value of a scalar of a YAML text, with where each of its characters stands in the text. */
export function embeddedScalar(node: Scalar, text: string): EmbeddedText {
  const value = String(node.value ?? '');
  const [start = 0, end = text.length] = node.range ?? [];
  switch (node.type) {
    case 'QUOTE_DOUBLE':
      return embeddedIn(text, [start + 1, Math.max(end - 1, start + 1)], value, DOUBLE_QUOTED);
    case 'QUOTE_SINGLE':
      return embeddedIn(text, [start + 1, Math.max(end - 1, start + 1)], value, SINGLE_QUOTED);
    case 'BLOCK_LITERAL':
    case 'BLOCK_FOLDED': {
      const body: Span = [Math.min(afterLine(text, start), end), end];
      return embeddedIn(text, body, value, block(indentOf(text, start, body)));
    }
    default:
      return embeddedIn(text, [start, end], value, PLAIN);
  }
}

/** YAML 1.2.2, 7.3.3: the blanks around a line break belong to no value. */
const PLAIN: Notation = {
  lineStart: (text, [from, to], isFirst) => (isFirst ? from : skipBlanks(text, from, to)),
  lineEnd: (text, [from, to], isLast) => (isLast ? to : trimBlanks(text, from, to)),
  escape: () => null,
};

/** 7.3.2: a single quote is written twice. */
const SINGLE_QUOTED: Notation = {
  ...PLAIN,
  escape: (text, at) => (text.startsWith("''", at) ? { written: 2, meant: "'" } : null),
};

/** 5.7: the escapes of one character that do not stand for that character itself. */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);

const CODE_ESCAPE = /^\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))/i;

/** 7.3.1 and 5.7: a backslash escapes, a line break too. */
const DOUBLE_QUOTED: Notation = {
  ...PLAIN,
  escape: (text, at) => {
    if (text.charAt(at) !== '\\') return null;
    const [code, ...digits] = CODE_ESCAPE.exec(text.slice(at, at + 10)) ?? [];
    if (code !== undefined) return { written: code.length, meant: characterOf(digits.join('')) };
    const escaped = text.charAt(at + 1);
    if (escaped === '' || escaped === '\r' || escaped === '\n') return { written: 1, meant: '' };
    return { written: 2, meant: ESCAPES.get(escaped) ?? escaped };
  },
};

function characterOf(digits: string): string {
  const code = Number.parseInt(digits, 16);
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\ufffd';
}

/** 8.1: only the indentation is no part of the value. */
function block(indent: number): Notation {
  return {
    lineStart: (text, [from, to]) => Math.min(skipBlanks(text, from, Math.min(from + indent, to)), to),
    lineEnd: (_, [, to]) => to,
    escape: () => null,
  };
}

/** The indentation of a block: that of its first line that is not empty (8.1.1.1), less where the header says so. */
function indentOf(text: string, header: number, [from, to]: Span): number {
  const said = /^[|>][-+]?([1-9])/.exec(text.slice(header, header + 4))?.[1];
  const first = /^(?:[ ]*\r?\n)*([ ]*)[^ \r\n]/.exec(text.slice(from, to))?.[1]?.length ?? 0;
  if (said === undefined) return first;
  const own = /^[ ]*/.exec(text.slice(text.lastIndexOf('\n', header) + 1))?.[0].length ?? 0;
  return own + Number(said);
}

function skipBlanks(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && (text.charAt(at) === ' ' || text.charAt(at) === '\t')) at += 1;
  return at;
}

function trimBlanks(text: string, from: number, to: number): number {
  let at = to;
  while (at > from && (text.charAt(at - 1) === ' ' || text.charAt(at - 1) === '\t')) at -= 1;
  return at;
}

function afterLine(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  return feed < 0 ? text.length : feed + 1;
}
