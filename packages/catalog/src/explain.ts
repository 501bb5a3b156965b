import type { EventCoverage } from '@rulescope/knowledge';
import {
  type Diagnostic,
  emptyQuery,
  type LanguageId,
  type LineStarts,
  type LocatedQuery,
  lineStarts,
  type ParsedText,
  SCHEMA_VERSION,
  worst,
} from '@rulescope/logic';
import { resultOf } from './analyse/analyse.ts';
import { canonicalNames, eventsOfQuery, type QueryEvents } from './analyse/canonical.ts';
import { nameFields } from './analyse/relocate.ts';
import { misspellings, type QueryText } from './analyse/spelling.ts';
import { readRules } from './build/read.ts';
import { isContextPath, type SourceContext, sourceContext } from './build/source-context.ts';
import { findFiles } from './build/walk.ts';
import { sourceFor } from './config.ts';
import { formatOfLanguage, recognise } from './readers/index.ts';
import type { ReadRule, RuleFormat, RuleQuery } from './readers/reader.ts';
import type { RuleResult } from './types.ts';

/** A text that may be a file of rules. */
export interface FileText {
  /** The name of the file; null where it has none. */
  readonly name: string | null;
  readonly text: string;
  /** The language that it is said to be written in, whole; null where the text must tell. */
  readonly language: string | null;
}

/**
 * The files of a folder that searches may depend on, such as macros and lookups, for `explainFile`. Throws a
 * CatalogError where the folder is not there.
 */
export function contextOf(folder: string): SourceContext {
  return sourceContext(findFiles(sourceFor(folder), isContextPath).files);
}

/** What the rules of a file look for, and what their events show of it. */
export interface ExplainedFile {
  readonly result: RuleResult;
  /**
   * The verdict for each event that a rule can mean, by its query and by what else its file says of them, such as data
   * sources: one list a query of the result, in their order.
   */
  readonly coverage: readonly (readonly EventCoverage[])[];
}

/**
 * What the rules of a file look for, read alone, or with what else of its source is given: offsets, lines and
 * columns are those of its text. Null where that is for a language to say: the text is one of a language itself
 * which depends on nothing else, or it is of no format.
 */
export function explainFile(file: FileText, context: SourceContext | null): RuleResult | null {
  return explainedFile(file, context)?.result ?? null;
}

/** The same, with what the events of the rules show of them. */
export function explainedFile(
  { name, text, language }: FileText,
  context: SourceContext | null,
): ExplainedFile | null {
  const format = language === null ? formatOfText(name ?? '', text) : formatOfLanguage(language);
  const depends = format?.context !== undefined && context !== null;
  if (format === null || (format.language !== null && !depends)) return null;
  const files = context?.filesOf(format) ?? [];
  const { rules, diagnostics } = readRules(format, { text, invalidAt: null }, files);
  const lines = lineStarts(text);
  const read = rules.map((rule) => readQuery(rule, lines));
  const [only] = read;
  if (read.length === 1 && only !== undefined) {
    const result = resultOf(only.query);
    const told = { ...result, diagnostics: [...diagnostics, ...result.diagnostics] };
    return { result: told, coverage: [only.coverage] };
  }
  const listed = read.filter(({ query }) => isRead(query));
  const result = resultOfSeveral(
    read.map(({ query }) => query),
    diagnostics,
  );
  return { result, coverage: listed.map(({ coverage }) => coverage) };
}

/** The result of a text that holds no rule, or several. */
function resultOfSeveral(read: readonly RuleQuery[], diagnostics: readonly Diagnostic[]): RuleResult {
  const understood = read.length === 0 ? 'none' : worst(read.map((query) => query.understood));
  const { language: _language, ...empty } = emptyQuery('sigma', understood);
  const queries = read.filter(isRead);
  return {
    schema: SCHEMA_VERSION,
    id: null,
    language: queries[0]?.language ?? null,
    ...empty,
    diagnostics: [...diagnostics, ...read.flatMap((query) => (isRead(query) ? [] : query.diagnostics))],
    ...(queries.length === 0 ? {} : { queries }),
  };
}

/**
 * The queries of a text with the canonical names of the fields that they test, and with what there is to say of names
 * that are most likely misspelt, as the rules of a catalog have them.
 */
export function withCanonicalFields(parsed: ParsedText, text: string): ParsedText {
  const place = { text, offset: 0, lines: lineStarts(text) };
  const queries = parsed.queries.map((query) => named(query, eventsOfQuery(query).scopes, place));
  return { ...parsed, queries };
}

function readQuery({ query, metadata, text }: ReadRule, lines: LineStarts) {
  const { coverage, scopes } = eventsOfQuery(query, metadata);
  return { query: named(query, scopes, { text, offset: query.offset, lines }), coverage };
}

function named<Q extends RuleQuery>(query: Q, scopes: QueryEvents['scopes'], place: QueryText): Q {
  const misspelt = misspellings(query, scopes, place);
  return nameFields(query, { canonical: canonicalNames(scopes), misspelt });
}

function formatOfText(name: string, text: string): RuleFormat | null {
  const known = recognise(name, text);
  return known?.role === 'rules' ? known.format : null;
}

function isRead(query: RuleQuery): query is RuleQuery & LocatedQuery & { readonly language: LanguageId } {
  return query.language !== null;
}
