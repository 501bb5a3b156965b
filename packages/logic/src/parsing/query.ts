import { worst } from '../build.ts';
import { SHARED_CODES } from '../diagnostics.ts';
import { collect } from '../indicators.ts';
import type { LanguageId } from '../languages.ts';
import { LIMITS } from '../limits.ts';
import type { LocatedQuery, ParsedText, Query } from '../model.ts';
import { report, reporter } from './reporter.ts';

const [TEXT_TOO_LARGE, , , , EMPTY_TEXT] = SHARED_CODES;

/** What a language says of a query; the rest follows from its stages. */
export type QueryParts = Pick<Query, 'language' | 'sources' | 'where' | 'stages' | 'diagnostics'> &
  Partial<Pick<Query, 'id' | 'title' | 'understood'>>;

/** A whole query: as well understood as its worst stage, with the indicators, exclusions and terms of its stages. */
export function queryOf(parts: QueryParts): Query {
  const { language, understood, sources, where, stages, diagnostics, ...named } = parts;
  const worstStage = worst(stages.map((stage) => stage.understood));
  return {
    ...named,
    language,
    understood: understood === undefined ? worstStage : worst([understood, worstStage]),
    sources,
    where,
    stages,
    ...collect(stages),
    diagnostics,
  };
}

/** A text that holds one query, which starts where the text does and has no id of its own. */
export function textOfOneQuery(query: Query): ParsedText {
  const located: LocatedQuery = { id: null, ...query, offset: 0, standalone: true };
  return { language: query.language, queries: [located], diagnostics: [] };
}

/** What is said of a text that no parser should see: one that is too large, or empty; null for any other. */
export function unreadableText(language: LanguageId, text: string): ParsedText | null {
  const large = text.length > LIMITS.textLength;
  if (!large && text.trim() !== '') return null;
  const to = reporter(large ? '' : text);
  const message = `The text has ${text.length} characters; ${LIMITS.textLength} are read.`;
  if (large) report(to, TEXT_TOO_LARGE, message, [0, 0]);
  else report(to, EMPTY_TEXT, 'The text is empty.', [0, 0]);
  return { language, queries: [], diagnostics: to.diagnostics };
}
