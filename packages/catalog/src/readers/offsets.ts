import type { Span } from '@rulescope/logic';

/** Turns an offset of a value into an offset of the text that the value stands in. */
type OffsetMap = (offset: number) => number;

/** A value, such as a query, that stands in the text of a file, perhaps written in another way there. */
export interface EmbeddedText {
  readonly text: string;
  /** Where each character stands in the file; that of the text's length is just behind the last one. */
  readonly place: OffsetMap;
}

/** A value that stands in a file as it is. */
export function embeddedAt(text: string, start: number): EmbeddedText {
  return { text, place: (offset) => start + Math.min(offset, text.length) };
}

/** How a value is written: what is taken off its lines, and what stands for one of its characters. */
export interface Notation {
  /** The end of the blanks that are no part of a value, at the beginning of a line of it. */
  readonly lineStart: (text: string, span: Span, isFirst: boolean) => number;
  /** Where the content of a line ends. */
  readonly lineEnd: (text: string, span: Span, isLast: boolean) => number;
  /** What stands for a part of the value at a place, and how many units of the text it takes; null: itself. */
  readonly escape: (text: string, at: number) => Escape | null;
}

/** An escape, and what it means. */
export interface Escape {
  readonly written: number;
  readonly meant: string;
}

/**
 * Where each character of a value stands in the text that it was read from. Value and text are walked side by
 * side, line by line: the lines' content must be found again in the value, in order, with nothing but blanks and
 * line breaks between. Where it is not, every character is said to stand somewhere in the span: its start, or its
 * end for what is behind the last.
 */
export function embeddedIn(text: string, span: Span, value: string, notation: Notation): EmbeddedText {
  const [start, end] = span;
  if (text.slice(start, end).trimEnd() === value) return embeddedAt(value, start);
  const places = align(text, span, value, notation);
  if (places === null) return somewhereIn(span, value);
  return { text: value, place: (offset) => places[offset] ?? end };
}

/**
 * The same for a notation that takes nothing off the lines of a value and has only escapes: `escapes` says what stands
 * for another part of the value at a place.
 */
export function embeddedEscaped(
  text: string,
  span: Span,
  value: string,
  escapes: Notation['escape'],
): EmbeddedText {
  const [start, end] = span;
  if (text.slice(start, end) === value) return embeddedAt(value, start);
  const content = contentOf(text, span, escapes);
  if (content.value !== value) return somewhereIn(span, value);
  return { text: value, place: (offset) => content.places[offset] ?? end };
}

/** A value of which only the whole has a place. */
function somewhereIn([start, end]: Span, value: string): EmbeddedText {
  return { text: value, place: (offset) => (offset < value.length ? start : end) };
}

function align(text: string, [start, end]: Span, value: string, notation: Notation): Uint32Array | null {
  const places = new Uint32Array(value.length + 1);
  let done = 0;
  let behind = start;
  const skipBlanks = (isEnough: () => boolean): void => {
    while (done < value.length && /\s/.test(value.charAt(done)) && !isEnough()) {
      places[done] = Math.min(behind, end);
      done += 1;
    }
  };
  for (const line of linesOf(text, [start, end])) {
    const from = notation.lineStart(text, line, line[0] === start);
    const to = Math.max(from, notation.lineEnd(text, [from, line[1]], line[1] === end));
    if (from === to) continue;
    const content = contentOf(text, [from, to], notation.escape);
    skipBlanks(() => value.startsWith(content.value, done));
    if (!value.startsWith(content.value, done)) return null;
    places.set(content.places, done);
    done += content.places.length;
    behind = to;
  }
  skipBlanks(() => false);
  places[value.length] = behind;
  return done === value.length ? places : null;
}

interface Content {
  readonly value: string;
  /** For each unit of the value its place in the text. */
  readonly places: readonly number[];
}

function contentOf(text: string, [from, to]: Span, escapes: Notation['escape']): Content {
  const places: number[] = [];
  const parts: string[] = [];
  for (let at = from; at < to; ) {
    const { written, meant } = escapes(text, at) ?? { written: 1, meant: text.charAt(at) };
    for (let unit = 0; unit < meant.length; unit += 1) places.push(at);
    parts.push(meant);
    at += written;
  }
  return { value: parts.join(''), places };
}

/** The lines of a part of a text, without what ends them. */
function linesOf(text: string, [start, end]: Span): readonly Span[] {
  const lines: Span[] = [];
  for (let from = start; from <= end; ) {
    const feed = text.indexOf('\n', from);
    const to = feed < 0 || feed >= end ? end : feed;
    lines.push([from, to > from && to < end && text.charAt(to - 1) === '\r' ? to - 1 : to]);
    from = to + 1;
  }
  return lines;
}
