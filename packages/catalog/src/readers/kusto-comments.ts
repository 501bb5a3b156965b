import type { Span } from '@rulescope/logic';
import type { RuleFact } from '../types.ts';
import { fact } from './facts.ts';
import { attackIdsIn, linksIn } from './kusto-prose.ts';

/** What the comments before a query say of it. */
export interface CommentHead {
  readonly title: string;
  readonly description: string | null;
  readonly author: string | null;
  readonly references: readonly string[];
  readonly tags: readonly string[];
  readonly facts: readonly RuleFact[];
  /** The product that the query is written for, where a line says nothing but that. */
  readonly form: string | null;
}

/** The lines of comments and empty lines that stand directly before an offset, not before `from`. */
export function commentsBefore(text: string, at: number, from: number): Span {
  let start = text.lastIndexOf('\n', at - 1) + 1;
  if (start < from || text.slice(start, at).trim() !== '') return [at, at];
  while (start > from) {
    const above = Math.max(text.lastIndexOf('\n', start - 2) + 1, from);
    const line = bare(text.slice(above, start));
    if (line !== '' && !line.startsWith('//')) break;
    start = above;
  }
  return [start, at];
}

/** The comments that a text starts with. */
export function commentsAtStart(text: string): Span {
  const lines = /^(?:[\s\u200b]|\/\/[^\n]*(?:\n|$))*/.exec(text)?.[0] ?? '';
  return [0, lines.length];
}

/** A line without the blanks around it; a blank of no width is one, too. */
function bare(line: string): string {
  return line.replaceAll('\u200b', ' ').trim();
}

/** A line or heading that names the product that a query is for, and nothing else. */
const FORM =
  /^(?:kql |query for )?(?:for )?((?:microsoft |azure )?sentinel|(?:microsoft )?(?:365 )?defender(?: xdr| for endpoint)?|advanced hunting|log analytics|mde|m365d)(?: (?:kql )?query)?[ :.]*$/i;

/** The product that a line or heading names, which says nothing else; null where it says something else. */
export function productOf(line: string): string | null {
  return FORM.exec(line)?.[1] ?? null;
}

/** A line that says one thing by its name: `Author: A. Author`. */
const NAMED = /^([A-Za-z][A-Za-z& ]{1,40}?)[ \t]*:[ \t]*(\S.*)$/;

/** `Data connector required for this query - Azure Active Directory`. */
const CONNECTOR = /^data connectors? required for this query[ \t]*[-:][ \t]*(\S.*)$/i;

const AUTHOR_NAMES: ReadonlySet<string> = new Set([
  'author',
  'authors',
  'contributor',
  'created by',
  'written by',
]);
const TITLE_NAMES: ReadonlySet<string> = new Set(['title', 'query name', 'rule name', 'detection name']);
const DESCRIPTION_NAMES: ReadonlySet<string> = new Set(['description', 'purpose', 'goal', 'summary']);
/** Names of what is read from the whole comment, or is of no use to a reader. */
const ELSEWHERE_NAMES: ReadonlySet<string> = new Set([
  'reference',
  'references',
  'link',
  'links',
  'source',
  'ref',
  'mitre',
  'mitre attack',
  'technique',
  'techniques',
]);

/** Names of places where people are found. */
const PLACES = /\b(?:twitter|linkedin|github|blog|website|questions)\b/;

/** Reads comments: the first line is the title, the rest the description, save lines that name what they say. */
export function readComments(comments: string): CommentHead {
  const prose: string[] = [];
  const authors: string[] = [];
  const connectors: string[] = [];
  let title = '';
  let form: string | null = null;
  for (const line of linesOf(comments)) {
    const connector = CONNECTOR.exec(line)?.[1];
    const [, name = '', value = ''] = NAMED.exec(line) ?? [];
    const named = name.toLowerCase();
    if (connector !== undefined) connectors.push(connector);
    else if (productOf(line) !== null) form = productOf(line);
    else if (AUTHOR_NAMES.has(named)) authors.push(value);
    else if (TITLE_NAMES.has(named) && title === '') title = value;
    else if (DESCRIPTION_NAMES.has(named)) prose.push(value);
    else if (!ELSEWHERE_NAMES.has(named) && !PLACES.test(named) && !isLinkAlone(line)) prose.push(line);
  }
  const head = title === '' ? splitTitle(prose) : { title, rest: prose };
  const description = head.rest.join('\n').trim();
  return {
    title: head.title,
    description: description === '' ? null : description,
    author: authors.length === 0 ? null : authors.join(', '),
    references: linksIn(comments),
    tags: attackIdsIn(comments),
    facts: fact('Data connector', connectors),
    form,
  };
}

/** The lines without what makes them comments, and without lines that only draw a line. */
function linesOf(comments: string): readonly string[] {
  return comments
    .split('\n')
    .map((line) => bare(bare(line).replace(/^\/{2,}/, '')))
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
}

/** `See: https://example.org/a`: a link that is kept as a reference, and too little to be a title. */
function isLinkAlone(line: string): boolean {
  return /^(?:[\w ]{0,40}:?[ \t]*)https?:\/\/\S+$/i.test(line);
}

/** The first sentence where it goes on in the next line. */
function splitTitle(lines: readonly string[]): { readonly title: string; readonly rest: readonly string[] } {
  let taken = Math.min(1, lines.length);
  while (
    taken > 0 &&
    taken < 3 &&
    /^[a-z]/.test(lines[taken] ?? '') &&
    !/[.!?:]$/.test(lines[taken - 1] ?? '')
  ) {
    taken += 1;
  }
  const title = lines.slice(0, taken).join(' ').replace(/\.$/, '');
  return { title, rest: lines.slice(taken) };
}
