import { extname } from 'node:path';
import { language as eql } from '@rulescope/eql';
import type { Language, LanguageId } from '@rulescope/logic';
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

/** The languages that rules may be written in: a new one is a package of its own and a line here. */
const KNOWN: readonly KnownLanguage[] = [
  { language: sigma, endings: ['.yml', '.yaml'], sign: SIGMA_KEY },
  { language: spl, endings: ['.spl'], sign: SPL_START },
  { language: eql, endings: ['.eql'], sign: EQL_START },
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
