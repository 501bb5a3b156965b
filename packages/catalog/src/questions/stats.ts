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
           (SELECT count(*) FROM indicator WHERE rules > 0 OR exclusions > 0 OR ?1) AS indicators,
           (SELECT count(*) FROM rule WHERE retired) AS retired`);
  const understood = database.prepare<UnderstoodRow>(`
    SELECT s.name, coalesce(r.platform, s.platform, '') AS platform, r.understood, count(r.id) AS rules
    FROM source s LEFT JOIN rule r ON r.source = s.id AND r.retired <= ?
    GROUP BY s.id, 2, r.understood ORDER BY s.id, 2`);
  const diagnostics = database.prepare<{ code: string; count: number }>(
    'SELECT code, sum(count) AS count FROM diagnostic WHERE retired <= ? GROUP BY code ORDER BY 2 DESC, code',
  );
  const problems = database.prepare<{ source: string; path: string; diagnostics: string }>(
    'SELECT s.name AS source, p.path, p.diagnostics FROM problem p JOIN source s ON s.id = p.source ORDER BY p.id',
  );
  const stats = remember(
    (retired: 0 | 1): CatalogStats => ({
      ...(totals.get(retired) ?? NOTHING),
      sources: figuresOf(understood.all(retired)),
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

interface UnderstoodRow {
  readonly name: string;
  readonly platform: string;
  /** Null where the source has no rule. */
  readonly understood: Understood | null;
  readonly rules: number;
}

/** The figures of each platform of each source, in the order of the rows. */
function figuresOf(rows: readonly UnderstoodRow[]): CatalogStats['sources'] {
  const groups = Map.groupBy(rows, ({ name, platform }) => `${name}\n${platform}`);
  return [...groups.values()].flatMap((group) => {
    const counts: Record<Understood, number> = { full: 0, partial: 0, none: 0 };
    for (const { understood, rules } of group) if (understood !== null) counts[understood] += rules;
    return group.slice(0, 1).map(({ name, platform }) => ({
      name,
      platform,
      rules: counts.full + counts.partial + counts.none,
      understood: counts,
    }));
  });
}

const NOTHING = { rules: 0, files: 0, problems: 0, indicators: 0, retired: 0 };
