import type { Span } from '@rulescope/logic';

/** A part of a page that matters to a reader of rules. */
export type MarkdownBlock = MarkdownHeading | MarkdownFence | MarkdownLine;

interface MarkdownHeading {
  readonly kind: 'heading';
  readonly level: number;
  readonly text: string;
  readonly span: Span;
}

/** Code between two lines of three or more backticks or tildes (CommonMark 0.31.2, 4.5, "Fenced code blocks"). */
export interface MarkdownFence {
  readonly kind: 'fence';
  /** The first word behind the opening signs: the language. */
  readonly label: string;
  /** With the lines that open and close it. */
  readonly span: Span;
  /** The code. */
  readonly body: Span;
  /** How many blanks stand before the opening signs: as many are no part of a line of the code. */
  readonly indent: number;
  /** How many signs of a quotation (`>`) stand before them, and before each line of the code. */
  readonly quotes: number;
}

/** Any other line: of a paragraph, a list, a table. Empty lines are left out. */
export interface MarkdownLine {
  readonly kind: 'line';
  readonly text: string;
  readonly span: Span;
}

const FENCE = /^((?:[ \t]*>)*)([ \t]*)(`{3,}|~{3,})[ \t]*(.*)$/;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/;

/** A fence that is open. */
interface OpenFence {
  readonly start: number;
  readonly signs: string;
  readonly info: string;
  readonly indent: number;
  readonly quotes: number;
  /** Where its first line ends, and the code starts. */
  readonly bodyStart: number;
}

/**
 * The blocks of a page, in their order. People forget to close fences: a line that opens another one, or a heading,
 * closes the one that is open where nothing else does before it; CommonMark would take the rest of the page for code.
 */
export function readMarkdown(text: string): readonly MarkdownBlock[] {
  const { blocks, end: from } = frontMatter(text);
  let open: OpenFence | null = null;
  for (const [start, end] of linesOf(text, from)) {
    const line = text.slice(start, end);
    const { signs, info, ...around } = fenceOf(line);
    if (open !== null && open.quotes > 0 && quotesOf(line) < open.quotes) {
      // A quotation that ends takes its fence along (CommonMark, 5.1, "Block quotes").
      blocks.push(fence(text, open, start, start));
      open = null;
    }
    if (open === null) {
      const [, marks = '', title = ''] = HEADING.exec(line) ?? [];
      if (signs !== '') open = { start, signs, info, ...around, bodyStart: afterLine(text, end) };
      else if (marks !== '')
        blocks.push({ kind: 'heading', level: marks.length, text: headingText(title), span: [start, end] });
      else if (line.trim() !== '') blocks.push({ kind: 'line', text: line.trim(), span: [start, end] });
      continue;
    }
    const closes = signs.startsWith(open.signs) && info === '';
    const reopens = !closes && signs.startsWith(open.signs);
    const [, marks = '', words = ''] = HEADING.exec(line) ?? [];
    if (closes) {
      blocks.push(fence(text, open, start, end));
      open = null;
    } else if (reopens || (marks !== '' && isForgotten(open, marks.length))) {
      blocks.push(fence(text, open, start, start));
      if (!reopens)
        blocks.push({ kind: 'heading', level: marks.length, text: headingText(words), span: [start, end] });
      open = reopens ? { start, signs, info, ...around, bodyStart: afterLine(text, end) } : null;
    }
  }
  if (open !== null) blocks.push(fence(text, open, text.length, text.length));
  return blocks;
}

/** Code between backticks within a line is no fence: the line behind the signs has none (CommonMark, 4.5). */
function fenceOf(line: string): Pick<OpenFence, 'signs' | 'info' | 'indent' | 'quotes'> {
  const [, quote = '', blanks = '', signs = '', info = ''] = FENCE.exec(line) ?? [];
  if (signs.startsWith('`') && info.includes('`')) return { signs: '', info: '', indent: 0, quotes: 0 };
  // The blank behind the sign of a quotation belongs to the sign.
  const indent = Math.max(0, quote === '' ? blanks.length : blanks.length - 1);
  return { signs, info: info.trimEnd(), indent, quotes: quotesOf(quote) };
}

function quotesOf(line: string): number {
  return (/^(?:[ \t]*>)*/.exec(line)?.[0] ?? '').replaceAll(/[^>]/g, '').length;
}

/**
 * Whether a heading in an open fence says that somebody forgot to close it. KQL has no line that starts with a number
 * sign; in code of a language that is not named one such sign may start a comment.
 */
function isForgotten({ info }: OpenFence, level: number): boolean {
  const { label } = labelOf(info);
  return /^(?:kql|kusto)$/i.test(label) || (level > 1 && /^(?:c#|csharp)?$/i.test(label));
}

function fence(text: string, opened: OpenFence, bodyEnd: number, end: number): MarkdownFence {
  const { label, glued } = labelOf(opened.info);
  const from = Math.min(opened.bodyStart, bodyEnd);
  // Some people begin the code behind the label: the first line of the body goes on with a bar then.
  const goesOn = glued !== '' && /^\s*(?:\/\/[^\n]*\n\s*)*\|/.test(text.slice(from, bodyEnd));
  return {
    kind: 'fence',
    label: goesOn && label === glued ? '' : label,
    span: [opened.start, end],
    body: [goesOn ? text.lastIndexOf(glued, from - 1) : from, bodyEnd],
    indent: opened.indent,
    quotes: opened.quotes,
  };
}

/** The first word is the label, and what stands behind it may be code, as may a word alone: `KQLDeviceEvents`. */
function labelOf(info: string): { readonly label: string; readonly glued: string } {
  const [, stuck, code = ''] = /^(KQL|Kusto|kql|kusto)([A-Z]\w*.*)$/.exec(info) ?? [];
  if (stuck !== undefined) return { label: stuck, glued: code };
  const [, word = '', rest = ''] = /^(\S*)[ \t]*(.*)$/.exec(info) ?? [];
  return { label: word, glued: rest === '' ? word : rest };
}

/** The words of a heading without the marks around them. */
function headingText(title: string): string {
  return plainText(title.replace(/[ \t]{1,20}#{1,20}[ \t]{0,20}$/, ''))
    .replace(/:$/, '')
    .trim();
}

/** The words of a line without emphasis, and links by their text alone. */
export function plainText(line: string): string {
  return line
    .replaceAll(/!?\[([^[\]]{0,500})\]\([^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?\)/g, '$1')
    .replaceAll(/\*{1,3}([^*\s](?:[^*]*[^*\s])?)\*{1,3}/g, '$1')
    .replaceAll(/<\/?\w+\/?>/g, ' ')
    .replaceAll('\u200b', '')
    .trim();
}

/** YAML before the page, as makers of web sites have it: of that the title is the page's heading. */
function frontMatter(text: string): { readonly blocks: MarkdownBlock[]; readonly end: number } {
  const matter = /^\ufeff?---[ \t]*\r?\n(?:[^\n]*\n){0,99}?---[ \t]*(?:\r?\n|$)/.exec(text)?.[0] ?? '';
  const title = /^title:[ \t]*["']?(.*?)["']?[ \t\r]*$/m.exec(matter);
  if (title === null) return { blocks: [], end: matter.length };
  const span: Span = [title.index, title.index + title[0].trimEnd().length];
  return {
    blocks: [{ kind: 'heading', level: 1, text: headingText(title[1] ?? ''), span }],
    end: matter.length,
  };
}

function linesOf(text: string, start: number): readonly Span[] {
  const lines: Span[] = [];
  for (let from = start; from < text.length; ) {
    const feed = text.indexOf('\n', from);
    const end = feed < 0 ? text.length : feed;
    lines.push([from, end > from && text.charAt(end - 1) === '\r' ? end - 1 : end]);
    from = end + 1;
  }
  return lines;
}

/** Where the next line starts. */
function afterLine(text: string, end: number): number {
  const feed = text.indexOf('\n', end);
  return feed < 0 ? text.length : feed + 1;
}
