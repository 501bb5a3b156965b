import { type Language, type ParsedText, SHARED_CODES } from '@rulescope/logic';
import { report, reporter, textOfOneQuery, unreadableText } from '@rulescope/logic/parsing';
import { diagnosticCodes } from './diagnostic-codes.ts';
import type { EmbeddedLanguages } from './embedded-languages.ts';
import { lowerText } from './lower/pipeline.ts';
import { parsePipeline } from './syntax/parser.ts';

const [, , , , EMPTY_TEXT] = SHARED_CODES;

/**
 * Parses a query of the Elasticsearch Query Language. Queries in other languages that it holds (`KQL("…")`,
 * `QSTR("…")`) are read by what `embedded` gives for them, and unknown text without. Never throws: what is wrong is in
 * the diagnostics of the query. Spans are offsets of the text as it is given.
 */
export function parseEsql(text: string, embedded: EmbeddedLanguages = {}): ParsedText {
  const unreadable = unreadableText('esql', text);
  if (unreadable !== null) return unreadable;
  const to = reporter(text);
  const pipeline = parsePipeline(text, to);
  if (pipeline.commands.length === 0) {
    report(to, EMPTY_TEXT, 'The text holds only comments.', [0, 0]);
    return { language: 'esql', queries: [], diagnostics: to.diagnostics };
  }
  return textOfOneQuery(lowerText(pipeline, to, embedded));
}

/** ES|QL as one of Rulescope's languages, with the languages that queries in it may hold. */
export function esqlWith(embedded: EmbeddedLanguages): Language {
  return {
    id: 'esql',
    name: 'Elastic ES|QL',
    diagnosticCodes,
    parse: (text) => parseEsql(text, embedded),
  };
}

/** ES|QL alone: what it holds in other languages is unknown text with a note. */
export const language: Language = esqlWith({});
