import type { Span } from '@rulescope/logic';
import { endOfString } from '../text/scan.ts';
import type { EvalNode } from './ast.ts';
import type { Cursor } from './context.ts';

/** The string at the cursor; null where it is never closed. */
export function readString(cursor: Cursor): EvalNode | null {
  const behind = endOfString(cursor.text, cursor.pos, cursor.end);
  if (behind < 0) return null;
  const span: Span = [cursor.pos, behind];
  cursor.pos = behind;
  return { kind: 'string', value: unescapeString(cursor.text.slice(span[0] + 1, behind - 1)), span };
}

/** In a string of eval a backslash escapes a quotation mark and itself; before anything else it stands for itself. */
function unescapeString(text: string): string {
  return text.includes('\\') ? text.replaceAll(/\\(["\\])/g, '$1') : text;
}

/** The field in single quotes at the cursor; null where they are never closed. */
export function readQuotedField(cursor: Cursor): EvalNode | null {
  const behind = endOfString(cursor.text, cursor.pos, cursor.end);
  if (behind < 0) return null;
  const span: Span = [cursor.pos, behind];
  cursor.pos = behind;
  return { kind: 'field', name: cursor.text.slice(span[0] + 1, behind - 1), span };
}

const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])/y;

/** The numeral at the cursor; null where there is none, or a name begins with it. */
export function readNumber(cursor: Cursor): EvalNode | null {
  NUMBER.lastIndex = cursor.pos;
  const found = NUMBER.exec(cursor.text);
  if (found === null || NUMBER.lastIndex > cursor.end) return null;
  const span: Span = [cursor.pos, NUMBER.lastIndex];
  cursor.pos = NUMBER.lastIndex;
  return { kind: 'number', value: Number(found[0]), text: found[0], span };
}
