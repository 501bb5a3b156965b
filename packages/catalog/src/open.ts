import { resolve } from 'node:path';
import type { AttackRelease } from '@rulescope/knowledge';
import { damaged, openCatalogFile } from './open-file.ts';
import { broaderFinder, broaderQuestion } from './questions/broader.ts';
import { indicatorCounter } from './questions/counts.ts';
import { facetQuestions } from './questions/facets.ts';
import { indicatorFinder } from './questions/find-indicator.ts';
import { indicatorQuestion } from './questions/indicator.ts';
import { indicatorTexts } from './questions/indicator-texts.ts';
import { indicatorQuestions } from './questions/indicators.ts';
import { linkFinder } from './questions/linked.ts';
import { notUnderstoodQuestion } from './questions/not-understood.ts';
import { overlapQuestion } from './questions/overlap.ts';
import { relatedQuestion } from './questions/related.ts';
import { ruleQuestions } from './questions/rules.ts';
import { searchQuestion } from './questions/search.ts';
import { statsQuestions } from './questions/stats.ts';
import { keptReader, testedReader } from './questions/tested.ts';
import { understandingQuestion } from './questions/understanding.ts';
import { unpackJson } from './store/pack.ts';
import type { Database } from './store/sqlite.ts';
import type { Catalog, RuleSource } from './types.ts';

/**
 * Opens a catalog for reading. It stays as it was when it was opened, even where a build replaces the file
 * meanwhile. Throws a CatalogError: `catalog-missing`, `catalog-version` or `catalog-damaged`, all of which a
 * new build puts right, save that a file that is no database at all must be moved first.
 */
export function openCatalog(path: string): Catalog {
  const absolute = resolve(path);
  const database = openCatalogFile(absolute);
  try {
    return catalogOf(database, absolute);
  } catch (error) {
    database.close();
    throw damaged(absolute, error);
  }
}

function catalogOf(database: Database, path: string): Catalog {
  const builtAt = database.prepare<{ value: string }>("SELECT value FROM meta WHERE key = 'built_at'").get();
  const sources = database
    .prepare<RuleSource>('SELECT name, path, platform, licence, link FROM source ORDER BY id')
    .all()
    .map((source) => ({ ...source }));
  const attack = attackOfCatalog(database);
  const { facets, matching, byTitle, sortByTitle } = facetQuestions(database);
  const related = relatedQuestion(database);
  const { rule, rules, summaries } = ruleQuestions(database, { attack, matching, byTitle, related });
  const find = indicatorFinder(database);
  const tested = testedReader(database);
  const kept = keptReader(database);
  const counter = indicatorCounter(database);
  const texts = indicatorTexts(database);
  const broaderFor = broaderFinder(database, counter);
  return {
    path,
    builtAt: builtAt?.value ?? '',
    sources,
    rule,
    rules,
    search: searchQuestion(database, { summaries, matching, texts }),
    facets,
    attack,
    ...indicatorQuestions(database, { find, tested, counter }),
    indicator: indicatorQuestion({ find, kept, counter, broaderFor, sortByTitle, summaries }),
    broaderIndicators: broaderQuestion(broaderFor, { tested, counter }),
    overlap: overlapQuestion(database, { find, tested, counter, summaries, links: linkFinder(texts) }),
    ...statsQuestions(database),
    understanding: understandingQuestion(database, { facets }),
    notUnderstood: notUnderstoodQuestion(database),
    close: () => database.close(),
  };
}

function attackOfCatalog(database: Database): AttackRelease {
  const row = database.prepare<{ release: Uint8Array }>('SELECT release FROM attack').get();
  if (row === undefined) throw new Error('it has no release of ATT&CK');
  return unpackJson<AttackRelease>(row.release);
}
