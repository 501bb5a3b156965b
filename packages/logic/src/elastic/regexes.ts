/** Characters that Lucene's syntax gives a meaning that other engines do not. */
const LUCENE_ONLY: ReadonlySet<string> = new Set(['"', '#', '@', '&', '~', '<']);

/** Whether a regex holds an operator that only Lucene has: literals cannot be read off it then. */
export function hasLuceneOperator(pattern: string): boolean {
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const unit = pattern.charAt(at);
    if (unit === '\\') at += 1;
    else if (unit === '[') inClass = true;
    else if (unit === ']') inClass = false;
    else if (!inClass && LUCENE_ONLY.has(unit)) return true;
  }
  return false;
}
