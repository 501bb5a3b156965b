/**
 * A text made ready to be compared without regard to case. Code by code as Unicode's lower case is; the two
 * small sigmas, of which `toLowerCase` chooses by position, become one.
 */
export function fold(text: string): string {
  return text.toLowerCase().replaceAll('ς', 'σ');
}

/**
 * Whether a term stands in a text as whole words: next to a letter or digit of the term there is no other
 * one (Kusto's "String operators", section "What is a term?").
 */
export function hasTerm(text: string, term: string): boolean {
  if (term === '') return false;
  const startsWord = /^[\p{L}\p{N}]/u.test(term);
  const endsWord = /[\p{L}\p{N}]$/u.test(term);
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    const clearBefore = !startsWord || !/[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, at - 2), at));
    const end = at + term.length;
    if (clearBefore && (!endsWord || !/^[\p{L}\p{N}]/u.test(text.slice(end, end + 2)))) return true;
  }
  return false;
}

const MANY = Symbol('any characters, or none');
const ONE = Symbol('one character');
type Token = string | typeof MANY | typeof ONE;

/**
 * A function that says whether a text matches a pattern as a whole: `*` is any characters, `?` one, and a
 * backslash before `*`, `?` or a backslash makes that one literal. Greedy with one place to go back to, so
 * that the time is at worst the product of both lengths.
 */
export function wildcardMatcher(pattern: string): (text: string) => boolean {
  const tokens = readWildcard(pattern);
  return (text) => matchTokens(tokens, [...text]);
}

function readWildcard(pattern: string): readonly Token[] {
  const characters = [...pattern];
  const tokens: Token[] = [];
  for (let i = 0; i < characters.length; i += 1) {
    const character = characters[i] ?? '';
    const next = characters[i + 1];
    if (character === '\\' && (next === '*' || next === '?' || next === '\\')) {
      tokens.push(next);
      i += 1;
    } else if (character === '*') tokens.push(MANY);
    else tokens.push(character === '?' ? ONE : character);
  }
  return tokens;
}

function matchTokens(tokens: readonly Token[], characters: readonly string[]): boolean {
  let token = 0;
  let character = 0;
  let afterStar = -1;
  let retry = 0;
  while (character < characters.length) {
    const wanted = tokens[token];
    if (wanted === MANY) {
      token += 1;
      afterStar = token;
      retry = character;
    } else if (wanted === ONE || wanted === characters[character]) {
      token += 1;
      character += 1;
    } else if (afterStar >= 0) {
      retry += 1;
      token = afterStar;
      character = retry;
    } else return false;
  }
  while (tokens[token] === MANY) token += 1;
  return token === tokens.length;
}
