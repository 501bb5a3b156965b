import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AttackRelease } from '@rulescope/knowledge';
import { CatalogError, reasonOf, systemCode } from './errors.ts';
import { broaderQuestion } from './questions/broader.ts';
import { indicatorCounter } from './questions/counts.ts';
import { facetQuestions } from './questions/facets.ts';
import { indicatorFinder } from './questions/find-indicator.ts';
import { indicatorQuestions } from './questions/indicators.ts';
import { notUnderstoodQuestion } from './questions/not-understood.ts';
import { overlapQuestion } from './questions/overlap.ts';
import { relatedQuestion } from './questions/related.ts';
import { ruleQuestions } from './questions/rules.ts';
import { searchQuestion } from './questions/search.ts';
import { statsQuestions } from './questions/stats.ts';
import { testedReader } from './questions/tested.ts';
import { understandingQuestion } from './questions/understanding.ts';
import { unpackJson } from './store/pack.ts';
import { APPLICATION_ID, SCHEMA_USER_VERSION } from './store/schema.sql.ts';
import { type Database, openForReading } from './store/sqlite.ts';
import type { Catalog, RuleSource } from './types.ts';

/**
 * Opens a catalog for reading. It stays as it was when it was opened, even where a build replaces the file
 * meanwhile. Throws a CatalogError: `catalog-missing`, `catalog-version` or `catalog-damaged`, all of which a
 * new build puts right, save that a file that is no database at all must be moved first.
 */
export function openCatalog(path: string): Catalog {
  const absolute = resolve(path);
  checkWhole(absolute);
  let database: Database | null = null;
  try {
    database = openForReading(absolute);
    checkVersion(database, absolute);
    return catalogOf(database, absolute);
  } catch (error) {
    database?.close();
    if (error instanceof CatalogError) throw error;
    throw new CatalogError(
      'catalog-damaged',
      `${absolute} is damaged: ${reasonOf(error)}. Build it again.`,
      error,
    );
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
  const counter = indicatorCounter(database);
  return {
    path,
    builtAt: builtAt?.value ?? '',
    sources,
    rule,
    rules,
    search: searchQuestion(database, { summaries, matching }),
    facets,
    attack,
    ...indicatorQuestions(database, { find, tested, counter, sortByTitle, summaries }),
    broaderIndicators: broaderQuestion(database, { tested, counter }),
    overlap: overlapQuestion({ find, tested, counter, summaries }),
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

function checkVersion(database: Database, path: string): void {
  if (database.pragma('application_id') !== APPLICATION_ID) {
    throw new CatalogError('catalog-damaged', `${path} is a database, but no catalog of Rulescope.`);
  }
  const version = database.pragma('user_version');
  if (version === SCHEMA_USER_VERSION) return;
  const message = `${path} has version ${version}, this Rulescope reads version ${SCHEMA_USER_VERSION}. Build it again.`;
  throw new CatalogError('catalog-version', message);
}

/** The header says how long the file is: SQLite itself would find out only when it meets the missing part. */
function checkWhole(path: string): void {
  const { header, size } = headerOf(path);
  const pageSize = header.readUInt16BE(16) === 1 ? 65536 : header.readUInt16BE(16);
  const isDatabase = header.toString('latin1', 0, 16) === 'SQLite format 3\0';
  if (isDatabase && header.readUInt32BE(28) * pageSize === size) return;
  const what = isDatabase ? 'is damaged: a part of it is missing. Build it again.' : 'is not a catalog.';
  throw new CatalogError('catalog-damaged', `${path} ${what}`);
}

/** The first 100 bytes of a database file (sqlite.org, "Database File Format", "The Database Header"). */
const HEADER = 100;

function headerOf(path: string): { readonly header: Buffer; readonly size: number } {
  try {
    const file = openSync(path, 'r');
    try {
      const header = Buffer.alloc(HEADER);
      readSync(file, header, 0, HEADER, 0);
      return { header, size: fstatSync(file).size };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const code = systemCode(error) === 'ENOENT' ? 'catalog-missing' : 'catalog-damaged';
    const message =
      code === 'catalog-missing'
        ? `There is no catalog at ${path}.`
        : `Cannot read ${path}: ${reasonOf(error)}`;
    throw new CatalogError(code, message, error);
  }
}
