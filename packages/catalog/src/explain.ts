import { emptyQuery, type LanguageId, type LocatedQuery, SCHEMA_VERSION, worst } from '@rulescope/logic';
import { resultOf } from './analyse/analyse.ts';
import { readRules } from './build/read.ts';
import { recognise } from './readers/index.ts';
import type { RuleQuery } from './readers/reader.ts';
import type { RuleResult } from './types.ts';

/**
 * What the rules of a file look for, read alone: offsets, lines and columns are those of its text. Null where the
 * text is one of a language itself, which that language explains, or of no format. `name` is the file's, or null.
 */
export function explainFile(name: string | null, text: string): RuleResult | null {
  const known = recognise(name ?? '', text);
  if (known === null || known.format.language !== null || known.role !== 'rules') return null;
  const { rules, diagnostics } = readRules(known.format, { text, invalidAt: null });
  const [only] = rules;
  if (rules.length === 1 && only !== undefined) {
    const result = resultOf(only.query);
    return { ...result, diagnostics: [...diagnostics, ...result.diagnostics] };
  }
  const understood = only === undefined ? 'none' : worst(rules.map(({ query }) => query.understood));
  const { language: _language, ...empty } = emptyQuery('sigma', understood);
  const queries = rules.map(({ query }) => query).filter(isRead);
  return {
    schema: SCHEMA_VERSION,
    id: null,
    language: queries[0]?.language ?? null,
    ...empty,
    diagnostics: [...diagnostics, ...rules.flatMap(({ query }) => (isRead(query) ? [] : query.diagnostics))],
    ...(queries.length === 0 ? {} : { queries }),
  };
}

function isRead(query: RuleQuery): query is RuleQuery & LocatedQuery & { readonly language: LanguageId } {
  return query.language !== null;
}
