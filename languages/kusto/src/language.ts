import { type Language, type LocatedQuery, type ParsedText, SHARED_CODES } from '@rulescope/logic';
import { report, reporter, textBudget, unreadableText } from '@rulescope/logic/parsing';
import { diagnosticCodes } from './diagnostic-codes.ts';
import { lowerGroup } from './lower/query.ts';
import { innerScope } from './lower/scope.ts';
import { withoutFence } from './syntax/fence.ts';
import { groupsOf } from './syntax/groups.ts';
import { library } from './syntax/library.ts';
import { parseKusto } from './syntax/parse.ts';

const [, , , , EMPTY_TEXT] = SHARED_CODES;

/** The Kusto Query Language, as Microsoft Sentinel and Defender's advanced hunting write it. */
export const language: Language = { id: 'kql', name: 'Kusto KQL', diagnosticCodes, parse: parseText };

/** The queries of one text, each with the statements before it and its offset. Never throws. */
function parseText(text: string): ParsedText {
  const unreadable = unreadableText('kql', text);
  if (unreadable !== null) return unreadable;
  const to = reporter(text);
  const { statements, tokens, faults } = parseKusto(withoutFence(text), to);
  if (tokens.length === 0) {
    if (to.diagnostics.length === 0) report(to, EMPTY_TEXT, 'The text holds only comments.', [0, 0]);
    return { language: 'kql', queries: [], diagnostics: to.diagnostics };
  }
  const shared = {
    tokens,
    named: new Set(tokens.map((token) => token.text)),
    faults,
    budget: textBudget(),
    isBuiltIn: library()?.isBuiltIn ?? (() => false),
    to,
  };
  let scope = innerScope(null);
  const queries: LocatedQuery[] = groupsOf(statements, text.length).map((group) => {
    scope = innerScope(scope);
    return lowerGroup(group, scope, shared);
  });
  return { language: 'kql', queries, diagnostics: [] };
}
