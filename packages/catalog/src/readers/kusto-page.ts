import type { RuleFact } from '../types.ts';
import { attackTags, fact } from './facts.ts';
import { attackIdsIn, linksIn, tacticName } from './kusto-prose.ts';
import { type MarkdownBlock, type MarkdownLine, plainText } from './markdown.ts';

/** What a part of a page says. */
export interface PagePart {
  readonly description: string | null;
  readonly references: readonly string[];
  readonly tags: readonly string[];
}

/** What a page says of all its queries. */
export interface PageHead extends PagePart {
  readonly title: string;
  readonly id: string | null;
  readonly author: string | null;
  readonly licence: string | null;
  readonly falsePositives: readonly string[];
  readonly facts: readonly RuleFact[];
}

/**
 * The blocks that belong to the query of a fence: from the heading before it, or from the fence before it under the
 * same heading, to the next heading or fence.
 */
export function rulePart(blocks: readonly MarkdownBlock[], fence: number): readonly number[] {
  if (blocks[fence] === undefined) return [];
  let start = fence;
  while (start > 0 && blocks[start - 1]?.kind === 'line') start -= 1;
  if (blocks[start - 1]?.kind === 'heading') start -= 1;
  let end = fence + 1;
  while (blocks[end]?.kind === 'line') end += 1;
  return Array.from({ length: end - start }, (_, i) => start + i);
}

/** Lines that say one thing by its name: `**Author:** A. Author`. */
const NAMED = /^[-*>\s]*\*\*([^*:]{1,40}):?\*\*:?[ \t]*(.*)$/;

/** What a page with `parts` of queries says as a whole. `first` is the place of its first query. */
export function pageHead(
  blocks: readonly MarkdownBlock[],
  parts: readonly (readonly number[])[],
  first: number,
): PageHead {
  const owned = new Set(parts.length > 1 ? parts.flat() : []);
  const general = blocks.filter((_, i) => !owned.has(i));
  const named = namedLines(general);
  const title = titleOf(blocks);
  const references = sectionOf(general, /^(?:references?|links?|sources?|further reading)\b/i);
  const prose = proseOf(general);
  return {
    title,
    description: descriptionOf(blocks, owned, first),
    id: named.get('id') ?? null,
    author: authorOf(named),
    licence: wordsOf(named.get('license') ?? named.get('licence')),
    references: linksIn(references.length > 0 ? proseOf(references) : prose),
    falsePositives: paragraphs(sectionOf(general, /^(?:known )?false[- ]positives?\b/i)),
    tags: tagsOf(prose, named),
    facts: factsOf(named, general),
  };
}

function titleOf(blocks: readonly MarkdownBlock[]): string {
  const headings = blocks.filter((block) => block.kind === 'heading');
  const highest = headings.find(({ level }) => level === 1) ?? headings[0];
  return highest === undefined ? '' : highest.text;
}

/** What the part of a page says that belongs to one of several queries. */
export function pagePart(blocks: readonly MarkdownBlock[]): PagePart {
  const description = paragraphs(linesIn(blocks)).join('\n');
  const prose = proseOf(blocks);
  return {
    description: description === '' ? null : description,
    references: linksIn(prose),
    tags: tagsOf(prose, namedLines(blocks)),
  };
}

/** The words of a page without its code. */
function proseOf(blocks: readonly MarkdownBlock[]): string {
  return blocks.flatMap((block) => (block.kind === 'fence' ? [] : [block.text])).join('\n');
}

function linesIn(blocks: readonly MarkdownBlock[]): readonly MarkdownLine[] {
  return blocks.filter((block) => block.kind === 'line');
}

/** The lines under the headings that match, up to the next heading or code. */
function sectionOf(blocks: readonly MarkdownBlock[], wanted: RegExp): readonly MarkdownLine[] {
  const lines: MarkdownLine[] = [];
  let inside = false;
  for (const block of blocks) {
    if (block.kind === 'line') {
      if (inside) lines.push(block);
    } else {
      inside = block.kind === 'heading' && wanted.test(block.text);
    }
  }
  return lines;
}

const DESCRIPTION = /^(?:(?:detection|query|rule|short|hunt)\s+)?description\b/i;

/** The section that is called so; else what stands before the first query. */
function descriptionOf(
  blocks: readonly MarkdownBlock[],
  owned: ReadonlySet<number>,
  first: number,
): string | null {
  const section = paragraphs(sectionOf(blocks, DESCRIPTION));
  const before = linesIn(blocks.slice(0, first).filter((_, i) => !owned.has(i)));
  const found = section.length > 0 ? section : paragraphs(before);
  return found.length === 0 ? null : found.join('\n');
}

/** Paragraphs of sentences: no tables, no lines that are drawn, or that name what they say, no bare links. */
function paragraphs(lines: readonly MarkdownLine[]): readonly string[] {
  const found: string[] = [];
  let behind = -1;
  for (const { text, span } of lines.filter(isSentence)) {
    const words = plainText(text.replace(/^\/\/+\s*/, ''));
    const goesOn = span[0] - behind <= LINE_BREAK && !/^(?:[-*+]|\d+[.)])\s/.test(text);
    if (goesOn && found.length > 0) found.push(`${found.pop()} ${words}`);
    else found.push(words);
    behind = span[1];
  }
  return found;
}

/** The characters between two lines of one paragraph, at most. */
const LINE_BREAK = 2;

function isSentence({ text }: MarkdownLine): boolean {
  if (/^(?:\||[-*_=\s|:]+$|<!--|!\[)/.test(text) || NAMED.test(text) || isTableRow(text)) return false;
  return /\p{L}/u.test(plainText(text)) && !/^[-*]?\s*https?:\/\/\S+$/.test(text);
}

function isTableRow(line: string): boolean {
  return (line.match(/ ?\| ?/g)?.length ?? 0) > 1;
}

/** What is said by names, in lower case. The first one counts. */
function namedLines(blocks: readonly MarkdownBlock[]): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  for (const { text: line } of linesIn(blocks)) {
    const [, name = '', value = ''] = NAMED.exec(line) ?? [];
    const key = name.trim().toLowerCase();
    if (key !== '' && value.trim() !== '' && !named.has(key)) named.set(key, value.trim());
  }
  return named;
}

function authorOf(named: ReadonlyMap<string, string>): string | null {
  const found = ['author', 'authors', 'contributor', 'name'].map((name) => named.get(name));
  return wordsOf(found.find((value) => value !== undefined));
}

function wordsOf(value: string | undefined): string | null {
  const words = value === undefined ? '' : plainText(value).replace(/^[*_]+|[*_]+$/g, '');
  return words === '' || /^<.*>$/.test(words) ? null : words;
}

/** A row of a table of tactics that are marked: `| Execution | v |  |`, with or without the outer bars. */
const MARKED =
  /^\|?[ \t]{0,50}([A-Za-z ]{6,30}?)[ \t]{0,50}\|[ \t]{0,50}(?:v|x|y|yes|✓|✔|✔️|✅|:heavy_check_mark:|:white_check_mark:)[ \t]*(?:\||$)/i;

/** Techniques and tactics by their ids; tactics by their names where a table marks them, or a line names them. */
function tagsOf(prose: string, named: ReadonlyMap<string, string>): readonly string[] {
  const marked = prose.split('\n').map((line) => MARKED.exec(line)?.[1] ?? '');
  const said = `${named.get('tactic') ?? ''},${named.get('tactics') ?? ''}`.split(/[,;/]/).map(plainText);
  const tactics = [...marked, ...said].map(tacticName).filter((name) => name !== null);
  return [...new Set([...attackTags(tactics), ...attackIdsIn(prose)])];
}

/** Names of what a page says elsewhere, or that only lay it out. */
const NO_FACTS: ReadonlySet<string> = new Set([
  'id',
  'author',
  'authors',
  'contributor',
  'name',
  'license',
  'licence',
  'reference',
  'references',
  'tactic',
  'tactics',
  'technique',
  'techniques',
  'query',
  'description',
  'note',
  'github',
  'twitter',
  'linkedin',
  'website',
]);

function factsOf(named: ReadonlyMap<string, string>, blocks: readonly MarkdownBlock[]): readonly RuleFact[] {
  const said = [...named].filter(([name]) => !NO_FACTS.has(name) && name.split(' ').length < 4);
  return [
    ...said.flatMap(([name, value]) => fact(capitalised(name), wordsOf(value))),
    ...fact('Blind spot', paragraphs(sectionOf(blocks, /^(?:detection )?blind[- ]spots?\b/i))),
    ...fact('Response', paragraphs(sectionOf(blocks, /^(?:suggested )?response\b/i))),
  ];
}

function capitalised(name: string): string {
  return /^[a-z]{2}$/.test(name) ? name.toUpperCase() : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
