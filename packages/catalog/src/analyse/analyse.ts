import type { Logsource } from '@rulescope/knowledge';
import {
  type Diagnostic,
  diagnostic,
  type LanguageId,
  lineStarts,
  SCHEMA_VERSION,
  type Span,
  type Understood,
} from '@rulescope/logic';
import { catalogCode } from '../diagnostic-codes.ts';
import { type EventValue, eventsOf } from '../facets/events.ts';
import { type MissingName, missingNames } from '../facets/missing.ts';
import type { ReadFile, ReadRule, RuleQuery } from '../readers/reader.ts';
import { pack, packJson, unpackJson } from '../store/pack.ts';
import type { RuleMetadata, RuleResult } from '../types.ts';
import { canonicalNames, eventsOfQuery } from './canonical.ts';
import { MOST_TESTED, type TestedValue, testedOf } from './indicators.ts';
import { relocate } from './relocate.ts';
import { misspellings } from './spelling.ts';

/** The part of an analysis that is plain data. */
export interface AnalysedFacts {
  /** The rule's own id, where it has one. */
  readonly ownId: string | null;
  readonly names: readonly string[];
  readonly references: readonly string[];
  readonly platform: string;
  readonly language: LanguageId | null;
  readonly understood: Understood;
  readonly standalone: boolean;
  readonly metadata: RuleMetadata;
  /** The codes of the rule's diagnostics, once for each diagnostic. */
  readonly diagnostics: readonly string[];
  /** The names that it uses and nothing defines. */
  readonly missing: readonly MissingName[];
  readonly tested: readonly TestedValue[];
  /** The events that it can mean. */
  readonly events: readonly EventValue[];
  /** What it is listed under: its own log source, or those of its events. */
  readonly logsources: readonly Logsource[];
  /** Where the rule's text lies in that of its file. */
  readonly span: Span;
}

/** A rule ready to be put into a catalog: what is searched and counted as data, the rest packed. */
export interface AnalysedRule extends AnalysedFacts {
  /** The rule's text, packed. */
  readonly text: Uint8Array;
  /** The `Result`, packed. */
  readonly result: Uint8Array;
}

/** The analysis of one file: it depends on the file's text alone, so that it can be kept. */
export interface AnalysedFile {
  readonly rules: readonly AnalysedRule[];
  readonly diagnostics: readonly Diagnostic[];
}

export function analyseFile(file: ReadFile): AnalysedFile {
  return { rules: file.rules.map(analyseRule), diagnostics: file.diagnostics };
}

function analyseRule(rule: ReadRule): AnalysedRule {
  const { metadata, text } = rule;
  const { coverage, logsources, scopes } = eventsOfQuery(rule.query, metadata);
  const canonical = canonicalNames(scopes);
  const { offset } = rule.query;
  const misspelt = misspellings(rule.query, scopes, { text, offset, lines: lineStarts(text) });
  const tested = testedOf(rule.query, scopes);
  const more = tested.isWhole ? misspelt : [...misspelt, tooManyIndicators(offset)];
  const query = relocate(rule.query, { offset, text, canonical, misspelt: more });
  const result = resultOf(query);
  const { language } = query;
  return {
    ownId: query.id,
    names: rule.names,
    references: rule.references,
    platform: rule.platform,
    language,
    understood: query.understood,
    standalone: query.standalone,
    metadata,
    diagnostics: result.diagnostics.map((diagnostic) => diagnostic.code),
    missing: missingNames(result.diagnostics),
    tested: tested.values,
    events: eventsOf(coverage),
    logsources,
    span: [rule.query.offset, rule.query.offset + text.length],
    text: pack(text),
    result: packJson(result),
  };
}

function tooManyIndicators(offset: number): Diagnostic {
  const message = `The rule is counted under the first ${MOST_TESTED} of its indicators only.`;
  return diagnostic(catalogCode('too-many-indicators'), message, [offset, offset], [0]);
}

/** A rule's query as `explain --json` prints it. */
export function resultOf(query: RuleQuery): RuleResult {
  const { offset: _offset, standalone: _standalone, ...rest } = query;
  return { schema: SCHEMA_VERSION, ...rest };
}

/** The same analysis with one more diagnostic. */
export function withDiagnostic(rule: AnalysedRule, diagnostic: Diagnostic): AnalysedRule {
  const result = unpackJson<RuleResult>(rule.result);
  const diagnostics = [...result.diagnostics, diagnostic];
  return {
    ...rule,
    diagnostics: diagnostics.map(({ code }) => code),
    result: packJson({ ...result, diagnostics }),
  };
}
