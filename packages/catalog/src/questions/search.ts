import { unpackNumbers } from '../store/numbers.ts';
import type { Database, Statement } from '../store/sqlite.ts';
import type { Page, RuleFilter, RuleList } from '../types.ts';
import type { FacetQuestions } from './facets.ts';
import type { IndicatorTexts } from './indicator-texts.ts';
import { bounded, type RuleQuestions } from './rules.ts';
import { valueSearch } from './value-search.ts';

/** More words than anybody types cost time and find nothing. */
const MAX_WORDS = 20;
const MAX_WORD_LENGTH = 200;

/** The shortest text that is found as a part of a value: too much holds a shorter one. */
const SHORTEST_PART = 3;

/** More matches than that are listed in the catalog's order. */
const MOST_RANKED = 1000;

type Hit = { readonly id: number };
/** The rules behind an indicator. */
type Lists = { readonly including: Uint8Array; readonly excluding: Uint8Array };

/** What else the answer is made from. */
interface Parts extends Pick<RuleQuestions, 'summaries'>, Pick<FacetQuestions, 'matching'> {
  readonly texts: () => IndicatorTexts;
}

/**
 * Full-text search. Every word must be found: as the beginning of a word of the rule's title, description, path
 * or text (what punctuation joins must stand together), as a part of one of its values, punctuation and all (a
 * word of one letter or two must be a whole value), or
 * as its id. The order of the words never changes what is found. The rule whose id is asked for comes first, then
 * those with all words in the title, then those with all in their values, then those with all in their text, the
 * best matches first (BM25, titles weighing most; more than a thousand matches are not ranked).
 */
export function searchQuestion(
  database: Database,
  { summaries, matching, texts }: Parts,
): (words: string, page: Page, filter?: RuleFilter) => RuleList {
  const ranked = database.prepare<Hit>(
    'SELECT rowid AS id FROM rule_words WHERE rule_words MATCH ? ORDER BY bm25(rule_words, 10, 4, 2, 1), rowid',
  );
  const withWord = database.prepare<Hit>('SELECT rowid AS id FROM rule_words WHERE rule_words MATCH ?');
  const withId = database.prepare<Hit>(`
    SELECT id FROM rule WHERE key = ?1 COLLATE NOCASE
    UNION SELECT r.id FROM facet p JOIN rule r
    ON p.name = 'platform' AND r.key = p.value || '/' || ?1 COLLATE NOCASE`);
  const withPart = valueSearch(texts);
  const withValue = database.prepare<Lists>('SELECT including, excluding FROM indicator WHERE value = ?');

  return (text, page, filter = {}) => {
    const words = wordsOf(text);
    if (words.length === 0) return { total: 0, rules: [] };
    const phrases = words.map(phraseOf);
    const named = words.map((word) => idsOf(withId, word));
    const valued = words.map((word) => {
      const folded = word.toLowerCase();
      return [...folded].length < SHORTEST_PART ? listedIds(withValue, folded) : withPart(folded);
    });
    const found = words.map(
      (_, i) => new Set([...idsOf(withWord, phrases[i] ?? null), ...(valued[i] ?? []), ...(named[i] ?? [])]),
    );
    const all = intersection(found);
    // Of thousands that match alike no order is the best, and working one out takes longer than finding them.
    const ranks = all.size <= MOST_RANKED && phrases.every((phrase) => phrase !== null);
    const inText = ranks ? phrases.join(' ') : null;
    const order = new Set([
      ...named.flatMap((ids) => [...ids]).filter((id) => all.has(id)),
      ...idsOf(ranked, inText === null ? null : `title : (${inText})`),
      ...intersection(valued),
      ...idsOf(ranked, inText),
      ...all,
    ]);
    const { limit, offset } = bounded(page);
    const wanted = matching(filter);
    const ids = [...order].filter((id) => wanted[id] === 1);
    return { total: ids.length, rules: summaries(ids.slice(offset, offset + limit)) };
  };
}

function wordsOf(text: string): readonly string[] {
  const words = text
    .toWellFormed()
    .replaceAll('\0', ' ')
    .split(/\s+/u)
    .filter((word) => word !== '');
  return words.slice(0, MAX_WORDS).map((word) => word.slice(0, MAX_WORD_LENGTH).toWellFormed());
}

/**
 * A word as an FTS5 string; null where it holds nothing but punctuation, which that index does not have. It
 * may go on, unless its end is one letter or two, as in `-q`: too much begins with that.
 */
function phraseOf(word: string): string | null {
  if (!/[\p{L}\p{N}\p{Co}]/u.test(word)) return null;
  return /[\p{L}\p{N}\p{Co}]{3}$/u.test(word) ? `${quoted(word)} *` : quoted(word);
}

function quoted(word: string): string {
  return `"${word.replaceAll('"', '""')}"`;
}

function idsOf(statement: Statement<Hit>, query: string | null): ReadonlySet<number> {
  return new Set(query === null ? [] : statement.all(query).map(({ id }) => id));
}

/** The rules of all lists, in the order of their numbers. */
function listedIds(statement: Statement<Lists>, query: string): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const { including, excluding } of statement.iterate(query)) {
    for (const id of unpackNumbers(including)) ids.add(id);
    for (const id of unpackNumbers(excluding)) ids.add(id);
  }
  return new Set([...ids].toSorted((a, b) => a - b));
}

function intersection(sets: readonly ReadonlySet<number>[]): ReadonlySet<number> {
  const [smallest, ...others] = sets.toSorted((a, b) => a.size - b.size);
  return new Set([...(smallest ?? [])].filter((id) => others.every((set) => set.has(id))));
}
