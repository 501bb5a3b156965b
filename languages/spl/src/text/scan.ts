/** Finding the ends of what encloses: quotes, back-ticks, comments, brackets. All linear, none throws. */

const QUOTE = 34;
const BACKSLASH = 92;
const BACKTICK = 96;

/** Behind the quote that closes the string which opens at `start`, or -1. A backslash takes the next character along. */
export function endOfString(text: string, start: number, end: number): number {
  const quote = text.charCodeAt(start);
  for (let i = start + 1; i < end; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === BACKSLASH) i += 1;
    else if (unit === quote) return i + 1;
  }
  return -1;
}

/** Whether a comment starts here: three back-ticks (Search Manual, "Add comments to searches"). */
export function isComment(text: string, at: number): boolean {
  return (
    text.charCodeAt(at) === BACKTICK &&
    text.charCodeAt(at + 1) === BACKTICK &&
    text.charCodeAt(at + 2) === BACKTICK
  );
}

/** Behind the comment that starts at `start`; the end of the text where it is never closed. */
export function endOfComment(text: string, start: number, end: number): number {
  const close = text.indexOf('```', start + 3);
  return close < 0 || close + 3 > end ? end : close + 3;
}

/** Whether the comment that starts at `start` is closed before `end`. */
export function isClosedComment(text: string, start: number, end: number): boolean {
  const behind = endOfComment(text, start, end);
  return behind >= start + 6 && text.startsWith('```', behind - 3);
}

/** Behind the back-tick that closes a macro call, or -1. Quotes inside do not matter: rules leave them open. */
export function endOfMacro(text: string, start: number, end: number): number {
  const close = text.indexOf('`', start + 1);
  return close < 0 || close >= end ? -1 : close + 1;
}

/** Behind what starts at `at`, where it is a string, a comment or a macro call that is closed; else `at` itself. */
export function skipQuoted(text: string, at: number, end: number): number {
  const unit = text.charCodeAt(at);
  if (unit === QUOTE) return Math.max(at, endOfString(text, at, end));
  if (unit !== BACKTICK) return at;
  return Math.max(at, isComment(text, at) ? endOfComment(text, at, end) : endOfMacro(text, at, end));
}

export function isSpace(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13) || unit === 160 || unit === 0xfeff || unit === 0x3000;
}
