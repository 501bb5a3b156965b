import type { Database } from '../store/sqlite.ts';
import type { KeptValue } from '../store/tested.ts';
import type { IndicatorKey } from '../types.ts';
import { remember } from './remember.ts';

/** A value that a rule tests, as it is kept, and the key of its indicator. */
interface TestedRow {
  readonly kept: KeptValue;
  readonly key: IndicatorKey;
}

/** What a rule of that number tests, in the order of its stages. */
export type TestedReader = (rule: number) => readonly TestedRow[];

/** Reads what rules test. */
export function testedReader(database: Database): TestedReader {
  const tested = database.prepare<{ tested: string }>('SELECT tested FROM rule_body WHERE rule = ?');
  const key = keyReader(database);
  return (rule) => {
    const row = tested.get(rule);
    const values = row === undefined ? [] : (JSON.parse(row.tested) as readonly KeptValue[]);
    const keys = remember(key);
    return values.flatMap((kept) => {
      const found = keys(kept.indicator);
      return found === null ? [] : [{ kept, key: found }];
    });
  };
}

/** Reads the key of an indicator by its number. */
export function keyReader(database: Database): (indicator: number) => IndicatorKey | null {
  const one = database.prepare<IndicatorKey>(`
    SELECT f.name AS field, i.op, i.value, i.encoding
    FROM indicator i LEFT JOIN field f ON f.id = i.field WHERE i.id = ?`);
  return (indicator) => {
    const row = one.get(indicator);
    return row === undefined ? null : { ...row };
  };
}
