import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

/** A value that goes into a statement. */
type SqlValue = SQLInputValue;

/** A prepared statement whose rows are of a known shape: its text decides it, so whoever wrote it says it. */
export interface Statement<Row> {
  readonly all: (...values: readonly SqlValue[]) => readonly Row[];
  readonly get: (...values: readonly SqlValue[]) => Row | undefined;
  readonly iterate: (...values: readonly SqlValue[]) => Iterable<Row>;
  /** Runs it and gives the id of the row that it added. */
  readonly run: (...values: readonly SqlValue[]) => number;
}

/** An open database: all of SQLite that the catalog and the cache use. */
export interface Database {
  readonly exec: (sql: string) => void;
  readonly prepare: <Row>(sql: string) => Statement<Row>;
  /** The value of a pragma, or null. */
  readonly pragma: (name: string) => number | string | null;
  readonly close: () => void;
}

/** A statement that only ever adds, changes or removes rows. */
export type Command = Pick<Statement<never>, 'run'>;

/** Opens a database for writing; the file is made where there is none. */
export function openForWriting(path: string): Database {
  return wrap(new DatabaseSync(path, { enableForeignKeyConstraints: false, timeout: 5_000 }));
}

/**
 * Opens a file that nobody changes while it is open (a catalog is only ever replaced): no locks are taken and
 * nothing is written beside it, so that it may lie where one cannot write.
 */
export function openForReading(path: string): Database {
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return wrap(new DatabaseSync(url, { readOnly: true, enableForeignKeyConstraints: false }));
}

function wrap(database: DatabaseSync): Database {
  return {
    exec: (sql) => database.exec(sql),
    prepare: <Row>(sql: string) => prepare<Row>(database, sql),
    pragma: (name) => {
      const row = database.prepare(`PRAGMA ${name}`).get();
      const value = row === undefined ? null : Object.values(row)[0];
      return typeof value === 'number' || typeof value === 'string' ? value : null;
    },
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}

function prepare<Row>(database: DatabaseSync, sql: string): Statement<Row> {
  const statement = database.prepare(sql);
  return {
    all: (...values) => statement.all(...values) as unknown as readonly Row[],
    get: (...values) => statement.get(...values) as unknown as Row | undefined,
    iterate: (...values) => statement.iterate(...values) as unknown as Iterable<Row>,
    run: (...values) => Number(statement.run(...values).lastInsertRowid),
  };
}

/** Runs `work` in one transaction; where it throws, nothing of it stays. */
export function inTransaction<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** Some errors, such as a full disk, have ended the transaction already (sqlite.org, "Transaction"). */
function rollBack(database: Database): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // What made the work fail is what there is to say.
  }
}

/** SQLite's own number for an error: 11 for a damaged file, 26 for one that is no database. Null for others. */
export function sqliteCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : null;
}
