/** A line of backticks that opens a block of code in Markdown, with or without the language's name. */
const OPENING = /^\s*```[\w-]*[ \t]*\r?\n/;
const CLOSING = /\n[ \t]*```\s*$/;

/**
 * A query that was copied out of Markdown with the fence around it: the fence is made blank, so that every place
 * in the text stays where it was. Other texts are given back as they are.
 */
export function withoutFence(text: string): string {
  const opening = OPENING.exec(text)?.[0];
  if (opening === undefined) return text;
  const from = opening.length;
  const end = lastFence(text, from);
  return blank(opening) + text.slice(from, end) + blank(text.slice(end));
}

/** Where the line of the closing fence starts, or the end of the text. Only the last line is looked at. */
function lastFence(text: string, from: number): number {
  const trimmed = text.trimEnd().length;
  const line = text.lastIndexOf('\n', trimmed - 1);
  return line >= from - 1 && CLOSING.test(text.slice(line)) ? Math.max(line, from) : text.length;
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
