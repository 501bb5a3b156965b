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

/** The same without the keys. */
export type KeptReader = (rule: number) => readonly KeptValue[];

/** Reads what rules test, as it is kept. */
export function keptReader(database: Database): KeptReader {
  const tested = database.prepare<{ tested: string }>('SELECT tested FROM rule_body WHERE rule = ?');
  return (rule) => {
    const row = tested.get(rule);
    return row === undefined ? [] : (JSON.parse(row.tested) as readonly KeptValue[]);
  };
}

/** Reads what rules test. */
export function testedReader(database: Database): TestedReader {
  const kept = keptReader(database);
  const key = keyReader(database);
  return (rule) => {
    const keys = remember(key);
    return kept(rule).flatMap((kept) => {
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
