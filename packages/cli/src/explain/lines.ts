/** Bytes of one line, at most: the largest text that is parsed, with every character as `\uXXXX`. */
export const LONGEST_LINE = 32 * 1024 * 1024;

const LINE_FEED = 0x0a;

/** What is kept of a line that is longer, in bytes: enough for an id. */
const START = 4096;

/** One line of a stream; `text` is null where the line is longer than `LONGEST_LINE` and was passed over. */
export interface Line {
  readonly text: string | null;
  /** The first few thousand characters. */
  readonly start: string;
}

/**
 * The lines of a stream of bytes as they come, never more than one of them in memory. Bytes that are not UTF-8
 * are read as U+FFFD. What follows the last line feed is a line where it is not empty.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  let parts: Uint8Array[] = [];
  let length = 0;
  const keep = (part: Uint8Array): void => {
    if (length <= LONGEST_LINE && part.length > 0) parts.push(part);
    length += part.length;
    if (length > LONGEST_LINE) parts = [Buffer.concat(parts).subarray(0, START)];
  };
  const take = (): Line => {
    const text = decoder.decode(Buffer.concat(parts));
    const isWhole = length <= LONGEST_LINE;
    parts = [];
    length = 0;
    return { text: isWhole ? text : null, start: text.slice(0, START) };
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      keep(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  if (length > 0) yield take();
}
