/**
 * The tokens of a text, side by side in three lists: kinds, and where each starts and ends. Lists of plain values
 * cost a fraction of a list of objects. The last token is `end`.
 */
export interface TokenLists<Kind extends string> {
  readonly kinds: readonly Kind[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** A text, and its tokens as far as they were read. */
export interface Lexing<Kind extends string> {
  readonly text: string;
  readonly kinds: Kind[];
  readonly starts: number[];
  readonly ends: number[];
}

/** Adds a token; gives where it ends. */
export function addToken<Kind extends string>(
  lexing: Lexing<Kind>,
  kind: Kind,
  start: number,
  end: number,
): number {
  lexing.kinds.push(kind);
  lexing.starts.push(start);
  lexing.ends.push(end);
  return end;
}

/** A table of the ASCII characters: the class that a row names them for, and for all others the one of `rest`. */
export function classTable(
  rest: number,
  rows: readonly (readonly [characters: string, found: number])[],
): Uint8Array {
  const classes = new Uint8Array(128).fill(rest);
  for (const [characters, found] of rows)
    for (const character of characters) classes[character.charCodeAt(0)] = found;
  return classes;
}
