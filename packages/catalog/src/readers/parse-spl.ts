import type { ParsedText, Stage } from '@rulescope/logic';
import { queryOf, textOfOneQuery, unreadableText } from '@rulescope/logic/parsing';
import type { SplEnvironment } from '@rulescope/spl';

/** Stands in for the parser until it is there: one stage that holds the search. */
export function parseSpl(text: string, _environment?: SplEnvironment): ParsedText {
  const unreadable = unreadableText('spl', text);
  if (unreadable !== null) return unreadable;
  const stage: Stage = {
    index: 0,
    name: 'search',
    kind: 'filter',
    text,
    spans: [[0, text.length]],
    understood: 'partial',
    where: null,
    queries: [],
  };
  return textOfOneQuery(
    queryOf({ language: 'spl', sources: [], where: null, stages: [stage], diagnostics: [] }),
  );
}
