import type { Operator } from '@rulescope/logic';
import { foldField, foldKey } from '../analyse/indicators.ts';
import type { Database } from '../store/sqlite.ts';
import type { Catalog, FieldIndicator, RuleCount } from '../types.ts';
import { bounded, SUMMARY, type SummaryRow, summaryOf } from './rules.ts';

/** The questions about indicators. */
export interface IndicatorQuestions {
  readonly indicatorCounts: Catalog['indicatorCounts'];
  readonly indicator: Catalog['indicator'];
  readonly fieldIndicators: Catalog['fieldIndicators'];
}

interface TestedRow {
  readonly indicator: number;
  readonly field: string | null;
  readonly op: Operator;
  readonly value: string;
  readonly encoding: string;
  readonly excluded: number;
  readonly shown: string | null;
  readonly transforms: string | null;
}

type CountRow = { readonly platform: string; readonly rules: number };

export function indicatorQuestions(database: Database): IndicatorQuestions {
  const rule = database.prepare<{ id: number; platform: string; retired: number }>(
    'SELECT id, platform, retired FROM rule WHERE key = ?',
  );
  const tested = database.prepare<TestedRow>(`
    SELECT t.indicator, f.name AS field, i.op, v.text AS value, i.encoding, t.excluded, t.shown, t.transforms
    FROM rule_indicator t JOIN indicator i ON i.id = t.indicator JOIN value v ON v.id = i.value
    LEFT JOIN field f ON f.id = i.field
    WHERE t.rule = ? ORDER BY t.position`);
  const counts = database.prepare<CountRow>(
    `SELECT platform, rules + ?3 * retired AS rules
     FROM indicator_count WHERE indicator = ?1 AND excluded = ?2 ORDER BY platform`,
  );
  const field = database.prepare<{ id: number; name: string }>('SELECT id, name FROM field WHERE folded = ?');
  const indicator = database.prepare<{ id: number }>(`
    SELECT i.id FROM value v JOIN indicator i ON i.value = v.id
    WHERE v.text = ? AND i.field = ? AND i.op = ? AND i.encoding = ?`);
  const behind = database.prepare<SummaryRow>(`
    SELECT ${SUMMARY} FROM indicator_rule t JOIN rule r ON r.id = t.rule JOIN source s ON s.id = r.source
    WHERE t.indicator = ? AND t.excluded = ? AND r.retired <= ? ORDER BY r.title COLLATE NOCASE, r.id`);
  const usedInField = database.prepare<{ total: number }>(
    'SELECT coalesce(max(rank), 0) AS total FROM field_indicator WHERE field = ?',
  );
  const mostUsed = database.prepare<FieldIndicator>(`
    SELECT f.name AS field, i.op, v.text AS value, i.encoding, t.rules
    FROM field_indicator t JOIN indicator i ON i.id = t.indicator JOIN value v ON v.id = i.value
    JOIN field f ON f.id = t.field
    WHERE t.field = ?1 AND t.rank > ?3 AND t.rank <= ?2 + ?3 ORDER BY t.rank`);
  return {
    indicatorCounts: (ruleId, { retired = false } = {}) => {
      const found = rule.get(ruleId);
      if (found === undefined) return [];
      const own = retired || found.retired === 0 ? found.platform : null;
      return tested.all(found.id).map((row) => ({
        field: row.field,
        op: row.op,
        value: row.value,
        encoding: row.encoding,
        polarity: row.excluded === 0 ? 'include' : 'exclude',
        shown: row.shown ?? row.value,
        transforms: row.transforms === null ? [] : (JSON.parse(row.transforms) as readonly string[]),
        others: othersOf(counts.all(row.indicator, row.excluded, Number(retired)), own),
      }));
    },
    indicator: (asked, { retired = false } = {}) => {
      const folded = foldKey(asked);
      const named = folded.field === null ? null : field.get(foldField(folded.field));
      const key = named ? { ...folded, field: named.name } : folded;
      const id =
        named === undefined ? undefined : indicator.get(key.value, named?.id ?? 0, key.op, key.encoding)?.id;
      const rules = (excluded: number) =>
        id === undefined ? [] : behind.all(id, excluded, Number(retired)).map(summaryOf);
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

/** The count of the other rules: all but the one that asks, where it is among them on its platform. */
function othersOf(rows: readonly CountRow[], own: string | null): RuleCount {
  const others = rows.map(({ platform, rules }) => ({
    platform,
    rules: platform === own ? rules - 1 : rules,
  }));
  return {
    total: others.reduce((sum, { rules }) => sum + rules, 0),
    byPlatform: Object.fromEntries(
      others.flatMap(({ platform, rules }) => (rules > 0 ? [[platform, rules]] : [])),
    ),
  };
}
