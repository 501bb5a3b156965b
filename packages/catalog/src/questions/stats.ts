import type { Diagnostic, Understood } from '@rulescope/logic';
import type { Database } from '../store/sqlite.ts';
import type { Catalog, CatalogStats, Problem } from '../types.ts';
import { remember } from './remember.ts';

/** The questions about the catalog as a whole. */
export interface StatsQuestions {
  readonly stats: Catalog['stats'];
  readonly problems: () => readonly Problem[];
}

export function statsQuestions(database: Database): StatsQuestions {
  const totals = database.prepare<Omit<CatalogStats, 'sources' | 'diagnostics'>>(`
    SELECT (SELECT count(*) FROM rule WHERE retired <= ?1) AS rules,
           (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'files') AS files,
           (SELECT count(*) FROM problem) AS problems,
           (SELECT count(DISTINCT indicator) FROM indicator_count WHERE rules > 0 OR ?1) AS indicators,
           (SELECT count(*) FROM rule WHERE retired) AS retired`);
  const sources = database.prepare<{ id: number; name: string; platform: string }>(
    'SELECT id, name, platform FROM source ORDER BY id',
  );
  const understood = database.prepare<{ understood: Understood; rules: number }>(
    'SELECT understood, count(*) AS rules FROM rule WHERE source = ? AND retired <= ? GROUP BY understood',
  );
  const diagnostics = database.prepare<{ code: string; count: number }>(
    'SELECT code, sum(count) AS count FROM diagnostic WHERE retired <= ? GROUP BY code ORDER BY 2 DESC, code',
  );
  const problems = database.prepare<{ source: string; path: string; diagnostics: string }>(
    'SELECT s.name AS source, p.path, p.diagnostics FROM problem p JOIN source s ON s.id = p.source ORDER BY p.id',
  );
  const stats = remember(
    (retired: 0 | 1): CatalogStats => ({
      ...(totals.get(retired) ?? NOTHING),
      sources: sources.all().map(({ id, name, platform }) => {
        const counts: Record<Understood, number> = { full: 0, partial: 0, none: 0 };
        for (const row of understood.all(id, retired)) counts[row.understood] = row.rules;
        return { name, platform, rules: counts.full + counts.partial + counts.none, understood: counts };
      }),
      diagnostics: diagnostics.all(retired).map((row) => ({ ...row })),
    }),
  );
  return {
    stats: ({ retired = false } = {}) => stats(retired ? 1 : 0),
    problems: () =>
      problems
        .all()
        .map((row) => ({ ...row, diagnostics: JSON.parse(row.diagnostics) as readonly Diagnostic[] })),
  };
}

const NOTHING = { rules: 0, files: 0, problems: 0, indicators: 0, retired: 0 };
