import { type Diagnostic, LANGUAGES, type LanguageId, lineStarts, type Understood } from '@rulescope/logic';
import { type AnalysedFile, analyseFile } from './analyse/analyse.ts';
import type { NearIndicator } from './analyse/indicators.ts';
import { oneAWrittenValue } from './analyse/literals.ts';
import { moveDiagnostics } from './analyse/relocate.ts';
import { readRules } from './build/read.ts';
import { titleOfFile } from './build/rows.ts';
import type { SourceContext } from './build/source-context.ts';
import type { FileText } from './explain.ts';
import { missingNames } from './facets/missing.ts';
import { languageByName, languageByText, languages } from './languages.ts';
import type { OverlapSubject } from './overlap-types.ts';
import { formatOfLanguage, recognise } from './readers/index.ts';
import { NO_METADATA } from './readers/kusto-rule.ts';
import type { ReadFile, RuleFormat } from './readers/reader.ts';
import { unpackJson } from './store/pack.ts';
import type { Catalog, IndicatorKey, Polarity, RuleResult } from './types.ts';

/** What a rule tests once, and whether that only picks events. */
export interface FileIndicator extends IndicatorKey {
  readonly polarity: Polarity;
  readonly selector: boolean;
  /** Indicators that are nearly the same by the equivalence rules. */
  readonly near: readonly NearIndicator[];
}

/** A rule of a file that no catalog need hold, as far as the rules of one are compared with it. */
export interface FileRule {
  /** Its own id, with its platform before it, as a catalog would call it; null where it has none. */
  readonly id: string | null;
  /** That of its file where it has none; empty where there is no file either. */
  readonly title: string;
  readonly language: LanguageId | null;
  readonly understood: Understood;
  /** What there is to say of its query; places are those in the text of the file. */
  readonly diagnostics: readonly Diagnostic[];
  /** By their canonical keys, each once; a value that stands for several literals is the one that it is written as. */
  readonly indicators: readonly FileIndicator[];
}

/** The rules of a file, and what there is to say of the file beside them. */
export interface FileRules {
  readonly rules: readonly FileRule[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What the rules of a file test, by the keys that a catalog counts by. Null where nothing tells what the text is
 * written in, or its language is not read.
 */
export function rulesOfFile(file: FileText, context: SourceContext | null = null): FileRules | null {
  const analysis = analysed(file, context);
  if (analysis === null) return null;
  const lines = lineStarts(file.text);
  const rules = analysis.rules.map(
    ({ ownId, platform, metadata, language, understood, tested, result, span }): FileRule => {
      const { diagnostics } = unpackJson<RuleResult>(result);
      const keys = oneAWrittenValue(tested).map(
        ({ field, op, value, encoding, polarity, selector, near }): FileIndicator => ({
          field,
          op,
          value,
          encoding,
          polarity,
          selector,
          near,
        }),
      );
      return {
        id: ownId === null ? null : `${platform}/${ownId}`,
        title: metadata.title === '' && file.name !== null ? titleOfFile(file.name) : metadata.title,
        language,
        understood,
        diagnostics: moveDiagnostics(diagnostics, (offset) => span[0] + offset, lines),
        indicators: [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()],
      };
    },
  );
  return { rules, diagnostics: analysis.diagnostics };
}

/**
 * What `Catalog.overlap` is asked of a rule of a file: what it tests, without what only picks events. Where the catalog
 * has a rule of its id, that one is no part of the answer.
 */
export function overlapSubject(
  { id, title, language, indicators }: FileRule,
  catalog: Pick<Catalog, 'rule'>,
): OverlapSubject {
  const known = id === null ? null : catalog.rule(id);
  const asked = indicators.filter(({ selector }) => !selector);
  return { ...(known === null ? {} : { rule: known.id }), title, language, indicators: asked };
}

/**
 * What says that a part of a rule takes no part in its comparison with others: all there is to say of it where it is
 * not understood in full.
 */
export function notCompared({
  understood,
  diagnostics,
}: Pick<FileRule, 'understood' | 'diagnostics'>): readonly Diagnostic[] {
  if (understood !== 'full') return diagnostics;
  return diagnostics.filter((one) => KEPT_ELSEWHERE.has(one.code) || missingNames([one]).length > 0);
}

/** The diagnostics beside those of missing names that say that conditions of a rule are kept elsewhere. */
const KEPT_ELSEWHERE: ReadonlySet<string> = new Set([
  'spl-unknown-lookup',
  'spl-evaluated-macro',
  'spl-subsearch',
  'kql-subquery',
  'esql-subquery',
  'esql-conditions-not-shown',
]);

function analysed({ name, text, language }: FileText, context: SourceContext | null): AnalysedFile | null {
  const format = language === null ? formatOfText(name, text) : formatOfLanguage(language);
  if (format !== null) {
    return analyseFile(readRules(format, { text, invalidAt: null }, context?.filesOf(format) ?? []));
  }
  return analysedText(
    text,
    language ?? (name === null ? null : languageByName(name)) ?? languageByText(text),
  );
}

/**
 * The format of a file, unless that is one of a language and its name or its text tells another one. A text without a
 * name must be plainly written in the language.
 */
function formatOfText(name: string | null, text: string): RuleFormat | null {
  const known = recognise(name ?? '', text);
  if (known?.role !== 'rules') return null;
  const { format } = known;
  const told = (name === null ? null : languageByName(name)) ?? languageByText(text);
  const isOther = format.language !== null && told !== format.language;
  // Whatever is no other format is read as Sigma's, were it named so.
  const isGuess = told !== null || name === null || format.language === 'sigma';
  return isOther && isGuess ? null : format;
}

/** A text that is one query and nothing else. */
function analysedText(text: string, language: string | null): AnalysedFile | null {
  const parse = languages.find(({ id }) => id === language)?.parse;
  if (parse === undefined) return null;
  const read = (content: string): ReadFile => ({
    rules: parse(content).queries.map((query) => ({
      platform: LANGUAGES[query.language].platform,
      metadata: NO_METADATA,
      query: { ...query, offset: 0 },
      text: content,
      names: [],
      references: [],
    })),
    diagnostics: [],
  });
  return analyseFile(readRules({ read }, { text, invalidAt: null }));
}
