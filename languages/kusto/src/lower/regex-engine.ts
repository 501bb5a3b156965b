/**
 * What Kusto's regex engine does not have and a pattern asks for, in a few words; null where there is none. It has
 * groups with and without a name and with flags, and neither look-around nor atomic groups nor references back (Kusto,
 * Regex syntax). Linear in the pattern, which `regexFault` has found well formed.
 */
export function missingInEngine(pattern: string): string | null {
  for (let i = 0; i < pattern.length; i += 1) {
    const unit = pattern.charAt(i);
    if (unit === '\\') {
      i += 1;
      if (/[1-9]/.test(pattern.charAt(i))) return 'Kusto has no references back to a group';
      if (pattern.charAt(i) === 'Q') i = endOf(pattern, '\\E', i);
    } else if (unit === '[') {
      i = endOfClass(pattern, i);
    } else if (unit === '(') {
      const group = /^\(\?(?:<?[=!]|>)/.exec(pattern.slice(i, i + 4))?.[0];
      if (group !== undefined) return `Kusto has no groups that begin with ${group}`;
    }
  }
  return null;
}

function endOf(pattern: string, text: string, from: number): number {
  const at = pattern.indexOf(text, from);
  return at < 0 ? pattern.length : at + text.length - 1;
}

/** Where a class ends: a `]` that comes first in it is one of its characters. */
function endOfClass(pattern: string, start: number): number {
  let i = start + 1;
  if (pattern.charAt(i) === '^') i += 1;
  if (pattern.charAt(i) === ']') i += 1;
  while (i < pattern.length && pattern.charAt(i) !== ']') i += pattern.charAt(i) === '\\' ? 2 : 1;
  return i;
}
