import type { Language, Query } from '@rulescope/logic';
import { reporter, textOfOneQuery, unreadableText } from '@rulescope/logic/parsing';
import { diagnosticCodes } from './diagnostic-codes.ts';
import { lowerQuery } from './lower/query.ts';
import { parseLuceneTree } from './syntax/parser.ts';

/** Lucene's query syntax, as Elasticsearch's query string query reads it, as one of Rulescope's languages. */
export const language: Language = {
  id: 'lucene',
  name: 'Lucene query string',
  diagnosticCodes,
  parse: (text) => unreadableText('lucene', text) ?? textOfOneQuery(parseLucene(text)),
};

/**
 * What a text in Lucene's query syntax looks for, for texts that hold one inside. Spans and diagnostics are offsets of
 * the text given. Never throws.
 */
export function parseLucene(text: string): Query {
  const to = reporter(text);
  return lowerQuery(parseLuceneTree(text, to), to);
}
