import { foldField, foldKey } from '../analyse/indicators.ts';
import type { Database } from '../store/sqlite.ts';
import type { IndicatorKey } from '../types.ts';

/** An indicator as the catalog spells it, and its number; null where no rule has it. */
interface FoundIndicator {
  readonly key: IndicatorKey;
  readonly id: number | null;
  /** The number of its field, 0 for terms; null where no rule has the field. */
  readonly field: number | null;
}

export type IndicatorFinder = (asked: IndicatorKey) => FoundIndicator;

/** Finds indicators by their keys, however those are spelled. */
export function indicatorFinder(database: Database): IndicatorFinder {
  const field = database.prepare<{ id: number; name: string }>('SELECT id, name FROM field WHERE folded = ?');
  const indicator = database.prepare<{ id: number }>(
    'SELECT id FROM indicator WHERE value = ? AND field = ? AND op = ? AND encoding = ?',
  );
  return (asked) => {
    const folded = foldKey(asked);
    const named = folded.field === null ? { id: 0, name: null } : field.get(foldField(folded.field));
    if (named === undefined) return { key: folded, id: null, field: null };
    const { op, value, encoding } = folded;
    const id = indicator.get(value, named.id, op, encoding)?.id ?? null;
    return { key: { ...folded, field: named.name }, id, field: named.id };
  };
}
