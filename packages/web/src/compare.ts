import {
  type Catalog,
  type FileIndicator,
  type FileRule,
  languages,
  type Overlap,
  rulesOfFile,
} from '@rulescope/catalog';
import type { LanguageId, Understood } from '@rulescope/logic';

/** Rules of one text that are compared: more say no more to a reader. */
const MOST_RULES = 20;

/** UTF-16 units of a text that is compared. No rule that a person wrote is longer. */
export const LONGEST_RULE = 500_000;

/** A text that somebody wants to compare with a catalog. */
export interface CompareRequest {
  readonly query: string;
  /** Null where the text must tell. */
  readonly language: LanguageId | null;
  /** Rules that are listed of each comparison. */
  readonly limit: number;
}

/** A rule of the text, and the rules of the catalog that look for the same. */
export interface ComparedRule {
  /** Its own id where it has one, with its platform before it. */
  readonly id: string | null;
  readonly title: string;
  readonly language: LanguageId | null;
  readonly understood: Understood;
  /** True where the catalog has a rule of that id: it is no part of the answer. */
  readonly known: boolean;
  /** What it looks for and excludes, without what only picks events. */
  readonly indicators: readonly FileIndicator[];
  readonly overlap: Overlap;
}

/** What came of it: the rules of the text, or why there are none. */
export type Comparison =
  | { readonly kind: 'compared'; readonly rules: readonly ComparedRule[]; readonly more: number }
  | { readonly kind: 'refused'; readonly reason: string };

/** Compares the rules of a text, a file of rules or a query alone, with those of a catalog. */
export function compare(catalog: Catalog, { query, language, limit }: CompareRequest): Comparison {
  if (query.trim() === '') return refused('Paste a rule first.');
  if (query.length > LONGEST_RULE) return refused('The text is too long to be compared.');
  const found = rulesOfFile({ name: null, text: query, language });
  if (found === null) return refused('Nothing tells the language of this text: choose it.');
  if (found.rules.length === 0) {
    const [first] = found.diagnostics;
    return refused(first === undefined ? 'There is no rule in this text.' : first.message);
  }
  return {
    kind: 'compared',
    rules: found.rules.slice(0, MOST_RULES).map((rule) => comparedRule(catalog, rule, limit)),
    more: Math.max(found.rules.length - MOST_RULES, 0),
  };
}

function refused(reason: string): Comparison {
  return { kind: 'refused', reason };
}

function comparedRule(catalog: Catalog, rule: FileRule, limit: number): ComparedRule {
  const { id, title, language, understood } = rule;
  const known = id === null ? null : catalog.rule(id);
  const indicators = rule.indicators.filter(({ selector }) => !selector);
  const subject = { ...(known === null ? {} : { rule: known.id }), indicators };
  return {
    id,
    title,
    language,
    understood,
    known: known !== null,
    indicators,
    overlap: catalog.overlap(subject, { limit }),
  };
}

/** The id of a language, whatever its case; null for what is none. */
export function languageOf(name: string): LanguageId | null {
  const lower = name.toLowerCase();
  return languages.find(({ id }) => id === lower)?.id ?? null;
}
