import { unpackNumbers } from '../store/numbers.ts';
import type { Database } from '../store/sqlite.ts';
import type { RuleCount } from '../types.ts';
import { remember } from './remember.ts';

/** A rule that asks how many others there are. */
export interface AskingRule {
  readonly id: number;
  readonly family: number;
  readonly retired: boolean;
}

/** Counts the rules of indicators; rules that are the same one in several places count once. */
export interface IndicatorCounter {
  /** The rule of a public id; null where there is none. */
  readonly rule: (key: string) => AskingRule | null;
  /** The rules that include or exclude an indicator, in the order of their numbers, retired ones too. */
  readonly rulesOf: (indicator: number, excluded: boolean) => Uint32Array;
  /** How many rules have an indicator, other than the one that asks and those that are the same one. */
  readonly others: (
    indicator: number,
    excluded: boolean,
    asking: AskingRule | null,
    retired: boolean,
  ) => RuleCount;
  /** The same of a list of rules, in all. */
  readonly count: (rules: Uint32Array, asking: AskingRule | null, retired: boolean) => number;
  /** Those of some rules that are in force, or with `retired` all of them. */
  readonly inForce: (rules: Uint32Array, retired: boolean) => readonly number[];
  /** The family and the state of a rule by its number. */
  readonly familyOf: (rule: number) => number;
  readonly isRetired: (rule: number) => boolean;
  /** How many indicators a rule looks for, by its number. */
  readonly wantedOf: (rule: number) => number;
  /** Rules in force, those that are the same one counted once. */
  readonly total: () => number;
}

interface Rules {
  /** By a rule's number; 0 where there is none. */
  readonly families: Uint32Array;
  readonly retired: Uint8Array;
  readonly wanted: Uint32Array;
  /** By a rule's number, which of `platforms` is its own; these are in the order of their names. */
  readonly platform: Uint16Array;
  readonly platforms: readonly string[];
  /** Rules in force, a family once. */
  readonly total: number;
}

export function indicatorCounter(database: Database): IndicatorCounter {
  const asking = database.prepare<Omit<AskingRule, 'retired'> & { retired: number }>(
    'SELECT id, family, retired FROM rule WHERE key = ?',
  );
  const including = database.prepare<List>('SELECT including AS rules FROM indicator WHERE id = ?');
  const excluding = database.prepare<List>('SELECT excluding AS rules FROM indicator WHERE id = ?');
  const known = remember((_: 'rules') => readRules(database));
  const rules = () => known('rules');
  const rulesOf = (indicator: number, excluded: boolean): Uint32Array => {
    const list = (excluded ? excluding : including).get(indicator);
    return list === undefined ? NO_RULES : unpackNumbers(list.rules);
  };
  return {
    rule: (key) => {
      const row = asking.get(key);
      return row === undefined ? null : { ...row, retired: row.retired !== 0 };
    },
    rulesOf,
    others: (indicator, excluded, rule, retired) => {
      const { platform, platforms } = rules();
      const counts = new Uint32Array(platforms.length);
      const found = kinOnce(rulesOf(indicator, excluded), rules(), rule, retired);
      for (const one of found) counts[platform[one] ?? 0] = (counts[platform[one] ?? 0] ?? 0) + 1;
      const named = platforms.map((name, i) => [name, counts[i] ?? 0] as const);
      return { total: found.length, byPlatform: Object.fromEntries(named.filter(([, count]) => count > 0)) };
    },
    count: (list, rule, retired) => kinOnce(list, rules(), rule, retired).length,
    inForce: (list, retired) => Array.from(list).filter((id) => retired || rules().retired[id] === 0),
    familyOf: (rule) => rules().families[rule] ?? 0,
    isRetired: (rule) => rules().retired[rule] === 1,
    wantedOf: (rule) => rules().wanted[rule] ?? 0,
    total: () => rules().total,
  };
}

interface List {
  readonly rules: Uint8Array;
}

const NO_RULES = new Uint32Array(0);

/** One rule of each family in a list, but none of the family of the one that asks. */
function kinOnce(
  list: Uint32Array,
  { families, retired }: Rules,
  asking: AskingRule | null,
  withRetired: boolean,
): readonly number[] {
  const seen = new Set(asking === null ? [] : [asking.family]);
  const found: number[] = [];
  for (const rule of list) {
    const family = families[rule] ?? 0;
    if (seen.has(family) || (!withRetired && retired[rule] === 1)) continue;
    seen.add(family);
    found.push(rule);
  }
  return found;
}

function readRules(database: Database): Rules {
  const rows = database
    .prepare<{ id: number; platform: string; family: number; retired: number; indicators: number }>(
      'SELECT id, platform, family, retired, indicators FROM rule ORDER BY id',
    )
    .all();
  const most = (rows.at(-1)?.id ?? 0) + 1;
  const platforms = [...new Set(rows.map(({ platform }) => platform))].toSorted();
  const numbers = new Map(platforms.map((name, number) => [name, number]));
  const families = new Uint32Array(most);
  const retired = new Uint8Array(most);
  const wanted = new Uint32Array(most);
  const platform = new Uint16Array(most);
  const inForce = new Set<number>();
  for (const row of rows) {
    families[row.id] = row.family;
    retired[row.id] = row.retired;
    wanted[row.id] = row.indicators;
    platform[row.id] = numbers.get(row.platform) ?? 0;
    if (row.retired === 0) inForce.add(row.family);
  }
  return { families, retired, wanted, platform, platforms, total: inForce.size };
}
