import type { Span } from '@rulescope/logic';
import type { Token } from './tokens.ts';

/**
 * The words that a reading cannot go on with, from the one where it stopped up to the next bar or semicolon, or to
 * the bracket that closes what is open there. Null where nothing follows that could be read.
 */
export function wordsToPassOver(tokens: readonly Token[], stop: number): Span | null {
  const first = tokens.findIndex(({ span }) => span[0] >= stop);
  const start = tokens[first]?.span[0];
  if (start === undefined || !isQuery(tokens, first)) return null;
  const open = depthBefore(tokens, first);
  let depth = 0;
  for (let i = first; i < tokens.length; i += 1) {
    const token = tokens[i];
    if (token === undefined) return null;
    const { text, span } = token;
    const closes = isClosing(text) && (depth > 0 || open > 0);
    if (i > first && depth === 0 && (text === '|' || text === ';' || closes)) {
      return [start, tokens[i - 1]?.span[1] ?? span[0]];
    }
    if (isOpening(text)) depth += 1;
    else if (isClosing(text)) depth = Math.max(0, depth - 1);
  }
  return null;
}

/** Whether what was read before is a query at all: a definition, or a source with an operator behind it. */
function isQuery(tokens: readonly Token[], end: number): boolean {
  const from = tokens.findLastIndex(({ text }, i) => i < end && text === ';') + 1;
  const read = tokens.slice(from, end);
  return read[0]?.kind === 'LetKeyword' || read.some(({ text }) => text === '|');
}

function depthBefore(tokens: readonly Token[], end: number): number {
  let depth = 0;
  for (const { text } of tokens.slice(0, end)) {
    if (isOpening(text)) depth += 1;
    else if (isClosing(text)) depth = Math.max(0, depth - 1);
  }
  return depth;
}

function isOpening(text: string): boolean {
  return text === '(' || text === '[' || text === '{';
}

function isClosing(text: string): boolean {
  return text === ')' || text === ']' || text === '}';
}

/** The text with a part of it blank: every place stays where it was. */
export function withBlank(text: string, [start, end]: Span): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ') + text.slice(end);
}
