/** How a regex is compared; both are absent for any other operator. */
export interface RegexOptions {
  /** True where the whole value must match, and not a part of it. */
  readonly anchored?: boolean | undefined;
  readonly flags?: string | undefined;
}

/** What changes the meaning of a pattern; `i` does not: case is no part of what is counted. */
const TELLING_FLAGS = 'msx';

/**
 * A regex in the one way in which it is counted: as one that is searched in the value, its flags in front. One that
 * must match the whole value is put between anchors, `^foo$`, save where it begins or ends with `.*`: the whole-value
 * `.*foo.*` is the searched `foo`. Whether a dot matches the end of a line too is told by the flag `s` alone, whatever
 * it means in the language without one.
 */
export function searchedRegex(pattern: string, { anchored, flags }: RegexOptions): string {
  const inline = /^\(\?([a-zA-Z]+)\)/.exec(pattern);
  const all = `${flags ?? ''}${inline?.[1] ?? ''}`;
  const telling = [...TELLING_FLAGS].filter((flag) => all.includes(flag)).join('');
  const searched = withAnchors(pattern.slice(inline?.[0].length ?? 0), anchored === true, telling);
  return telling === '' ? searched : `(?${telling})${searched}`;
}

/** Whether a pattern itself says that case means nothing. */
export function ignoresCase(pattern: string): boolean {
  return /^\(\?[a-zA-Z]*i[a-zA-Z]*\)/.test(pattern);
}

function withAnchors(pattern: string, whole: boolean, flags: string): string {
  if (flags.includes('x') || !isOneSequence(pattern)) return whole ? `^(?:${pattern})$` : pattern;
  const start = openStart(pattern);
  const end = openEnd(pattern, start);
  const inner = pattern.slice(start, end);
  if (!whole) return inner === '' ? pattern : inner;
  // Where the pattern has anchors of its own, another pair would read as one with them.
  if (/^\^|\$$/.test(pattern)) return `^(?:${pattern})$`;
  return `${start > 0 ? '' : '^'}${inner}${end < pattern.length ? '' : '$'}`;
}

/** Where the `.*` end that a pattern begins with; 0 where it begins with none, or they are repeated themselves. */
function openStart(pattern: string): number {
  let at = 0;
  while (pattern.startsWith('.*', at)) at += pattern.charAt(at + 2) === '?' ? 3 : 2;
  return '*+?{'.includes(pattern.charAt(at) || ' ') ? 0 : at;
}

/** Where the `.*` begin that a pattern ends with, behind what it begins with. */
function openEnd(pattern: string, start: number): number {
  let at = pattern.length;
  for (;;) {
    const length = pattern.endsWith('.*?', at) ? 3 : pattern.endsWith('.*', at) ? 2 : 0;
    if (length === 0 || at - length < start || isEscaped(pattern, at - length)) return at;
    at -= length;
  }
}

function isEscaped(pattern: string, at: number): boolean {
  let backslashes = 0;
  while (pattern.charAt(at - 1 - backslashes) === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

/** Whether a pattern has no alternatives outside its groups, nor anything that makes its end hard to tell. */
function isOneSequence(pattern: string): boolean {
  let depth = 0;
  let isInClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at);
    if (char === '\\') {
      if (pattern.charAt(at + 1) === 'Q') return false;
      at += 1;
    } else if (isInClass) isInClass = char !== ']';
    else if (char === '[') isInClass = true;
    else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    if (depth < 0 || (char === '|' && depth === 0 && !isInClass)) return false;
  }
  return depth === 0 && !isInClass;
}
