import type { FieldStatus } from '@rulescope/knowledge';
import type { Operator } from '@rulescope/logic';
import { foldField, type NearIndicator } from '../analyse/indicators.ts';
import { unpackNumbers } from '../store/facet-lists.ts';
import type { Database } from '../store/sqlite.ts';
import type { Catalog, FieldIndicator, NearCount, RuleCount } from '../types.ts';
import type { IndicatorCounter } from './counts.ts';
import type { IndicatorFinder } from './find-indicator.ts';
import { bounded, type RuleQuestions } from './rules.ts';

/** The questions about indicators. */
export interface IndicatorQuestions {
  readonly indicatorCounts: Catalog['indicatorCounts'];
  readonly indicator: Catalog['indicator'];
  readonly fieldIndicators: Catalog['fieldIndicators'];
  readonly fieldsCalled: Catalog['fieldsCalled'];
}

interface TestedRow {
  readonly indicator: number;
  readonly field: string | null;
  readonly op: Operator;
  readonly value: string;
  readonly encoding: string;
  readonly excluded: number;
  readonly writtenField: string | null;
  readonly writtenOp: Operator | null;
  readonly shown: string | null;
  readonly transforms: string | null;
  readonly status: FieldStatus;
  readonly selector: number;
  readonly cased: number;
  readonly near: string | null;
}

/** What else the answers are made from. */
interface Parts extends Pick<RuleQuestions, 'summaries'> {
  readonly find: IndicatorFinder;
  readonly counter: IndicatorCounter;
  /** Some rules in the order of their titles. */
  readonly sortByTitle: (rules: Uint32Array) => Uint32Array;
}

export function indicatorQuestions(
  database: Database,
  { find, counter, sortByTitle, summaries }: Parts,
): IndicatorQuestions {
  const tested = database.prepare<TestedRow>(`
    SELECT t.indicator, f.name AS field, i.op, v.text AS value, i.encoding, t.excluded, t.field AS writtenField,
           t.op AS writtenOp, t.shown, t.transforms, t.status, t.selector, t.cased, t.near
    FROM rule_indicator t JOIN indicator i ON i.id = t.indicator JOIN value v ON v.id = i.value
    LEFT JOIN field f ON f.id = i.field
    WHERE t.rule = ? ORDER BY t.position`);
  const field = database.prepare<{ id: number; name: string }>('SELECT id, name FROM field WHERE folded = ?');
  const behind = database.prepare<{ rules: Uint8Array }>(
    'SELECT rules FROM indicator_list WHERE indicator = ? AND excluded = ?',
  );
  const usedInField = database.prepare<{ total: number }>(
    'SELECT coalesce(max(rank), 0) AS total FROM field_indicator WHERE field = ?',
  );
  const mostUsed = database.prepare<FieldIndicator>(`
    SELECT f.name AS field, i.op, v.text AS value, i.encoding, t.rules
    FROM field_indicator t JOIN indicator i ON i.id = t.indicator JOIN value v ON v.id = i.value
    JOIN field f ON f.id = t.field
    WHERE t.field = ?1 AND t.rank > ?3 AND t.rank <= ?2 + ?3 ORDER BY t.rank`);
  const called = database.prepare<{ name: string }>(`
    SELECT f.name FROM written_field w JOIN field f ON f.id = w.field WHERE w.folded = ? ORDER BY w.count DESC, f.id`);
  return {
    fieldsCalled: (name) => called.all(foldField(name)).map((row) => row.name),
    indicatorCounts: (ruleId, { retired = false } = {}) => {
      const asking = counter.rule(ruleId);
      if (asking === null) return [];
      const rows = tested.all(asking.id);
      const own = new Set(rows.map(({ indicator, excluded }) => `${indicator} ${excluded}`));
      const nearCount = ({ relation, ...asked }: NearIndicator, excluded: number): NearCount => {
        const { key, id } = find(asked);
        const isOwn = own.has(`${id} ${excluded}`);
        const others =
          id === null ? NO_RULES : counter.others(id, excluded === 1, isOwn ? asking : null, retired);
        return { ...key, relation, others };
      };
      return rows.map((row) => ({
        field: row.field,
        op: row.op,
        value: row.value,
        encoding: row.encoding,
        polarity: row.excluded === 0 ? 'include' : 'exclude',
        written: { field: row.writtenField ?? row.field, op: row.writtenOp ?? row.op },
        shown: row.shown ?? row.value,
        transforms: listOf<string>(row.transforms),
        status: row.status,
        selector: row.selector === 1,
        caseSensitive: row.cased === 1,
        others: counter.others(row.indicator, row.excluded === 1, asking, retired),
        near: listOf<NearIndicator>(row.near).map((near) => nearCount(near, row.excluded)),
      }));
    },
    indicator: (asked, { retired = false } = {}) => {
      const { key, id } = find(asked);
      const rules = (excluded: number) => {
        const list = id === null ? undefined : behind.get(id, excluded);
        if (list === undefined) return [];
        return summaries(counter.inForce(sortByTitle(unpackNumbers(list.rules)), retired));
      };
      return { ...key, including: rules(0), excluding: rules(1) };
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

/** A list that was kept as JSON; the caller knows its type. */
function listOf<T>(json: string | null): readonly T[] {
  return json === null ? [] : (JSON.parse(json) as readonly T[]);
}
