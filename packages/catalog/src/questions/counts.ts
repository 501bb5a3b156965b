import type { Database } from '../store/sqlite.ts';
import type { RuleCount } from '../types.ts';

/** A rule that asks how many others there are. */
export interface AskingRule {
  readonly id: number;
  readonly platform: string;
  readonly family: number;
  readonly retired: boolean;
}

/** Counts the rules of indicators; rules that are the same one in several places count once. */
export interface IndicatorCounter {
  /** The rule of a public id; null where there is none. */
  readonly rule: (key: string) => AskingRule | null;
  /** How many rules have an indicator, other than the one that asks and those that are the same one. */
  readonly others: (
    indicator: number,
    excluded: boolean,
    asking: AskingRule | null,
    retired: boolean,
  ) => RuleCount;
  /** Those of some rules that are in force, or with `retired` all of them. */
  readonly inForce: (rules: Uint32Array, retired: boolean) => readonly number[];
  /** The family and the state of a rule by its number. */
  readonly familyOf: (rule: number) => number;
  readonly isRetired: (rule: number) => boolean;
  /** Rules in force, those that are the same one counted once. */
  readonly total: () => number;
}

interface Rules {
  /** By a rule's number; 0 where there is none. */
  readonly families: Uint32Array;
  readonly retired: Uint8Array;
  readonly total: number;
}

export function indicatorCounter(database: Database): IndicatorCounter {
  const asking = database.prepare<Omit<AskingRule, 'retired'> & { retired: number }>(
    'SELECT id, platform, family, retired FROM rule WHERE key = ?',
  );
  const counts = database.prepare<{ platform: string; rules: number }>(
    `SELECT platform, rules + ?3 * retired AS rules
     FROM indicator_count WHERE indicator = ?1 AND excluded = ?2 ORDER BY platform`,
  );
  // An indicator that a retired rule has may be one of its kin in force, too.
  const kin = database.prepare<{ id: number }>(`
    SELECT r.id FROM rule r JOIN rule_indicator t ON t.rule = r.id
    WHERE r.family = ? AND NOT r.retired AND t.indicator = ? AND t.excluded = ? LIMIT 1`);
  let known: Rules | null = null;
  const rules = (): Rules => {
    known ??= readRules(database);
    return known;
  };
  const isCounted = (indicator: number, excluded: boolean, { family, retired }: AskingRule): boolean =>
    !retired || kin.get(family, indicator, Number(excluded)) !== undefined;
  return {
    rule: (key) => {
      const row = asking.get(key);
      return row === undefined ? null : { ...row, retired: row.retired !== 0 };
    },
    others: (indicator, excluded, rule, retired) => {
      const rows = counts.all(indicator, Number(excluded), Number(retired));
      const own = rule !== null && (retired || isCounted(indicator, excluded, rule)) ? rule.platform : null;
      return othersOf(rows, own);
    },
    inForce: (list, retired) => Array.from(list).filter((id) => retired || rules().retired[id] === 0),
    familyOf: (rule) => rules().families[rule] ?? 0,
    isRetired: (rule) => rules().retired[rule] === 1,
    total: () => rules().total,
  };
}

function readRules(database: Database): Rules {
  const rows = database
    .prepare<{ id: number; family: number; retired: number }>(
      'SELECT id, family, retired FROM rule ORDER BY id',
    )
    .all();
  const most = (rows.at(-1)?.id ?? 0) + 1;
  const families = new Uint32Array(most);
  const retired = new Uint8Array(most);
  const inForce = new Set<number>();
  for (const row of rows) {
    families[row.id] = row.family;
    retired[row.id] = row.retired;
    if (row.retired === 0) inForce.add(row.family);
  }
  return { families, retired, total: inForce.size };
}

/** The count of the other rules: all but the one that asks, where it is among them on its platform. */
function othersOf(
  rows: readonly { readonly platform: string; readonly rules: number }[],
  own: string | null,
): RuleCount {
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
