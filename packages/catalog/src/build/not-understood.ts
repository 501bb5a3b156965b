import { type Diagnostic, lineStarts } from '@rulescope/logic';
import type { AnalysedRule } from '../analyse/analyse.ts';
import type { ReportedRule } from '../build-types.ts';
import { mainDiagnostic } from '../questions/not-understood.ts';
import { unpackJson } from '../store/pack.ts';
import type { RuleResult } from '../types.ts';

/** What a build says of a rule that is not understood in full; null of any other. `text` is its file's. */
export function notUnderstoodOf(
  rule: AnalysedRule,
  place: Pick<ReportedRule, 'id' | 'source' | 'path'>,
  text: string,
): ReportedRule | null {
  const { understood, span } = rule;
  if (understood === 'full') return null;
  const found = mainDiagnostic(unpackJson<RuleResult>(rule.result).diagnostics);
  const diagnostic = found === null ? null : movedBehind(found, text.slice(0, span[0]));
  return { ...place, understood, diagnostic };
}

/** The same diagnostic in the text of the whole file; a rule's own text begins a line. */
function movedBehind(found: Diagnostic, before: string): Diagnostic {
  const [start, end] = found.span;
  return {
    ...found,
    span: [start + before.length, end + before.length],
    line: found.line + lineStarts(before).length - 1,
  };
}
