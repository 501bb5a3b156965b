import { foldField, type NearIndicator } from '../analyse/indicators.ts';
import { byWrittenValue } from '../analyse/literals.ts';
import type { Database } from '../store/sqlite.ts';
import type { Catalog, FieldIndicator, IndicatorCount, NearCount, RuleCount } from '../types.ts';
import type { IndicatorCounter } from './counts.ts';
import type { IndicatorFinder } from './find-indicator.ts';
import { bounded } from './rules.ts';
import type { TestedReader } from './tested.ts';

/** The questions about indicators. */
export interface IndicatorQuestions {
  readonly indicatorCounts: Catalog['indicatorCounts'];
  readonly fieldIndicators: Catalog['fieldIndicators'];
  readonly fieldsCalled: Catalog['fieldsCalled'];
}

/** What else the answers are made from. */
interface Parts {
  readonly find: IndicatorFinder;
  readonly tested: TestedReader;
  readonly counter: IndicatorCounter;
}

export function indicatorQuestions(database: Database, { find, tested, counter }: Parts): IndicatorQuestions {
  const field = database.prepare<{ id: number; name: string }>('SELECT id, name FROM field WHERE folded = ?');
  const usedInField = database.prepare<{ total: number }>(
    'SELECT count(*) AS total FROM indicator WHERE field = ? AND rules > 0',
  );
  const mostUsed = database.prepare<FieldIndicator>(`
    SELECT f.name AS field, i.op, i.value, i.encoding, i.rules
    FROM indicator i JOIN field f ON f.id = i.field
    WHERE i.field = ?1 AND i.rules > 0 ORDER BY i.rules DESC, i.id LIMIT ?2 OFFSET ?3`);
  const called = database.prepare<{ name: string }>(`
    SELECT f.name FROM written_field w JOIN field f ON f.id = w.field WHERE w.folded = ? ORDER BY w.count DESC, f.id`);
  return {
    fieldsCalled: (name) => called.all(foldField(name)).map((row) => row.name),
    indicatorCounts: (ruleId, { retired = false } = {}) => {
      const asking = counter.rule(ruleId);
      if (asking === null) return [];
      const rows = tested(asking.id);
      const nearCount = ({ relation, ...asked }: NearIndicator, excluded: boolean): NearCount => {
        const { key, id } = find(asked);
        const others = id === null ? NO_RULES : counter.others(id, excluded, asking, retired);
        return { ...key, relation, others };
      };
      const counts = rows.map(({ kept, key }): IndicatorCount => {
        const { excluded = false, field = key.field, through = [], op = key.op, near = [] } = kept;
        return {
          ...key,
          polarity: excluded ? 'exclude' : 'include',
          written: { field, through, op },
          shown: kept.shown ?? key.value,
          transforms: kept.transforms ?? [],
          status: kept.status,
          selector: kept.selector ?? false,
          caseSensitive: kept.cased ?? false,
          others: counter.others(kept.indicator, excluded, asking, retired),
          near: near.map((one) => nearCount(one, excluded)),
          literals: [],
        };
      });
      return oneRowAValue(counts);
    },
    fieldIndicators: (asked, page) => {
      const id = field.get(foldField(asked))?.id;
      if (id === undefined) return { total: 0, indicators: [] };
      const { limit, offset } = bounded(page);
      return {
        total: usedInField.get(id)?.total ?? 0,
        indicators: mostUsed.all(id, limit, offset).map((row) => ({ ...row })),
      };
    },
  };
}

const NO_RULES: RuleCount = { total: 0, byPlatform: {} };

/** The literals that a value stands for after its transforms in one row, in the place of the first. */
function oneRowAValue(counts: readonly IndicatorCount[]): readonly IndicatorCount[] {
  return byWrittenValue(counts).flatMap(([main, ...others]) => {
    const literals = others.map(({ field, op, value, encoding, others: rules }) => ({
      field,
      op,
      value,
      encoding,
      others: rules,
    }));
    return main === undefined ? [] : [{ ...main, literals }];
  });
}
