import { unpackNumbers } from '../store/numbers.ts';
import type { Database } from '../store/sqlite.ts';
import type { BroaderIndicator, BroaderIndicators, Catalog } from '../types.ts';
import type { AskingRule, IndicatorCounter } from './counts.ts';
import { remember } from './remember.ts';
import { keyReader, type TestedReader } from './tested.ts';

/** Indicators of one rule that are answered for: no rule that a person wrote has more that anybody reads. */
const MOST_INDICATORS = 300;

/** The broader indicators of one, and how many there are: those that no rule but the one that asks has left out. */
type BroaderOf = (indicator: number) => Pick<BroaderIndicators, 'total' | 'broader'>;

/** Finds broader indicators, for a rule that asks; what is found once is kept as long as the finder. */
export function broaderFinder(
  database: Database,
  counter: IndicatorCounter,
): (asking: AskingRule | null) => BroaderOf {
  const broaderOf = database.prepare<{ total: number; others: Uint8Array }>(
    'SELECT broader_total AS total, broader AS others FROM indicator WHERE id = ?',
  );
  const keyOf = keyReader(database);
  return (asking) => {
    // Many values of a rule have the same broader ones.
    const find = remember((id: number): BroaderIndicator | null => {
      const key = keyOf(id);
      const others = counter.others(id, false, asking, false);
      return key === null || others.total === 0 ? null : { ...key, others };
    });
    return (indicator) => {
      const { total = 0, others = NO_BYTES } = broaderOf.get(indicator) ?? {};
      const listed = Array.from(unpackNumbers(others));
      const broader = listed.map(find).filter((found) => found !== null);
      return { total: total - (listed.length - broader.length), broader };
    };
  };
}

/** The broader indicators of what a rule looks for. */
export function broaderQuestion(
  broaderFor: ReturnType<typeof broaderFinder>,
  { tested, counter }: { readonly tested: TestedReader; readonly counter: IndicatorCounter },
): Catalog['broaderIndicators'] {
  return (ruleId) => {
    const asking = counter.rule(ruleId);
    if (asking === null) return [];
    const included = tested(asking.id).filter(({ kept }) => kept.excluded !== true);
    const own = new Map(included.map(({ kept, key }) => [kept.indicator, key]));
    const broaderOf = broaderFor(asking);
    return [...own].slice(0, MOST_INDICATORS).flatMap(([id, key]): readonly BroaderIndicators[] => {
      const found = broaderOf(id);
      return found.broader.length === 0 ? [] : [{ ...key, ...found }];
    });
  };
}

const NO_BYTES = new Uint8Array(0);
