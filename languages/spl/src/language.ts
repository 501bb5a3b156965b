import { type Language, LIMITS, type ParsedText, SHARED_CODES, worst } from '@rulescope/logic';
import { reporter, ruleBudget, textBudget, textOfOneQuery, unreadableText } from '@rulescope/logic/parsing';
import { CODES, diagnosticCodes } from './diagnostic-codes.ts';
import { EMPTY_ENVIRONMENT, type SplEnvironment } from './environment.ts';
import { eventFields } from './lower/fields.ts';
import { lowerNested, lowerPipeline } from './lower/pipeline.ts';
import { syntaxContext } from './syntax/context.ts';
import { expandMacros } from './text/macros.ts';

const [, , RESULT_TOO_LARGE] = SHARED_CODES;

/**
 * Parses a search of Splunk's Search Processing Language, the macros and lookup tables of its environment resolved.
 * Never throws: what is wrong is in the diagnostics of the query. Spans are offsets of the text as it is given.
 */
export function parseSpl(text: string, environment: SplEnvironment = EMPTY_ENVIRONMENT): ParsedText {
  const unreadable = unreadableText('spl', text);
  if (unreadable !== null) return unreadable;
  const to = reporter(text);
  const mapped = expandMacros(text, environment, to);
  const syntax = syntaxContext(mapped, to);
  const context = {
    syntax,
    environment,
    budget: ruleBudget(textBudget()),
    start: 0,
    depth: 0,
    nested: { left: LIMITS.textLength },
    templated: false,
    lowerNested,
  };
  const { query } = lowerPipeline(
    { syntax, span: [0, mapped.text.length], fields: eventFields(), start: 'search', negated: false },
    context,
  );
  const cut = to.diagnostics.some(({ code }) => CUT.has(code));
  const understood = cut ? worst([query.understood, 'partial']) : query.understood;
  const diagnostics = to.diagnostics.toSorted((one, other) => one.span[0] - other.span[0]);
  return textOfOneQuery({ ...query, understood, diagnostics });
}

/** Where these are said, a part of the search was left out. */
const CUT: ReadonlySet<string> = new Set([CODES.macroTooDeep.code, RESULT_TOO_LARGE.code]);

/** Splunk's Search Processing Language as one of Rulescope's languages. */
export const language: Language = {
  id: 'spl',
  name: 'Splunk SPL',
  diagnosticCodes,
  parse: (text) => parseSpl(text),
};
