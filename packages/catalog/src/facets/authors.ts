/** More authors than any rule has: a hostile list of them must not fill the catalog. */
const MOST = 100;

/**
 * The authors of a rule: its `author`, split at commas (Sigma Rules Specification 2.1.0, "Author": several are
 * separated by a comma). A comma within parentheses is a part of an affiliation or a role, which stays with its
 * author: `MSTI (query, idea)`. At most 100.
 */
export function authorsOf(author: string | null): readonly string[] {
  if (author === null) return [];
  // A parenthesis that is never closed is a character like any other.
  const lastClose = author.lastIndexOf(')');
  const authors: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= author.length && authors.length < MOST; at += 1) {
    const character = author[at];
    if (character === '(' && at < lastClose) depth += 1;
    else if (character === ')') depth = Math.max(depth - 1, 0);
    else if (character === undefined || (character === ',' && depth === 0)) {
      const name = author.slice(start, at).replaceAll(/\s+/g, ' ').trim();
      if (name !== '') authors.push(name);
      start = at + 1;
    }
  }
  return authors;
}
