import { type AttackRelease, attackOf, type EventCoverage } from '@rulescope/knowledge';
import { coverageOf } from '../facets/events.ts';
import { unpack, unpackJson } from '../store/pack.ts';
import type { Database } from '../store/sqlite.ts';
import type {
  CatalogRule,
  Page,
  RelatedRule,
  RuleFilter,
  RuleList,
  RuleMetadata,
  RuleResult,
  RuleSummary,
} from '../types.ts';
import type { FacetQuestions } from './facets.ts';

/** A row of the columns of `SUMMARY`. */
export interface SummaryRow extends Omit<RuleSummary, 'id'> {
  readonly key: string;
}

/** What a list shows of a rule: columns of `rule r` and `source s`. */
export const SUMMARY =
  'r.key, r.platform, s.name AS source, r.path, r.language, r.kind, r.title, r.status, r.severity, r.author, r.understood';

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
  readonly retired: number;
  readonly family: number;
  readonly licence: string | null;
  readonly link: string | null;
  readonly metadata: string;
  readonly text: Uint8Array;
  readonly result: Uint8Array;
}

/** What else a rule's answers are made from. */
interface Parts extends Pick<FacetQuestions, 'matching' | 'byTitle'> {
  readonly attack: AttackRelease;
  readonly related: (rule: RuleSummary, named: RuleMetadata['related']) => readonly RelatedRule[];
}

export function ruleQuestions(
  database: Database,
  { attack, matching, byTitle, related }: Parts,
): RuleQuestions {
  const whole = database.prepare<WholeRow>(`
    SELECT ${SUMMARY}, r.ordinal, r.standalone, r.retired, r.family, s.licence, s.link, b.metadata, b.text, b.result
    FROM rule r JOIN source s ON s.id = r.source JOIN rule_body b ON b.rule = r.id WHERE r.key = ?`);
  const folded = database.prepare<{ key: string }>(
    'SELECT key FROM rule WHERE key = ? COLLATE NOCASE LIMIT 2',
  );
  const onlyKey = (id: string): string | null => {
    const [only, another] = folded.all(id);
    return another === undefined ? (only?.key ?? null) : null;
  };
  const listed = database.prepare<SummaryRow>(`
    SELECT ${SUMMARY} FROM json_each(?) j JOIN rule r ON r.id = j.value JOIN source s ON s.id = r.source
    ORDER BY j.key`);
  const summaries = (ids: Iterable<number>) =>
    listed.all(JSON.stringify([...ids])).map((row) => summaryOf({ ...row }));
  const copies = database.prepare<SummaryRow>(`
    SELECT ${SUMMARY} FROM rule r JOIN source s ON s.id = r.source
    WHERE r.family = ? AND r.key <> ? ORDER BY r.id LIMIT ${MOST_COPIES}`);
  return {
    rule: (id) => {
      const row = whole.get(id) ?? whole.get(onlyKey(id));
      if (row === undefined) return null;
      const rule = wholeOf(row);
      const { tags, related: named } = rule.metadata;
      return {
        ...rule,
        attack: attackOf(tags, attack),
        events: eventsOfResult(rule.result, rule.metadata),
        related: related(rule, named),
        copies: copies.all(row.family, row.key).map((copy) => summaryOf({ ...copy })),
      };
    },
    rules: (filter, page) => {
      const found = byTitle(matching(filter));
      const { limit, offset } = bounded(page);
      return { total: found.length, rules: summaries(found.subarray(offset, offset + limit)) };
    },
    summaries,
  };
}

function eventsOfResult(
  { language, ...result }: RuleResult,
  metadata: RuleMetadata,
): readonly EventCoverage[] {
  return language === null ? [] : coverageOf({ ...result, language }, metadata);
}

/** A page as whole numbers that are not negative. */
export function bounded({ limit, offset }: Page): Page {
  const whole = (value: number) => (value > 0 ? Math.floor(Math.min(value, Number.MAX_SAFE_INTEGER)) : 0);
  return { limit: whole(limit), offset: whole(offset) };
}

/** Copies of one rule that are listed. */
const MOST_COPIES = 100;

/** All of a rule that is its own. */
function wholeOf(row: WholeRow): Omit<CatalogRule, 'attack' | 'events' | 'related' | 'copies'> {
  const {
    ordinal,
    standalone,
    retired,
    family: _family,
    licence,
    link,
    metadata,
    text,
    result,
    ...summary
  } = row;
  const own = JSON.parse(metadata) as RuleMetadata;
  return {
    ...summaryOf(summary),
    ordinal,
    standalone: standalone !== 0,
    retired: retired !== 0,
    metadata: { ...own, licence: own.licence ?? licence },
    link: link === null ? null : linkOf(link, row.path),
    text: unpack(text),
    result: unpackJson<RuleResult>(result),
  };
}

/** Puts a path into a link template; what has a meaning of its own in addresses is escaped. */
function linkOf(template: string, path: string): string {
  const escaped = path.toWellFormed().split('/').map(encodeURIComponent).join('/');
  return template.replaceAll('{path}', () => escaped);
}
