import type { Operator } from '@rulescope/logic';
import { lowerPattern, type Piece } from '@rulescope/logic/parsing';
import type { Form } from './types.ts';

/** Operators whose value is a literal text, and where a pattern that says the same has its `*`. */
const OPEN: Partial<Record<Operator, { readonly start: boolean; readonly end: boolean }>> = {
  eq: { start: false, end: false },
  starts_with: { start: false, end: true },
  ends_with: { start: true, end: false },
  contains: { start: true, end: true },
};

/** The pieces of a form's pattern; null where it does not say how a text looks, letter by letter. */
export function piecesOf({ op, value }: Pick<Form, 'op' | 'value'>): readonly Piece[] | null {
  if (op === 'wildcard') return readWildcard(value);
  const open = OPEN[op];
  if (open === undefined) return null;
  return [...any(open.start), ...(value === '' ? [] : [{ text: value }]), ...any(open.end)];
}

/** The narrowest operator that says what the pieces say. */
export function lowerPieces(pieces: readonly Piece[]): Pick<Form, 'op' | 'value'> {
  return lowerPattern(merged(pieces));
}

function any(open: boolean): readonly Piece[] {
  return open ? [{ wild: '*' }] : [];
}

/** The model's `wildcard` value: `*` and `?`, with `\` escaping them and itself. */
function readWildcard(value: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') pieces.push({ text });
    text = '';
  };
  for (let i = 0; i < value.length; i += 1) {
    const char = value.charAt(i);
    const next = value.charAt(i + 1);
    if (char === '\\' && next !== '' && '*?\\'.includes(next)) {
      text += next;
      i += 1;
    } else if (char === '*' || char === '?') {
      flush();
      pieces.push({ wild: char });
    } else text += char;
  }
  flush();
  return pieces;
}

function merged(pieces: readonly Piece[]): readonly Piece[] {
  const found: Piece[] = [];
  for (const piece of pieces) {
    const last = found.at(-1);
    if ('text' in piece && last !== undefined && 'text' in last) {
      found[found.length - 1] = { text: last.text + piece.text };
    } else found.push(piece);
  }
  return found;
}
