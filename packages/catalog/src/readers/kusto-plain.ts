import { type LineStarts, lineStarts, type Span } from '@rulescope/logic';
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
  const rules = groups.map(({ first, others }, i) => {
    const next = groups[i + 1]?.first.start ?? text.length;
    const own: Span = groups.length === 1 ? [0, text.length] : [first.start, next];
    const metadata = metadataOf({ first, others }, i, groups, text);
    return kustoRule(first.query, embeddedAt(text, 0), metadata, placeOf(text, own, lines));
  });
  return { rules, diagnostics };
}

function placeOf(text: string, span: Span, lines: LineStarts) {
  return { id: null, text, span, lines, diagnostics: [] };
}

function withComments(one: KustoQuery, i: number, text: string): CommentedQuery {
  const comments = i === 0 ? commentsAtStart(text) : commentsBefore(text, one.span[0], 0);
  return { ...one, head: readComments(text.slice(...comments)), start: comments[0] };
}

function metadataOf(
  { first, others }: Forms<CommentedQuery>,
  i: number,
  groups: readonly Forms<CommentedQuery>[],
  text: string,
): RuleMetadata {
  const { head } = first;
  const all = [head, ...others.map((other) => other.head)];
  const forms = others.map((other) =>
    describeForm(other.head.form ?? '', text.slice(...first.span), text.slice(...other.span)),
  );
  return {
    ...NO_METADATA,
    title: titleOf(head, i, groups),
    description: head.description,
    author: head.author,
    references: [...new Set(all.flatMap(({ references }) => references))],
    tags: [...new Set(all.flatMap(({ tags }) => tags))],
    facts: [...head.facts, ...fact('Written for', head.form), ...fact('Other form', forms)],
  };
}

/** Of several queries in a file those that have no title are called after the first one, with their number. */
function titleOf(head: CommentHead, i: number, groups: readonly Forms<CommentedQuery>[]): string {
  const title = head.title === '' ? (groups[0]?.first.head.title ?? '') : head.title;
  const repeated = groups.some(({ first }, other) => other !== i && first.head.title === head.title);
  if (title === '' || (head.title !== '' && !repeated)) return title;
  return i === 0 && head.form === null ? title : `${title} (${head.form ?? i + 1})`;
}
