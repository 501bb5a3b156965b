import { literalPattern, type Pattern, type Piece } from '@rulescope/logic/parsing';

const SPECIAL = /[*?\\]/;

/**
 * Reads a Sigma string (Sigma Rules Specification, "String Wildcard" and "Escape Character"): `\` escapes
 * `*`, `?` and `\`, and stands for itself before anything else.
 */
export function readPattern(text: string): Pattern {
  if (!SPECIAL.test(text)) return literalPattern(text);
  const pieces: Piece[] = [];
  let run = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    const next = text.charAt(i + 1);
    if (char === '\\' && (next === '*' || next === '?' || next === '\\')) {
      run += next;
      i += 1;
    } else if (char === '*' || char === '?') {
      if (run !== '') pieces.push({ text: run });
      run = '';
      pieces.push({ wild: char });
    } else run += char;
  }
  if (run !== '') pieces.push({ text: run });
  return pieces;
}
