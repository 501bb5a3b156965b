import type { DiagnosticCode } from './diagnostics.ts';
import type { LanguageId } from './languages.ts';
import type { ParsedText } from './model.ts';

/** What every language package exports as `language`; the registry of languages is a list of these. */
export interface Language {
  readonly id: LanguageId;
  /** The name that people use, such as `Sigma` or `Splunk SPL`. */
  readonly name: string;
  /** The diagnostics that only this language gives. */
  readonly diagnosticCodes: readonly DiagnosticCode[];
  /** Parses a text into the queries that it holds. Never throws: what is wrong is in the diagnostics. */
  readonly parse: (text: string) => ParsedText;
}
