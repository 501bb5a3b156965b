/** A regex as it is counted. */
export interface CountedRegex {
  /** Flags that tell in front of it, `(?s)a.b`; an anchor where one of its ends alone is fixed. */
  readonly pattern: string;
  /** True where it must match the whole value. */
  readonly isWhole: boolean;
}

/** Flags that change what a pattern means; `i` does not: case is no part of what is counted. */
const TELLING_FLAGS = 'msx';

/**
 * A regex in the one way in which it is counted, whether the language searches it in the value or has it match the
 * whole: a whole-value `.*foo.*` is the searched `foo`, `foo.*` is `^foo`, and a searched `^foo$` is the whole-value
 * `foo`. Whether a dot matches the end of a line, too, is told by the flag `s` alone, whatever it means without one.
 */
export function countedRegex(pattern: string, isWhole: boolean): CountedRegex {
  const inline = /^\(\?([a-zA-Z]+)\)/.exec(pattern);
  const flags = [...TELLING_FLAGS].filter((flag) => inline?.[1]?.includes(flag)).join('');
  const found = withoutEnds(pattern.slice(inline?.[0].length ?? 0), isWhole, flags);
  return flags === '' ? found : { ...found, pattern: `(?${flags})${found.pattern}` };
}

/** Whether a pattern itself says that case means nothing. */
export function ignoresCase(pattern: string): boolean {
  return /^\(\?[a-zA-Z]*i[a-zA-Z]*\)/.test(pattern);
}

function withoutEnds(pattern: string, isWhole: boolean, flags: string): CountedRegex {
  const asWritten = { pattern, isWhole };
  // With `m` an anchor is one of a line, with `x` a blank is nothing.
  if (/[mx]/.test(flags) || !isOneSequence(pattern)) return asWritten;
  const isStart = isWhole || pattern.startsWith('^');
  const isEnd = isWhole || (pattern.endsWith('$') && !isEscaped(pattern, pattern.length - 1));
  const anchored = pattern.slice(!isWhole && isStart ? 1 : 0, !isWhole && isEnd ? -1 : undefined);
  const start = openStart(anchored);
  const end = openEnd(anchored, start);
  const inner = anchored.slice(start, end);
  if (inner === '' || /^\^|\$$/.test(inner)) return asWritten;
  const isFixed = [isStart && start === 0, isEnd && end === anchored.length] as const;
  if (isFixed[0] && isFixed[1]) return { pattern: inner, isWhole: true };
  return { pattern: `${isFixed[0] ? '^' : ''}${inner}${isFixed[1] ? '$' : ''}`, isWhole: false };
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
