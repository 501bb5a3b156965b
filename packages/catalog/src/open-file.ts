import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { CatalogError, reasonOf, systemCode } from './errors.ts';
import { APPLICATION_ID, SCHEMA_USER_VERSION } from './store/schema.sql.ts';
import { type Database, openForReading } from './store/sqlite.ts';

/**
 * Opens the file of a catalog of this version that is there whole. Throws a CatalogError: `catalog-missing`,
 * `catalog-version` or `catalog-damaged`.
 */
export function openCatalogFile(path: string): Database {
  checkWhole(path);
  let database: Database | null = null;
  try {
    database = openForReading(path);
    checkVersion(database, path);
    return database;
  } catch (error) {
    database?.close();
    throw damaged(path, error);
  }
}

/** What is thrown of a file that an error met in it shows to be damaged. */
export function damaged(path: string, error: unknown): CatalogError {
  if (error instanceof CatalogError) return error;
  return new CatalogError(
    'catalog-damaged',
    `${path} is damaged: ${reasonOf(error)}. Build it again.`,
    error,
  );
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
