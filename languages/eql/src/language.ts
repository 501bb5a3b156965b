import type { Language } from '@rulescope/logic';
import { reporter, textOfOneQuery, unreadableText } from '@rulescope/logic/parsing';
import { diagnosticCodes } from './diagnostic-codes.ts';
import { lowerQuery } from './lower/query.ts';
import { parseEql } from './syntax/parser.ts';

/** Elastic's Event Query Language as one of Rulescope's languages: a text is one query. */
export const language: Language = {
  id: 'eql',
  name: 'Elastic EQL',
  diagnosticCodes,
  parse: (text) => {
    const unreadable = unreadableText('eql', text);
    if (unreadable !== null) return unreadable;
    const to = reporter(text);
    return textOfOneQuery(lowerQuery(parseEql(text, to), to));
  },
};
