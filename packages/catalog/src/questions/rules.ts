import type { LanguageId, Result, Understood } from '@rulescope/logic';
import { unpack, unpackJson } from '../store/pack.ts';
import type { Database } from '../store/sqlite.ts';
import type { CatalogRule, Page, RuleFilter, RuleList, RuleMetadata, RuleSummary } from '../types.ts';

/** A row of the columns of `SUMMARY`. */
export interface SummaryRow {
  readonly key: string;
  readonly platform: string;
  readonly source: string;
  readonly path: string;
  readonly language: LanguageId;
  readonly kind: string;
  readonly title: string;
  readonly status: string | null;
  readonly severity: string | null;
  readonly author: string | null;
  readonly understood: Understood;
}

/** What a list shows of a rule: columns of `rule r` and `source s`. */
export const SUMMARY =
  'r.key, s.platform, s.name AS source, r.path, r.language, r.kind, r.title, r.status, r.severity, r.author, r.understood';

export function summaryOf({ key, ...rest }: SummaryRow): RuleSummary {
  return { id: key, ...rest };
}

/** The questions about rules. */
export interface RuleQuestions {
  readonly rule: (id: string) => CatalogRule | null;
  readonly rules: (filter: RuleFilter, page: Page) => RuleList;
  /** The summaries of rules by their numbers, in the order given. */
  readonly summaries: (ids: readonly number[]) => readonly RuleSummary[];
}

interface WholeRow extends SummaryRow {
  readonly ordinal: number;
  readonly standalone: number;
  readonly licence: string | null;
  readonly link: string | null;
  readonly metadata: string;
  readonly text: Uint8Array;
  readonly result: Uint8Array;
}

const FILTER = `
  (?1 IS NULL OR s.platform = ?1) AND (?2 IS NULL OR s.name = ?2) AND (?3 IS NULL OR r.status = ?3)
  AND (?4 IS NULL OR r.severity = ?4) AND (?5 IS NULL OR r.understood = ?5)`;

export function ruleQuestions(database: Database): RuleQuestions {
  const whole = database.prepare<WholeRow>(`
    SELECT ${SUMMARY}, r.ordinal, r.standalone, s.licence, s.link, b.metadata, b.text, b.result
    FROM rule r JOIN source s ON s.id = r.source JOIN rule_body b ON b.rule = r.id WHERE r.key = ?`);
  const one = database.prepare<SummaryRow>(
    `SELECT ${SUMMARY} FROM rule r JOIN source s ON s.id = r.source WHERE r.id = ?`,
  );
  const some = database.prepare<SummaryRow>(`
    SELECT ${SUMMARY} FROM rule r JOIN source s ON s.id = r.source WHERE ${FILTER}
    ORDER BY r.title COLLATE NOCASE, r.id LIMIT ?6 OFFSET ?7`);
  const count = database.prepare<{ total: number }>(
    `SELECT count(*) AS total FROM rule r JOIN source s ON s.id = r.source WHERE ${FILTER}`,
  );
  return {
    rule: (id) => {
      const row = whole.get(id);
      return row === undefined ? null : wholeOf(row);
    },
    rules: (filter, page) => {
      const values = [filter.platform, filter.source, filter.status, filter.severity, filter.understood];
      const wanted = values.map((value) => value ?? null);
      const { limit, offset } = bounded(page);
      return {
        total: count.get(...wanted)?.total ?? 0,
        rules: some.all(...wanted, limit, offset).map(summaryOf),
      };
    },
    summaries: (ids) => ids.flatMap((id) => one.get(id) ?? []).map(summaryOf),
  };
}

/** A page as whole numbers that are not negative. */
export function bounded({ limit, offset }: Page): Page {
  const whole = (value: number) => (value > 0 ? Math.floor(Math.min(value, Number.MAX_SAFE_INTEGER)) : 0);
  return { limit: whole(limit), offset: whole(offset) };
}

function wholeOf(row: WholeRow): CatalogRule {
  const { ordinal, standalone, licence, link, metadata, text, result, ...summary } = row;
  const own = JSON.parse(metadata) as RuleMetadata;
  return {
    ...summaryOf(summary),
    ordinal,
    standalone: standalone !== 0,
    metadata: { ...own, licence: own.licence ?? licence },
    link: link === null ? null : linkOf(link, row.path),
    text: unpack(text),
    result: unpackJson<Result>(result),
  };
}

/** Puts a path into a link template; what has a meaning of its own in addresses is escaped. */
function linkOf(template: string, path: string): string {
  const escaped = path.toWellFormed().split('/').map(encodeURIComponent).join('/');
  return template.replaceAll('{path}', () => escaped);
}
