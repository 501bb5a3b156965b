import type { Diagnostic } from '@rulescope/logic';
import type { AnalysedFacts, AnalysedFile, AnalysedRule } from '../analyse/analyse.ts';
import { type Database, inTransaction, openForWriting } from '../store/sqlite.ts';

/** "RSCA", in the header of every cache. */
const APPLICATION_ID = 0x52_53_43_41;

const SCHEMA = `
CREATE TABLE file (
  id          INTEGER PRIMARY KEY,
  key         BLOB NOT NULL UNIQUE,
  used        INTEGER NOT NULL,
  bytes       INTEGER NOT NULL,
  diagnostics TEXT NOT NULL
);
CREATE TABLE rule (
  file   INTEGER NOT NULL,
  place  INTEGER NOT NULL,
  facts  TEXT NOT NULL,
  text   BLOB NOT NULL,
  result BLOB NOT NULL,
  PRIMARY KEY (file, place)
) WITHOUT ROWID;
`;

/** A file is there, but it is not a cache of ours. */
export class ForeignFileError extends Error {}

/** Analyses by key, and the day on which each was used last. */
export interface CacheTables {
  readonly find: (
    key: Uint8Array,
  ) => { readonly id: number; readonly used: number; readonly analysis: AnalysedFile } | null;
  readonly add: (key: Uint8Array, analysis: AnalysedFile, day: number) => void;
  readonly touch: (id: number, day: number) => void;
  /** Runs several changes as one. */
  readonly together: (work: () => void) => void;
  /** Where they have grown over `maxBytes`, removes those not used for longest until a quarter of it is free. */
  readonly prune: (maxBytes: number) => void;
  readonly close: () => void;
}

/** Opens the file, or makes it. Throws a ForeignFileError, or an error of SQLite's. */
export function openTables(path: string): CacheTables {
  const database = openForWriting(path);
  try {
    prepareFile(database);
    return tablesOf(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepareFile(database: Database): void {
  if (database.pragma('schema_version') === 0) {
    // Both must come before the first table.
    database.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;');
    inTransaction(database, () => {
      // Another build may have been quicker.
      if (database.pragma('schema_version') !== 0) return;
      database.exec(SCHEMA);
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    });
  }
  if (database.pragma('application_id') !== APPLICATION_ID)
    throw new ForeignFileError('it is another program’s file');
  database.exec('PRAGMA synchronous = NORMAL');
}

/** A file and one of its rules; a file without rules has one row, without a rule. */
interface FoundRow {
  readonly id: number;
  readonly used: number;
  readonly diagnostics: string;
  readonly facts: string | null;
  readonly text: Uint8Array | null;
  readonly result: Uint8Array | null;
}

function ruleOf({ facts, text, result }: FoundRow): readonly AnalysedRule[] {
  if (facts === null || text === null || result === null) return [];
  return [{ ...parse<AnalysedFacts>(facts), text, result }];
}

function tablesOf(database: Database): CacheTables {
  const find = database.prepare<FoundRow>(`
    SELECT f.id, f.used, f.diagnostics, r.facts, r.text, r.result
    FROM file f LEFT JOIN rule r ON r.file = f.id WHERE f.key = ? ORDER BY r.place`);
  // Another build may have added the same file meanwhile.
  const dropRules = database.prepare('DELETE FROM rule WHERE file = (SELECT id FROM file WHERE key = ?)');
  const addFile = database.prepare(
    'INSERT OR REPLACE INTO file (key, used, bytes, diagnostics) VALUES (?, ?, ?, ?)',
  );
  const addRule = database.prepare(
    'INSERT INTO rule (file, place, facts, text, result) VALUES (?, ?, ?, ?, ?)',
  );
  const touch = database.prepare('UPDATE file SET used = ? WHERE id = ?');
  return {
    find: (key) => {
      const rows = find.all(key);
      const [first] = rows;
      if (first === undefined) return null;
      const analysis = { rules: rows.flatMap(ruleOf), diagnostics: parse<Diagnostic[]>(first.diagnostics) };
      return { id: first.id, used: first.used, analysis };
    },
    add: (key, analysis, day) => {
      const rows = analysis.rules.map(({ text, result, ...facts }) => ({
        facts: JSON.stringify(facts),
        text,
        result,
      }));
      const bytes = rows.reduce(
        (sum, row) => sum + row.facts.length + row.text.length + row.result.length,
        100,
      );
      dropRules.run(key);
      const file = addFile.run(key, day, bytes, JSON.stringify(analysis.diagnostics));
      for (const [place, row] of rows.entries()) addRule.run(file, place, row.facts, row.text, row.result);
    },
    touch: (id, day) => {
      touch.run(day, id);
    },
    together: (work) => inTransaction(database, work),
    prune: (maxBytes) => prune(database, maxBytes),
    close: () => database.close(),
  };
}

function parse<T>(json: string): T {
  return JSON.parse(json) as T;
}

function prune(database: Database, maxBytes: number): void {
  const total = database.prepare<{ bytes: number }>('SELECT coalesce(sum(bytes), 0) AS bytes FROM file');
  if ((total.get()?.bytes ?? 0) <= maxBytes) return;
  inTransaction(database, () => {
    let bytes = total.get()?.bytes ?? 0;
    const dropRules = database.prepare('DELETE FROM rule WHERE file = ?');
    const dropFile = database.prepare('DELETE FROM file WHERE id = ?');
    const oldest = database.prepare<{ id: number; bytes: number }>(
      'SELECT id, bytes FROM file ORDER BY used, id',
    );
    for (const file of oldest.all()) {
      if (bytes <= maxBytes * 0.75) break;
      dropRules.run(file.id);
      dropFile.run(file.id);
      bytes -= file.bytes;
    }
  });
  database.exec('PRAGMA incremental_vacuum');
}
