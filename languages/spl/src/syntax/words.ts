import type { Span } from '@rulescope/logic';
import { readMacroCall } from '../text/macros.ts';
import { endOfComment, endOfMacro, endOfString, isComment, isSpace } from '../text/scan.ts';
import type { MacroNode, SubsearchNode, WordNode } from './ast.ts';
import type { Cursor } from './context.ts';

/** Skips white space and comments. */
export function skipSpace(cursor: Cursor): void {
  const { text, end } = cursor;
  while (cursor.pos < end) {
    if (isSpace(text.charCodeAt(cursor.pos))) cursor.pos += 1;
    else if (isComment(text, cursor.pos)) cursor.pos = endOfComment(text, cursor.pos, end);
    else return;
  }
}

/** The character at the cursor, or an empty text at the end. */
export function peek(cursor: Cursor): string {
  return cursor.pos < cursor.end ? cursor.text.charAt(cursor.pos) : '';
}

/** The macro call at the cursor, or null where the back-tick is never closed. */
export function readMacro(cursor: Cursor): MacroNode | null {
  const behind = endOfMacro(cursor.text, cursor.pos, cursor.end);
  if (behind < 0) return null;
  const span: Span = [cursor.pos, behind];
  cursor.pos = behind;
  return { kind: 'macro', ...readMacroCall(cursor.text.slice(span[0] + 1, behind - 1)), span };
}

/** How a search in brackets begins: with the name of a command. */
const COMMAND_START = /\[\s*\|?\s*(?:search|tstats|inputlookup|from|makeresults|rest)\b/y;

/**
 * The subsearch at the cursor, or null where the bracket is never closed; what plainly is a search reaches to the
 * end of the command then.
 */
export function readSubsearch(cursor: Cursor): SubsearchNode | null {
  const behind = cursor.context.brackets.get(cursor.pos);
  if (behind === undefined || behind > cursor.end) {
    COMMAND_START.lastIndex = cursor.pos;
    if (!COMMAND_START.test(cursor.text)) return null;
    const span: Span = [cursor.pos, cursor.end];
    cursor.pos = cursor.end;
    cursor.understood = false;
    return { kind: 'subsearch', inner: [span[0] + 1, span[1]], span };
  }
  const span: Span = [cursor.pos, behind];
  cursor.pos = behind;
  return { kind: 'subsearch', inner: [span[0] + 1, behind - 1], span };
}

/** The quoted string at the cursor, or null where it is never closed. */
export function readString(cursor: Cursor): WordNode | null {
  const behind = endOfString(cursor.text, cursor.pos, cursor.end);
  if (behind < 0) return null;
  const span: Span = [cursor.pos, behind];
  cursor.pos = behind;
  return { kind: 'word', text: cursor.text.slice(span[0] + 1, behind - 1), quoted: true, span };
}

/** Whether the cursor stands at a word, whatever the case of its letters, with no letter of a name behind it. */
export function isAtWord(cursor: Cursor, word: string): boolean {
  const behind = cursor.pos + word.length;
  if (behind > cursor.end) return false;
  if (cursor.text.slice(cursor.pos, behind).toUpperCase() !== word) return false;
  return behind === cursor.end || !/[\w.]/.test(cursor.text.charAt(behind));
}
