import type { Database } from '../store/sqlite.ts';
import type { RelatedRule, RuleMetadata, RuleSummary } from '../types.ts';
import { SUMMARY, type SummaryRow, summaryOf } from './rules.ts';

/**
 * The rules that a rule names in `related`, in its order, then those that name it, by title. Ids are those of
 * the source, within one platform; deprecated and unsupported rules are among them.
 */
export function relatedQuestion(
  database: Database,
): (rule: RuleSummary, named: RuleMetadata['related']) => readonly RelatedRule[] {
  const byKey = database.prepare<SummaryRow>(
    `SELECT ${SUMMARY} FROM rule r JOIN source s ON s.id = r.source WHERE r.key = ?`,
  );
  const naming = database.prepare<SummaryRow & { type: string }>(`
    SELECT t.type, ${SUMMARY} FROM relation t JOIN rule r ON r.id = t.rule JOIN source s ON s.id = r.source
    WHERE t.other = ? AND r.platform = ? ORDER BY r.title COLLATE NOCASE, r.id, t.position`);
  return ({ id: key, platform }, named) => {
    const own = key.slice(platform.length + 1);
    return [
      ...named.map(({ id, type }): RelatedRule => {
        const row = byKey.get(`${platform}/${id}`);
        return { direction: 'names', type, id, rule: row === undefined ? null : summaryOf(row) };
      }),
      ...naming
        .all(own, platform)
        .map(
          ({ type, ...row }): RelatedRule => ({ direction: 'named-by', type, id: own, rule: summaryOf(row) }),
        ),
    ];
  };
}
