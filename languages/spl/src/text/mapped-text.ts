import type { Span } from '@rulescope/logic';

/** A run of a text that was made from another one. */
interface Segment {
  /** Where it starts in the made text. */
  readonly at: number;
  /** Where it comes from in the original. */
  readonly from: Span;
  /** True where each character has its own place in the original; else the run stands for the whole of `from`. */
  readonly copied: boolean;
  /** What it is an expansion of, such as `macro:NAME`; null for the author's own text. */
  readonly via: string | null;
}

/** A text that is parsed, and where each part of it stands in the text that its author wrote. */
export interface MappedText {
  readonly text: string;
  readonly original: string;
  /** In order, the first at 0. One copied segment from 0 where nothing was changed. */
  readonly segments: readonly Segment[];
}

/** A text as it was written. */
export function unmapped(text: string): MappedText {
  return { text, original: text, segments: [{ at: 0, from: [0, text.length], copied: true, via: null }] };
}

/** The place in the original of a part of the made text. */
export function originalSpan(mapped: MappedText, [start, end]: Span): Span {
  const first = segmentAt(mapped, start);
  const last = end > start ? segmentAt(mapped, end - 1) : first;
  const from = first.copied ? first.from[0] + (start - first.at) : first.from[0];
  const to = last.copied ? last.from[0] + (end - last.at) : last.from[1];
  return [from, Math.max(from, to)];
}

/** What the character at an offset is an expansion of, or null. */
export function viaAt(mapped: MappedText, offset: number): string | null {
  return segmentAt(mapped, offset).via;
}

const NOWHERE: Segment = { at: 0, from: [0, 0], copied: true, via: null };

function segmentAt({ segments }: MappedText, offset: number): Segment {
  if (segments.length === 1) return segments[0] ?? NOWHERE;
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle]?.at ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return segments[low] ?? NOWHERE;
}

/** Builds a mapped text piece by piece. */
export interface TextBuilder {
  text: string;
  readonly segments: Segment[];
}

export function textBuilder(): TextBuilder {
  return { text: '', segments: [] };
}

/** Adds a piece that was copied from the original at an offset. */
export function addCopy(to: TextBuilder, text: string, offset: number): void {
  if (text === '') return;
  to.segments.push({ at: to.text.length, from: [offset, offset + text.length], copied: true, via: null });
  to.text += text;
}

/** Adds a piece that stands for a part of the original. */
export function addExpansion(to: TextBuilder, text: string, from: Span, via: string | null): void {
  if (text === '') return;
  to.segments.push({ at: to.text.length, from, copied: false, via });
  to.text += text;
}

export function builtText(built: TextBuilder, original: string): MappedText {
  return built.segments.length === 0
    ? { text: '', original, segments: [{ at: 0, from: [0, 0], copied: true, via: null }] }
    : { text: built.text, original, segments: built.segments };
}

/** The content of a quoted string as a text of its own: `\"` and `\\` undone, every place kept. */
export function unquotedText(outer: MappedText, [start, end]: Span): MappedText {
  const built = textBuilder();
  let run = start;
  const flush = (to: number): void => {
    if (to > run) addPart(built, outer, run, to);
  };
  for (let i = start; i < end; i += 1) {
    const next = outer.text.charAt(i + 1);
    if (outer.text.charAt(i) === '\\' && i + 1 < end && (next === '"' || next === '\\')) {
      flush(i);
      run = i + 1;
      i += 1;
    }
  }
  flush(end);
  return builtText(built, outer.original);
}

function addPart(built: TextBuilder, outer: MappedText, start: number, end: number): void {
  const segment = segmentAt(outer, start);
  const text = outer.text.slice(start, end);
  const whole = segment.copied && segmentAt(outer, end - 1) === segment;
  if (whole) addCopy(built, text, segment.from[0] + (start - segment.at));
  else addExpansion(built, text, originalSpan(outer, [start, end]), segment.via);
}
