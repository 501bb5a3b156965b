import type { Diagnostic, Understood } from '@rulescope/logic';
import type { Database } from '../store/sqlite.ts';
import type { CatalogStats, Problem } from '../types.ts';

/** The questions about the catalog as a whole. */
export interface StatsQuestions {
  readonly stats: () => CatalogStats;
  readonly problems: () => readonly Problem[];
}

export function statsQuestions(database: Database): StatsQuestions {
  const totals = database.prepare<Pick<CatalogStats, 'rules' | 'files' | 'problems' | 'indicators'>>(`
    SELECT (SELECT count(*) FROM rule) AS rules,
           (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'files') AS files,
           (SELECT count(*) FROM problem) AS problems,
           (SELECT count(*) FROM indicator) AS indicators`);
  const sources = database.prepare<{ id: number; name: string; platform: string }>(
    'SELECT id, name, platform FROM source ORDER BY id',
  );
  const understood = database.prepare<{ understood: Understood; rules: number }>(
    'SELECT understood, count(*) AS rules FROM rule WHERE source = ? GROUP BY understood',
  );
  const diagnostics = database.prepare<{ code: string; count: number }>(
    'SELECT code, count FROM diagnostic ORDER BY count DESC, code',
  );
  const problems = database.prepare<{ source: string; path: string; diagnostics: string }>(
    'SELECT s.name AS source, p.path, p.diagnostics FROM problem p JOIN source s ON s.id = p.source ORDER BY p.id',
  );
  return {
    stats: () => ({
      ...(totals.get() ?? { rules: 0, files: 0, problems: 0, indicators: 0 }),
      sources: sources.all().map(({ id, name, platform }) => {
        const counts: Record<Understood, number> = { full: 0, partial: 0, none: 0 };
        for (const row of understood.all(id)) counts[row.understood] = row.rules;
        return { name, platform, rules: counts.full + counts.partial + counts.none, understood: counts };
      }),
      diagnostics: diagnostics.all().map((row) => ({ ...row })),
    }),
    problems: () =>
      problems
        .all()
        .map((row) => ({ ...row, diagnostics: JSON.parse(row.diagnostics) as readonly Diagnostic[] })),
  };
}
