import { unpackNumbers } from '../store/facet-lists.ts';
import type { Database } from '../store/sqlite.ts';
import type { BroaderIndicator, BroaderIndicators, Catalog, IndicatorKey } from '../types.ts';
import type { IndicatorCounter } from './counts.ts';
import { remember } from './remember.ts';

/** Indicators of one rule that are answered for: no rule that a person wrote has more that anybody reads. */
const MOST_INDICATORS = 300;

type KeyRow = IndicatorKey & { readonly id: number };

/** The broader indicators of what a rule looks for, those that no other rule has left out. */
export function broaderQuestion(database: Database, counter: IndicatorCounter): Catalog['broaderIndicators'] {
  const included = database.prepare<KeyRow & { total: number | null; others: Uint8Array | null }>(`
    SELECT DISTINCT i.id, f.name AS field, i.op, v.text AS value, i.encoding, b.total, b.others
    FROM rule_indicator t JOIN indicator i ON i.id = t.indicator JOIN value v ON v.id = i.value
    LEFT JOIN field f ON f.id = i.field LEFT JOIN broader b ON b.indicator = i.id
    WHERE t.rule = ? AND t.excluded = 0 ORDER BY t.position`);
  const one = database.prepare<IndicatorKey>(`
    SELECT f.name AS field, i.op, v.text AS value, i.encoding
    FROM indicator i JOIN value v ON v.id = i.value LEFT JOIN field f ON f.id = i.field WHERE i.id = ?`);
  return (ruleId) => {
    const asking = counter.rule(ruleId);
    if (asking === null) return [];
    const rows = included.all(asking.id);
    const own = new Set(rows.map(({ id }) => id));
    // Many values of a rule have the same broader ones.
    const find = remember((id: number): BroaderIndicator | null => {
      const key = one.get(id);
      const others = counter.others(id, false, own.has(id) ? asking : null, false);
      return key === undefined || others.total === 0 ? null : { ...key, others };
    });
    return rows
      .slice(0, MOST_INDICATORS)
      .flatMap(({ id: _id, total, others, ...key }): readonly BroaderIndicators[] => {
        if (total === null || others === null) return [];
        const listed = Array.from(unpackNumbers(others));
        const broader = listed.map(find).filter((found) => found !== null);
        const only = total - (listed.length - broader.length);
        return broader.length === 0 ? [] : [{ ...key, total: only, broader }];
      });
  };
}
