import { type Language, LIMITS, type Query } from '@rulescope/logic';
import { reporter, textOfOneQuery, unreadableText } from '@rulescope/logic/parsing';
import { diagnosticCodes } from './diagnostic-codes.ts';
import { lowerQuery } from './lower/query.ts';
import { parseKueryTree } from './syntax/parser.ts';

/** The Kibana Query Language as one of Rulescope's languages: a text is one query, an empty one matches everything. */
export const language: Language = {
  id: 'kuery',
  name: 'Kibana Query Language (kuery)',
  diagnosticCodes,
  parse: (text) =>
    (text.length > LIMITS.textLength ? unreadableText('kuery', text) : null) ??
    textOfOneQuery(parseKuery(text)),
};

/**
 * What a text in the Kibana Query Language looks for, for texts that hold one inside, such as ES|QL's
 * `KQL("""…""")` and the filters of a rule. Spans and diagnostics are offsets of the text given. Never throws.
 */
export function parseKuery(text: string): Query {
  const to = reporter(text);
  return lowerQuery(parseKueryTree(text, to), to);
}
