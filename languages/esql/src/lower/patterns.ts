import { lowerPattern, type Pattern, type Piece } from '@rulescope/logic/parsing';
import { EXISTS, type Question } from './questions.ts';

/**
 * What a pattern of `like` asks for: `*` is any text, `?` one character, a backslash escapes them and itself (ES|QL
 * reference, "LIKE"). Before anything else, of which the reference says nothing, it is taken for a backslash, as rules
 * mean it. Most patterns have stars at their ends alone, and need not be taken apart.
 */
export function likeQuestion(text: string): Question {
  const last = text.length - 1;
  const star = text.indexOf('*', 1);
  const plain = last >= 1 && !(star >= 0 && star < last) && !text.includes('?') && !text.includes('\\');
  if (plain) {
    const open = text.startsWith('*');
    if (star < 0) {
      return open ? question('ends_with', text.slice(1)) : question('eq', text);
    }
    if (last > 1 || !open) {
      return open ? question('contains', text.slice(1, last)) : question('starts_with', text.slice(0, last));
    }
  }
  const { op, value } = lowerPattern(likePattern(text));
  return op === 'exists' ? EXISTS : question(op, value);
}

function question(op: Question['op'], value: string): Question {
  return { op, value, caseSensitive: true };
}

function likePattern(text: string): Pattern {
  const pieces: Piece[] = [];
  let run = '';
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charAt(at);
    if (unit === '\\' && isEscapable(text, at + 1)) {
      run += text.charAt(at + 1);
      at += 1;
    } else if (unit === '*' || unit === '?') {
      if (run !== '') pieces.push({ text: run });
      run = '';
      pieces.push({ wild: unit });
    } else run += unit;
  }
  if (run !== '') pieces.push({ text: run });
  return pieces;
}

function isEscapable(text: string, at: number): boolean {
  return at < text.length && '*?\\'.includes(text.charAt(at));
}

/** Whether a pattern has a backslash before a character that needs none. */
export function hasLoneBackslash(text: string): boolean {
  for (let at = text.indexOf('\\'); at >= 0 && at + 1 < text.length; at = text.indexOf('\\', at + 2)) {
    if (!isEscapable(text, at + 1)) return true;
  }
  return false;
}
