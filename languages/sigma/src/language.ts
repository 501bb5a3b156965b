import type { Language, LocatedQuery } from '@rulescope/logic';
import { diagnosticCodes } from './diagnostic-codes.ts';
import { linkSigma } from './link.ts';
import { readSigma } from './read.ts';
import type { SigmaRule } from './rule.ts';

/** Sigma as one of Rulescope's languages: rules, correlations and filters of one text, linked to each other. */
export const language: Language = {
  id: 'sigma',
  name: 'Sigma',
  diagnosticCodes,
  parse: (text) => {
    const { rules, diagnostics } = readSigma(text);
    return { language: 'sigma', queries: linkSigma([rules]).flat().map(queryOf), diagnostics };
  },
};

/** The query alone: what a rule says of itself is no part of the contract. */
export function queryOf(rule: SigmaRule): LocatedQuery {
  const {
    kind: _kind,
    metadata: _metadata,
    text: _text,
    references: _references,
    generate: _generate,
    linked: _linked,
    ...query
  } = rule;
  return query;
}
