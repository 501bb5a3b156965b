import type { Diagnostic } from '@rulescope/logic';
import { unpackJson } from '../store/pack.ts';
import type { Database } from '../store/sqlite.ts';
import type { Catalog, RuleResult } from '../types.ts';
import { bounded, SUMMARY, type SummaryRow, summaryOf } from './rules.ts';

/** The diagnostic that says why something is not understood: the first error, else the first of all. */
export function mainDiagnostic(diagnostics: readonly Diagnostic[]): Diagnostic | null {
  return diagnostics.find(({ severity }) => severity === 'error') ?? diagnostics[0] ?? null;
}

/** The rules that are not understood in full, each with why; those in languages that are not read come last. */
export function notUnderstoodQuestion(database: Database): Catalog['notUnderstood'] {
  const count = database.prepare<{ total: number }>(
    "SELECT count(*) AS total FROM rule WHERE understood <> 'full'",
  );
  const listed = database.prepare<SummaryRow & { result: Uint8Array }>(`
    SELECT ${SUMMARY}, b.result FROM rule r JOIN source s ON s.id = r.source JOIN rule_body b ON b.rule = r.id
    WHERE r.understood <> 'full' ORDER BY r.language IS NULL, r.id LIMIT ? OFFSET ?`);
  return (page) => {
    const { limit, offset } = bounded(page);
    const rules = listed.all(limit, offset).map(({ result, ...row }) => ({
      ...summaryOf(row),
      diagnostic: mainDiagnostic(unpackJson<RuleResult>(result).diagnostics),
    }));
    return { total: count.get()?.total ?? 0, rules };
  };
}
