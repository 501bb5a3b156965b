import type { FieldStatus } from '@rulescope/knowledge';
import type { LanguageId, Understood } from '@rulescope/logic';
import type { Database } from '../store/sqlite.ts';
import type { Catalog, CoverageRow, UnknownField } from '../types.ts';
import type { FacetQuestions } from './facets.ts';
import { remember } from './remember.ts';

/** Fields, diagnostics and names that are listed. */
const MOST_LISTED = 100;

interface Place {
  readonly source: string;
  readonly platform: string;
  readonly language: LanguageId | '';
}

/** What is understood of the rules, what is not, and what stands in the way. */
export function understandingQuestion(
  database: Database,
  { facets }: Pick<FacetQuestions, 'facets'>,
): Catalog['understanding'] {
  const rules = database.prepare<Place & { understood: Understood; count: number }>(`
    SELECT s.name AS source, r.platform, coalesce(r.language, '') AS language, r.understood, count(*) AS count
    FROM rule r JOIN source s ON s.id = r.source WHERE r.retired <= ?
    GROUP BY s.id, 2, 3, 4 ORDER BY s.id, 2, r.language IS NULL, 3`);
  const fields = database.prepare<Place & { status: FieldStatus; count: number }>(`
    SELECT s.name AS source, t.platform, t.language, t.status, sum(t.count) AS count
    FROM field_status t JOIN source s ON s.id = t.source WHERE t.retired <= ? GROUP BY s.id, 2, 3, 4`);
  const unknown = database.prepare<UnknownField>(`
    SELECT field, platform, sum(count) AS "values" FROM field_status
    WHERE status = 'unknown' AND retired <= ? GROUP BY field, platform ORDER BY 3 DESC, 1, 2`);
  const report = remember((retired: 0 | 1) => {
    const names = unknown.all(retired);
    const [diagnostics, missing] = facets({ retired: retired === 1 }, ['diagnostic', 'missing'], MOST_LISTED);
    return {
      rows: rowsOf(rules.all(retired), fields.all(retired)),
      unknownFields: names.slice(0, MOST_LISTED).map((row) => ({ ...row })),
      unknownFieldTotal: names.length,
      diagnostics: diagnostics ?? { name: 'diagnostic' as const, values: [], total: 0 },
      missing: missing ?? { name: 'missing' as const, values: [], total: 0 },
    };
  });
  return ({ retired = false } = {}) => report(retired ? 1 : 0);
}

function rowsOf(
  rules: readonly (Place & { readonly understood: Understood; readonly count: number })[],
  fields: readonly (Place & { readonly status: FieldStatus; readonly count: number })[],
): readonly CoverageRow[] {
  const statuses = Map.groupBy(fields, placeOf);
  return [...Map.groupBy(rules, placeOf)].flatMap(([place, group]) => {
    const understood: Record<Understood, number> = { full: 0, partial: 0, none: 0 };
    for (const row of group) understood[row.understood] += row.count;
    const known: Record<FieldStatus, number> = { canonical: 0, native: 0, unknown: 0 };
    for (const row of statuses.get(place) ?? []) known[row.status] += row.count;
    return group.slice(0, 1).map(({ source, platform, language }) => ({
      source,
      platform,
      language: language === '' ? null : language,
      rules: understood.full + understood.partial + understood.none,
      understood,
      fields: known,
    }));
  });
}

function placeOf({ source, platform, language }: Place): string {
  return `${source}\n${platform}\n${language}`;
}
