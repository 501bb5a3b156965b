import { lineStarts, type Span } from '@rulescope/logic';
import type { RuleMetadata } from '../types.ts';
import { fact } from './facts.ts';
import type { Glance } from './glance.ts';
import { type CommentHead, commentsAtStart, commentsBefore, readComments } from './kusto-comments.ts';
import { describeForm, type Forms, groupForms } from './kusto-forms.ts';
import { looksLikeKusto } from './kusto-look.ts';
import { type KustoQuery, kustoRule, NO_METADATA, parseKusto } from './kusto-rule.ts';
import { embeddedAt } from './offsets.ts';
import type { FileRole, ReadFile, RuleFormat } from './reader.ts';

/**
 * Kusto queries in a file of their own, one or several. The comments before a query say what it is. Any text may be
 * in a `.txt` file: those that do not look like KQL are no rules.
 */
export const kustoPlainFormat: RuleFormat = {
  name: 'kusto-plain',
  language: 'kql',
  matches: isKustoPath,
  mayMatch: isTextPath,
  recognises: roleOf,
  read: readPlain,
};

function isKustoPath(path: string): boolean {
  return /\.(?:kql|kusto|csl)$/i.test(path);
}

function isTextPath(path: string): boolean {
  return /\.txt$/i.test(path);
}

function roleOf({ path, text }: Glance): FileRole | null {
  // Citation styles, which are XML, have the ending of Kusto's first files; workbooks, which are JSON, that of others.
  if (isKustoPath(path)) return /^\s*[<{]/.test(text) ? 'beside-rules' : 'rules';
  return looksLikeKusto(text) ? 'rules' : null;
}

/** A query of the file and the comments before it. */
interface CommentedQuery extends KustoQuery {
  readonly head: CommentHead;
  /** Where the comments before it start. */
  readonly start: number;
}

function readPlain(text: string): ReadFile {
  const { queries, diagnostics } = parseKusto(text);
  const lines = lineStarts(text);
  const commented = queries.map((one, i) => withComments(one, i, text));
  const groups = groupForms(commented, ({ span }) => text.slice(...span));
  const titles = titlesOf(groups.map(({ first }) => first.head));
  const rules = groups.map((forms, i) => {
    const next = groups[i + 1]?.first.start ?? text.length;
    const span: Span = groups.length === 1 ? [0, text.length] : [forms.first.start, next];
    const metadata = metadataOf(forms, titles[i] ?? '', text);
    const place = { id: null, text, span, lines, diagnostics: [] };
    return kustoRule(forms.first.query, embeddedAt(text, 0), metadata, place);
  });
  return { rules, diagnostics };
}

function withComments(one: KustoQuery, i: number, text: string): CommentedQuery {
  const comments = i === 0 ? commentsAtStart(text) : commentsBefore(text, one.span[0], 0);
  return { ...one, head: readComments(text.slice(...comments)), start: comments[0] };
}

function metadataOf({ first, others }: Forms<CommentedQuery>, title: string, text: string): RuleMetadata {
  const { head } = first;
  const all = [head, ...others.map((other) => other.head)];
  const forms = others.map((other) =>
    describeForm(other.head.form ?? '', text.slice(...first.span), text.slice(...other.span)),
  );
  return {
    ...NO_METADATA,
    title,
    description: head.description,
    author: head.author,
    references: unique(all.flatMap(({ references }) => references)),
    tags: unique(all.flatMap(({ tags }) => tags)),
    facts: [...head.facts, ...fact('Written for', head.form), ...fact('Other form', unique(forms))],
  };
}

/**
 * The titles of a file's queries: those that have none are called after the first one, and those that are called as
 * others are have what they are written for behind it, or their number.
 */
function titlesOf(heads: readonly CommentHead[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { title } of heads) counts.set(title, (counts.get(title) ?? 0) + 1);
  return heads.map(({ title, form }, i) => {
    const own = title === '' ? (heads[0]?.title ?? '') : title;
    const isOnlyOne = title !== '' && counts.get(title) === 1;
    if (own === '' || isOnlyOne || (i === 0 && form === null)) return own;
    return `${own} (${form ?? i + 1})`;
  });
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
