/**
 * Why no regex engine would take a pattern, in a few words, or null: a group or class that is not closed, a
 * closing parenthesis too many, a backslash at the end, a repeat with nothing before it. Reads what PCRE2, RE2
 * and .NET have in common and passes what only some of them know. Linear in the pattern; never throws.
 */
export function regexFault(pattern: string): string | null {
  let open = 0;
  let repeatable = false;
  for (let i = 0; i < pattern.length; i += 1) {
    const unit = pattern.charAt(i);
    if (unit === '\\') {
      if (i + 1 >= pattern.length) return 'it ends with a backslash';
      const end = pattern.charAt(i + 1) === 'Q' ? pattern.indexOf('\\E', i + 2) : i + 1;
      i = end < 0 ? pattern.length : Math.max(end, i + 1);
      repeatable = true;
    } else if (unit === '[') {
      const end = endOfClass(pattern, i);
      if (end < 0) return 'a [ is never closed';
      i = end;
      repeatable = true;
    } else if (unit === '(') {
      open += 1;
      // What starts with (? or (* has a syntax of its own behind it.
      if (/[?*]/.test(pattern.charAt(i + 1))) i += 1;
      repeatable = false;
    } else if (unit === ')') {
      if (open === 0) return 'a ) closes nothing';
      open -= 1;
      repeatable = true;
    } else if (unit === '*' || unit === '+' || unit === '?') {
      if (!repeatable) return `a ${unit} repeats nothing`;
      if (/[?+]/.test(pattern.charAt(i + 1))) i += 1;
    } else repeatable = unit !== '|';
  }
  return open > 0 ? 'a ( is never closed' : null;
}

/** Where a class ends: a `]` that comes first in it is one of its characters, as is a POSIX class. */
function endOfClass(pattern: string, start: number): number {
  let i = start + 1;
  if (pattern.charAt(i) === '^') i += 1;
  if (pattern.charAt(i) === ']') i += 1;
  for (; i < pattern.length; i += 1) {
    const unit = pattern.charAt(i);
    if (unit === '\\') i += 1;
    else if (unit === '[' && pattern.charAt(i + 1) === ':') {
      const end = pattern.indexOf(':]', i + 2);
      if (end > 0) i = end + 1;
    } else if (unit === ']') return i;
  }
  return -1;
}
