import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inTransaction, openForWriting } from '../src/store/sqlite.ts';
import { temporaryFolder } from './folder.ts';

test('what made a transaction fail is told even where SQLite has ended it already, as on a full disk', () => {
  const database = openForWriting(join(temporaryFolder(), 'a.sqlite'));
  const work = () => {
    database.exec('ROLLBACK');
    throw new Error('database or disk is full');
  };
  expect(() => inTransaction(database, work)).toThrow('database or disk is full');
  database.close();
});
