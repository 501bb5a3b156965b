import { requiredLiterals } from '../regex-literals.ts';

/** Characters that Lucene's syntax gives a meaning that other engines do not. */
const LUCENE_ONLY: ReadonlySet<string> = new Set(['"', '#', '@', '&', '~', '<']);

/** Letters that mean a class of characters behind a backslash; any other one stands for itself (Lucene, `RegExp`). */
const CLASS_LETTERS: ReadonlySet<string> = new Set(['d', 'D', 's', 'S', 'w', 'W']);

/**
 * The texts that every match of a regular expression of Lucene contains; none where it holds an operator that only
 * Lucene has, or a letter that means something else to other engines.
 */
export function luceneLiterals(pattern: string): readonly string[] {
  // Most patterns hold nothing that needs a second look.
  if (!/["#@&~<^$]|\\[a-z]/i.test(pattern)) return requiredLiterals(pattern);
  let plain = '';
  let from = 0;
  for (const at of outsideClasses(pattern)) {
    const unit = pattern.charAt(at);
    if (LUCENE_ONLY.has(unit)) return [];
    if (unit === '\\' && /[a-z]/i.test(pattern.charAt(at + 1)) && !CLASS_LETTERS.has(pattern.charAt(at + 1)))
      return [];
    if (unit !== '^' && unit !== '$') continue;
    plain += `${pattern.slice(from, at)}\\`;
    from = at;
  }
  return requiredLiterals(plain + pattern.slice(from));
}

/** Whether a pattern holds `^` or `$`, which Lucene takes for the characters themselves. */
export function hasAnchor(pattern: string): boolean {
  if (!/[$^]/.test(pattern)) return false;
  for (const at of outsideClasses(pattern))
    if (pattern.charAt(at) === '^' || pattern.charAt(at) === '$') return true;
  return false;
}

/** Where the characters of a pattern stand that are in no class and behind no backslash, a backslash before each other one. */
function* outsideClasses(pattern: string): Generator<number> {
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const unit = pattern.charAt(at);
    if (unit === '[') inClass = true;
    else if (unit === ']') inClass = false;
    else if (!inClass) yield at;
    if (unit === '\\') at += 1;
  }
}

/**
 * Why Elasticsearch would not take a pattern, in a few words, or null (Lucene, `org.apache.lucene.util.automaton.RegExp`,
 * its grammar with all optional operators; Elasticsearch, "Regular expression syntax"). Linear in the pattern; never
 * throws.
 */
export function luceneRegexFault(pattern: string): string | null {
  let open = 0;
  // Whether something stands before, that can be repeated; an operator between two parts asks for one behind it.
  let repeatable = false;
  let wanted = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const unit = pattern.charAt(at);
    switch (unit) {
      case '(':
        open += 1;
        [repeatable, wanted] = [false, ''];
        if (pattern.charAt(at + 1) === ')') {
          open -= 1;
          at += 1;
          repeatable = true;
        }
        break;
      case ')':
        if (open === 0) return 'a ) closes nothing';
        if (!repeatable) return nothingBehind(wanted === '' ? '(' : wanted);
        open -= 1;
        break;
      case '|':
      case '&':
        if (!repeatable) return `nothing stands before a ${unit}`;
        [repeatable, wanted] = [false, unit];
        break;
      case '~':
        [repeatable, wanted] = [false, unit];
        break;
      case '?':
      case '*':
      case '+':
        if (!repeatable && pattern.startsWith('(?', at - 1)) return 'Lucene has no groups that start with (?';
        if (!repeatable) return `a ${unit} repeats nothing`;
        break;
      case '{': {
        if (!repeatable) return 'a { repeats nothing';
        const count = COUNT.exec(pattern.slice(at, at + LONGEST_COUNT))?.[0];
        if (count === undefined) return 'a { starts no number of times';
        at += count.length - 1;
        break;
      }
      default: {
        const end = endOfAtom(pattern, at);
        if (typeof end === 'string') return end;
        at = end;
        repeatable = true;
      }
    }
  }
  if (open > 0) return 'a ( is never closed';
  return repeatable || pattern === '' ? null : nothingBehind(wanted);
}

const COUNT = /^\{\d+(?:,\d*)?\}/;
const LONGEST_COUNT = 30;

function nothingBehind(operator: string): string {
  return `nothing stands behind a ${operator}`;
}

/** The last character of what stands for characters at a place; why it is none, in words. */
function endOfAtom(pattern: string, at: number): number | string {
  switch (pattern.charAt(at)) {
    case '\\':
      return at + 1 < pattern.length ? at + 1 : 'it ends with a backslash';
    case '[':
      return endOfClass(pattern, at);
    case '"': {
      const end = pattern.indexOf('"', at + 1);
      return end < 0 ? 'a " is never closed' : end;
    }
    case '<': {
      const end = pattern.indexOf('>', at + 1);
      if (end < 0) return 'a < is never closed';
      return /^\d+-\d+$/.test(pattern.slice(at + 1, Math.min(end, at + LONGEST_COUNT)))
        ? end
        : 'what stands between < and > is no range of numbers';
    }
    default:
      return at;
  }
}

/** A class holds at least one character: a `]` that comes first is it. */
function endOfClass(pattern: string, start: number): number | string {
  let at = pattern.charAt(start + 1) === '^' ? start + 2 : start + 1;
  for (let first = true; at < pattern.length; at += 1, first = false) {
    const unit = pattern.charAt(at);
    if (unit === '\\') at += 1;
    else if (unit === ']' && !first) return at;
  }
  return 'a [ is never closed';
}
