import { extname } from 'node:path';
import { language as eql } from '@rulescope/eql';
import { esqlWith } from '@rulescope/esql';
import { language as kuery } from '@rulescope/kuery';
import { language as kusto } from '@rulescope/kusto';
import type { Language, LanguageId } from '@rulescope/logic';
import { language as lucene } from '@rulescope/lucene';
import { language as sigma } from '@rulescope/sigma';
import { language as spl } from '@rulescope/spl';

/** A language, and how a text of it is told. */
interface KnownLanguage {
  readonly language: Language;
  /** The endings of its files, in lower case. */
  readonly endings: readonly string[];
  /** What only texts of this language hold; null where nothing tells them. */
  readonly sign: RegExp | null;
}

/** A top-level key that only Sigma documents have (Sigma Rules Specification, "Schema"). */
const SIGMA_KEY = /^(?:---\s*)?["']?(?:logsource|detection|correlation|filter)["']?[ \t]*:/m;

/**
 * How only a Splunk search begins: with a macro, a comment of three backticks, a field that says where events are
 * kept, or a command that makes events, behind a pipe (Search Reference, "Command types", generating commands).
 */
const SPL_START =
  /^\s*(?:`[^`\s]|```|\(?\s*(?:index|sourcetype|eventtype)\s*=|\|\s*(?:tstats|mstats|from|inputlookup|makeresults|multisearch|union|datamodel|metadata|rest|search|dbxquery)\b)/i;

/**
 * How only an EQL query begins, behind its comments: with an event category and `where`, or with several queries in
 * order or together (EQL syntax reference, "Basic syntax", "Sequences", "Sample").
 */
const EQL_START =
  /^(?:\s|\/\/[^\n]*\n|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/)*(?:(?:\w+|"[^"\n]*")\s+where\b|(?:sequence|sample)\s*(?:\bby\b|\bwith\b|\[))/i;

/**
 * How only a Kusto query begins, behind its comments: with a name that it defines, a table that it holds, or a table
 * and an operator behind a bar (Kusto Query Language reference, "Query statements", "Tabular operators").
 */
const KQL_START =
  /^(?:[\s\u200b]|\/\/[^\n]*(?:\n|$))*(?:let\s+\w+\s*=|declare\s+query_parameters\b|(?:datatable|externaldata|materialize)\s*\(|(?:union|search|find)\s+(?:(?:kind|withsource|isfuzzy)\s*=|in\s*\()|(?:(?:union|print|range)\s[^|;]{1,2000}|(?:[\w.*-]+(?:\([^()\n]*\)(?:\.\w+(?:\([^()\n]*\))?)*)?|\[["'][^"'\n]*["']\])(?:[\s\u200b]|\/\/[^\n]*(?:\n|$))*)\|\s*(?:where|extend|project|project-\w+|summarize|distinct|take|limit|count|top|(?:order|sort)\s+by|mv-expand|mv-apply|make-series|render|invoke|evaluate|parse|parse-\w+|join|lookup|union|search)\b)/;

/**
 * How only an ES|QL query begins, behind its comments: with a command that gives rows, and a bar behind it (ES|QL
 * reference, "Source commands").
 */
const ESQL_START =
  /^(?:\s|\/\/[^\n]*\n|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/)*(?:(?:from|ts)\s+["\w.*:<-][^|]{0,2000}\||row\s+[\w.]+\s*=|show\s+info\b)/i;

/** The languages that rules may be written in: a new one is a package of its own and a line here. */
const KNOWN: readonly KnownLanguage[] = [
  { language: sigma, endings: ['.yml', '.yaml'], sign: SIGMA_KEY },
  { language: spl, endings: ['.spl'], sign: SPL_START },
  { language: eql, endings: ['.eql'], sign: EQL_START },
  { language: kuery, endings: ['.kuery'], sign: null },
  { language: lucene, endings: ['.lucene'], sign: null },
  {
    language: esqlWith({ kuery: kuery.parse, lucene: lucene.parse }),
    endings: ['.esql'],
    sign: ESQL_START,
  },
  { language: kusto, endings: ['.kql', '.kusto', '.csl'], sign: KQL_START },
];

/** The languages that rules may be written in. */
export const languages: readonly Language[] = KNOWN.map(({ language }) => language);

/** The parser of a language; null where none is registered, so that texts of it are not read yet. */
export function parserOf(id: LanguageId): Language['parse'] | null {
  return KNOWN.find(({ language }) => language.id === id)?.language.parse ?? null;
}

/** The language that a file's name stands for, or null. */
export function languageByName(path: string): LanguageId | null {
  const ending = extname(path).toLowerCase();
  return KNOWN.find(({ endings }) => endings.includes(ending))?.language.id ?? null;
}

/** The language that a text is plainly written in, or null. */
export function languageByText(text: string): LanguageId | null {
  return KNOWN.find(({ sign }) => sign?.test(text) === true)?.language.id ?? null;
}
