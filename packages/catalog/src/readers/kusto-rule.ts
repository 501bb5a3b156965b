import { language as kusto } from '@rulescope/kusto';
import { type Diagnostic, LANGUAGES, type LocatedQuery, type ParsedText, type Span } from '@rulescope/logic';
import type { RuleMetadata } from '../types.ts';
import { embeddedQuery, type RuleFrame } from './embedded.ts';
import type { EmbeddedText } from './offsets.ts';
import type { ReadRule } from './reader.ts';

/** What a rule says of itself that says nothing. */
export const NO_METADATA: RuleMetadata = {
  kind: 'rule',
  title: '',
  description: null,
  status: null,
  severity: null,
  riskScore: null,
  author: null,
  licence: null,
  date: null,
  modified: null,
  references: [],
  falsePositives: [],
  tags: [],
  related: [],
  logsource: null,
  facts: [],
};

/** One query of a text of KQL. */
export interface KustoQuery {
  readonly query: LocatedQuery;
  /** Where it lies in the text, what it is about before it included. */
  readonly span: Span;
}

/** The queries of a text of KQL, and what is said of a text that holds none. */
export interface KustoQueries {
  readonly queries: readonly KustoQuery[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses a text of KQL, once, into its queries. A text of comments alone has none. */
export function parseKusto(text: string): KustoQueries {
  return queriesWithSpans(kusto.parse(text), text);
}

/** The queries of a parsed text, each with the part of it that is its own. */
export function queriesWithSpans({ queries, diagnostics }: ParsedText, text: string): KustoQueries {
  return {
    queries: queries.map((query, i) => ({
      query: i === 0 ? { ...query, diagnostics: [...diagnostics, ...query.diagnostics] } : query,
      span: [query.offset, queries[i + 1]?.offset ?? text.length],
    })),
    diagnostics: queries.length === 0 ? diagnostics : [],
  };
}

/** Where a rule stands in its file. */
export interface KustoPlace extends Pick<RuleFrame, 'lines' | 'diagnostics'> {
  readonly id: string | null;
  readonly text: string;
  /** The part of the text that is the rule's own. */
  readonly span: Span;
}

/** The rule of a query that stands in a file, on the platform of its language. */
export function kustoRule(
  query: LocatedQuery,
  embedded: EmbeddedText,
  metadata: RuleMetadata,
  { id, text, span, lines, diagnostics }: KustoPlace,
): ReadRule {
  const title = metadata.title === '' ? null : metadata.title;
  const parsed = { language: query.language, queries: [query], diagnostics: [] };
  return {
    platform: LANGUAGES[query.language].platform,
    metadata,
    query: embeddedQuery(parsed, embedded, { id, title, offset: span[0], lines, diagnostics }),
    text: text.slice(...span),
    names: id === null ? [] : [id],
    references: [],
  };
}
