import { type LanguageId, lineStarts, type Span } from '@rulescope/logic';
import { parserOf } from '../languages.ts';
import type { RuleMetadata } from '../types.ts';
import { fact } from './facts.ts';
import type { Glance } from './glance.ts';
import { productOf } from './kusto-comments.ts';
import { describeForm, type Forms, groupForms } from './kusto-forms.ts';
import { languageOfFence } from './kusto-look.ts';
import { type PageHead, pageHead, pagePart, rulePart } from './kusto-page.ts';
import {
  type KustoQueries,
  type KustoQuery,
  kustoRule,
  NO_METADATA,
  parseKusto,
  queriesWithSpans,
} from './kusto-rule.ts';
import { type MarkdownBlock, type MarkdownFence, readMarkdown } from './markdown.ts';
import { type EmbeddedText, embeddedAt, embeddedIn } from './offsets.ts';
import type { FileRole, ReadFile, ReadRule, RuleFormat } from './reader.ts';

/**
 * Pages in Markdown with queries in fences, as people publish their hunting queries: most are KQL, others say in the
 * label of the fence what they are. The page says what its queries are; each is a rule, save those that are another
 * form of one before them. A Sigma rule keeps its own title and id.
 */
export const kustoMarkdownFormat: RuleFormat = {
  name: 'kusto-markdown',
  language: null,
  matches: () => false,
  mayMatch: (path) => isMarkdownPath(path) || hasNoEnding(path),
  recognises: roleOf,
  read: readPage,
};

function isMarkdownPath(path: string): boolean {
  return /\.(?:md|markdown)$/i.test(path);
}

/** Some pages lost their ending. */
function hasNoEnding(path: string): boolean {
  return !path.slice(path.lastIndexOf('/') + 1).includes('.');
}

/** What stands at the beginning of some line of every page with queries. */
const TRACE = /^[ \t>]*(?:```|~~~|\|[ \t]*(?:where|extend|project|summarize)\b)/m;

/** A page without queries is one about something else. */
function roleOf({ text }: Glance): FileRole | null {
  return TRACE.test(text) && queriesOf(text, readMarkdown(text)).length > 0 ? 'rules' : null;
}

/** A fence with queries. */
interface QueryFence {
  readonly fence: MarkdownFence;
  readonly language: LanguageId;
  readonly embedded: EmbeddedText;
  /** Its place among the blocks of the page. */
  readonly index: number;
  /** The last heading before it. */
  readonly heading: string;
}

/** The queries of a page: its fences that hold some; where it has no fence at all, what stands bare under a heading. */
function queriesOf(text: string, blocks: readonly MarkdownBlock[]): readonly QueryFence[] {
  const found: QueryFence[] = [];
  const hasFences = blocks.some(({ kind }) => kind === 'fence');
  let heading = '';
  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'heading') heading = block.text;
    const fence = block.kind === 'fence' ? block : hasFences ? null : bareCode(blocks, index);
    if (fence === null) continue;
    const embedded = codeOf(text, fence);
    const language = languageOfFence(fence.label, embedded.text);
    if (language !== null) found.push({ fence, language, embedded, index, heading });
  }
  return found;
}

/** The lines under a heading that says that a query follows. */
function bareCode(blocks: readonly MarkdownBlock[], index: number): MarkdownFence | null {
  const [heading, first] = [blocks[index - 1], blocks[index]];
  if (heading?.kind !== 'heading' || first?.kind !== 'line' || !/\b(?:query|kql)\b/i.test(heading.text))
    return null;
  let last = first;
  for (let at = index + 1; ; at += 1) {
    const next = blocks[at];
    if (next?.kind !== 'line') break;
    last = next;
  }
  const span: Span = [first.span[0], last.span[1]];
  return { kind: 'fence', label: '', span, body: span, indent: 0, quotes: 0 };
}

/** The code of a fence without its indentation and signs of quotations. */
function codeOf(text: string, { body, indent, quotes }: MarkdownFence): EmbeddedText {
  const [start, end] = body;
  const code = text.slice(start, end);
  if (indent === 0 && quotes === 0) return embeddedAt(code, start);
  const quote = quotes === 0 ? '' : `(?:[ \\t]{0,3}>[ \\t]?){${quotes}}`;
  const before = new RegExp(`^${quote}[ \\t]{0,${indent}}`, 'gm');
  return embeddedIn(text, body, code.replaceAll(before, ''), {
    lineStart: (_, [from, to]) => {
      before.lastIndex = 0;
      return from + (before.exec(text.slice(from, to))?.[0].length ?? 0);
    },
    lineEnd: (_, [, to]) => to,
    escape: () => null,
  });
}

/** A query of the page, parsed. */
interface PageQuery extends KustoQuery {
  readonly fence: QueryFence;
  readonly others: readonly QueryFence[];
}

function readPage(text: string): ReadFile {
  const blocks = readMarkdown(text);
  const fences = queriesOf(text, blocks);
  const groups = groupForms(fences, ({ embedded }) => embedded.text);
  const queries = groups.flatMap(({ first, others }) => queriesOfFence(first, others));
  const parts = groups.map(({ first, others }) =>
    [first, ...others].flatMap(({ index }) => rulePart(blocks, index)),
  );
  const head = pageHead(blocks, parts, fences[0]?.index ?? 0);
  const titles = titlesOf(head.title, queries);
  const lines = lineStarts(text);
  const rules = queries.map((query, i): ReadRule => {
    const only = queries.length === 1;
    const metadata = metadataOf(
      query,
      query.query.title ?? titles[i] ?? head.title,
      head,
      only ? [] : blocks,
    );
    const span: Span = only ? [0, text.length] : spanOf(query, blocks);
    const id = query.query.id ?? (i === 0 ? head.id : null);
    return kustoRule(query.query, query.fence.embedded, metadata, { id, text, span, lines, diagnostics: [] });
  });
  return { rules, diagnostics: [] };
}

function queriesOfFence(fence: QueryFence, others: readonly QueryFence[]): readonly PageQuery[] {
  const { queries } = parseFence(fence);
  const groups: readonly Forms<KustoQuery>[] = groupForms(queries, ({ span }) =>
    fence.embedded.text.slice(...span),
  );
  return groups.map(({ first }) => ({ ...first, fence, others }));
}

function parseFence({ language, embedded: { text } }: QueryFence): KustoQueries {
  const parse = language === 'kql' ? null : parserOf(language);
  return parse === null ? parseKusto(text) : queriesWithSpans(parse(text), text);
}

/** From the heading of the part of the page that the query is in to the end of its fence. */
function spanOf({ fence: { index, fence } }: PageQuery, blocks: readonly MarkdownBlock[]): Span {
  const [first = index] = rulePart(blocks, index);
  return [blocks[first]?.span[0] ?? fence.span[0], fence.span[1]];
}

/** `blocks` are those of a page with several queries, where a query has a part of its own. */
function metadataOf(
  { fence, others }: PageQuery,
  title: string,
  head: PageHead,
  blocks: readonly MarkdownBlock[],
): RuleMetadata {
  const own = pagePart(rulePart(blocks, fence.index).flatMap((i) => blocks[i] ?? []));
  const forms = others.map((other) => describeForm(other.heading, fence.embedded.text, other.embedded.text));
  return {
    ...NO_METADATA,
    title,
    description: joined([head.description, own.description]),
    author: head.author,
    licence: head.licence,
    references: unique([...head.references, ...own.references]),
    falsePositives: head.falsePositives,
    tags: unique([...head.tags, ...own.tags]),
    facts: [
      ...head.facts,
      ...fact('Written for', productOf(fence.heading)),
      ...fact('Other form', unique(forms)),
    ],
  };
}

/** The page's title with the heading before each query, and a number where one heading has several queries. */
function titlesOf(title: string, queries: readonly PageQuery[]): readonly string[] {
  const byHeading = Map.groupBy(queries, ({ fence }) => fence.heading);
  const seen = new Map<string, number>();
  return queries.map(({ fence: { heading } }) => {
    const number = (seen.get(heading) ?? 0) + 1;
    seen.set(heading, number);
    const isRepeated = (byHeading.get(heading)?.length ?? 0) > 1;
    const behind = [heading === title ? '' : heading, isRepeated ? String(number) : '']
      .filter((part) => part !== '')
      .join(' ');
    if (queries.length === 1 || behind === '') return title;
    return title === '' ? behind : `${title} (${behind})`;
  });
}

function joined(parts: readonly (string | null)[]): string | null {
  const said = parts.filter((part) => part !== null && part !== '');
  return said.length === 0 ? null : said.join('\n\n');
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
