import type { Operator } from '../model.ts';

/** A piece of a text with wildcards: literal text, or one of the wildcards `*` (any text) and `?` (one character). */
export type Piece = { readonly text: string } | { readonly wild: '*' | '?' };
export type Pattern = readonly Piece[];

const ANY: Piece = { wild: '*' };

/** A text without wildcards. */
export function literalPattern(text: string): Pattern {
  return text === '' ? [] : [{ text }];
}

export function hasWildcard(pattern: Pattern): boolean {
  return pattern.some((piece) => 'wild' in piece);
}

/** The pattern with `*` before it, where it does not start with one already. */
export function openStart(pattern: Pattern): Pattern {
  return isAny(pattern[0]) ? pattern : [ANY, ...pattern];
}

/** The pattern with `*` behind it, where it does not end with one already. */
export function openEnd(pattern: Pattern): Pattern {
  return isAny(pattern.at(-1)) ? pattern : [...pattern, ANY];
}

function isAny(piece: Piece | undefined): boolean {
  return piece !== undefined && 'wild' in piece && piece.wild === '*';
}

/** Applies a function to each literal piece. */
export function mapText(pattern: Pattern, change: (text: string) => string): Pattern {
  return pattern.map((piece) => ('text' in piece ? { text: change(piece.text) } : piece));
}

export interface LoweredPattern {
  readonly op: Operator;
  /** The literal text looked for; with `wildcard` the pattern; empty with `exists`. */
  readonly value: string;
}

/**
 * The narrowest operator that says what a pattern says: `abc*` is starts_with, `*abc*` contains, `*` alone
 * asks only that the field exists.
 */
export function lowerPattern(pattern: Pattern): LoweredPattern {
  const pieces = pattern.filter((piece, i) => !(isAny(piece) && isAny(pattern[i - 1])));
  if (!hasWildcard(pieces))
    return { op: 'eq', value: pieces.map((piece) => ('text' in piece ? piece.text : '')).join('') };
  const [first, second, third] = pieces;
  if (pieces.length === 1 && isAny(first)) return { op: 'exists', value: '' };
  if (pieces.length === 2 && isAny(second) && first !== undefined && 'text' in first)
    return { op: 'starts_with', value: first.text };
  if (pieces.length === 2 && isAny(first) && second !== undefined && 'text' in second)
    return { op: 'ends_with', value: second.text };
  if (pieces.length === 3 && isAny(first) && isAny(third) && second !== undefined && 'text' in second) {
    return { op: 'contains', value: second.text };
  }
  return { op: 'wildcard', value: printPattern(pieces) };
}

/**
 * A pattern as the model's `wildcard` operator writes it. A literal backslash is doubled only where it would
 * escape what follows, so that paths stay readable.
 */
function printPattern(pattern: Pattern): string {
  let printed = '';
  pattern.forEach((piece, at) => {
    if ('wild' in piece) {
      printed += piece.wild;
      return;
    }
    for (let i = 0; i < piece.text.length; i += 1) {
      const char = piece.text.charAt(i);
      const following = i + 1 < piece.text.length ? piece.text.charAt(i + 1) : firstOf(pattern[at + 1]);
      const escaped = char === '*' || char === '?' || (char === '\\' && '*?\\'.includes(following || ' '));
      printed += escaped ? `\\${char}` : char;
    }
  });
  return printed;
}

function firstOf(piece: Piece | undefined): string {
  if (piece === undefined) return '';
  return 'wild' in piece ? piece.wild : piece.text.charAt(0);
}
