import { type Catalog, type FileRule, type Overlap, overlapSubject, rulesOfFile } from '@rulescope/catalog';
import type { LanguageId } from '@rulescope/logic';

/** Rules of one text that are compared: more say no more to a reader. */
const MOST_RULES = 20;

/** A text that somebody wants to compare with a catalog. */
export interface CompareRequest {
  readonly query: string;
  /** Null where the text must tell. */
  readonly language: LanguageId | null;
  /** Rules that are listed of each comparison. */
  readonly limit: number;
}

/** A rule of the text, and the rules of the catalog that look for the same. */
export interface ComparedRule extends Omit<FileRule, 'indicators'> {
  /** True where the catalog has a rule of that id: it and its copies are no part of the answer. */
  readonly known: boolean;
  readonly overlap: Overlap;
}

/** What came of it: the rules of the text, or why there are none. */
export type Comparison =
  | { readonly kind: 'compared'; readonly rules: readonly ComparedRule[]; readonly more: number }
  | { readonly kind: 'refused'; readonly reason: string };

/** Compares the rules of a text, a file of rules or a query alone, with those of a catalog. */
export function compare(catalog: Catalog, { query, language, limit }: CompareRequest): Comparison {
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
  const subject = overlapSubject(rule, catalog);
  const { indicators: _indicators, ...about } = rule;
  return {
    ...about,
    id: subject.rule ?? rule.id,
    known: subject.rule !== undefined,
    overlap: catalog.overlap(subject, { limit }),
  };
}
