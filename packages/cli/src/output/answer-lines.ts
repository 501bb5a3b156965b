import type { Query } from '@rulescope/logic';
import type { Answer } from '../explain/explain.ts';
import type { Paint } from './paint.ts';
import { plainLine } from './plain.ts';
import { renderDiagnostics } from './result.ts';
import { plural, understoodWords } from './words.ts';

type Rule = Omit<Query, 'language'> & { readonly language: Query['language'] | null };

/**
 * The rules of one file of a folder, one a line: the file, the title, the language, how well it is understood, how much
 * it looks for. Where something is not understood, its diagnostics stand behind it.
 */
export function renderAnswerLines(answer: Answer, name: string, paint: Paint): readonly string[] {
  const queries = answer.queries ?? [];
  const rules: readonly Rule[] = queries.length > 0 ? queries : [answer];
  const ofFile = queries.length > 0 ? renderDiagnostics(answer.diagnostics, name, paint) : [];
  return [...rules.flatMap((rule) => renderRule(rule, name, paint)), ...ofFile];
}

function renderRule(rule: Rule, name: string, paint: Paint): readonly string[] {
  const { title, id, language, understood, indicators, exclusions, diagnostics } = rule;
  const looked = indicators.filter(({ derived, implied }) => !derived && !implied).length;
  const words = [
    plainLine(name),
    paint.heading(plainLine(title ?? id ?? '')),
    language ?? '',
    understoodWords(understood, diagnostics, paint),
    plural(looked, 'indicator'),
    ...(exclusions.length === 0 ? [] : [plural(exclusions.length, 'exclusion')]),
  ];
  const told = understood === 'full' ? [] : diagnostics;
  return [words.filter((word) => word !== '').join('  '), ...renderDiagnostics(told, name, paint)];
}
