import { foldField, type TestedValue } from '../analyse/indicators.ts';
import { broaderFinder, type NumberedIndicator } from './broader.ts';
import { packNumbers } from './numbers.ts';
import type { Command } from './sqlite.ts';

/** An indicator while its rules are gathered: their numbers, in ascending order, each once. */
interface GatheredIndicator extends NumberedIndicator {
  readonly including: number[];
  readonly excluding: number[];
}

/** A field, and how it is spelled where it was met first. */
interface NumberedField {
  readonly id: number;
  readonly name: string | null;
}

/** A rule as far as it is counted. */
interface CountedRule {
  /** The first of the rules that are the same one in several places. */
  readonly family: number;
  readonly retired: boolean;
}

/** What a rule tests, its field apart. */
type TestedKey = Pick<TestedValue, 'op' | 'value' | 'encoding' | 'polarity'>;

/** Gathers the indicators of all rules, and the rules of each. */
export interface Indicators {
  /** The field of that name, however it is spelled; null is the whole event, whose number is 0. */
  readonly fieldOf: (name: string | null) => NumberedField;
  /**
   * Adds a rule to those that include or exclude an indicator, whose field has that number, and gives the number of
   * the indicator: new ones are numbered as they come. Rules come in the order of their numbers.
   */
  readonly add: (rule: number, tested: TestedKey, field: number) => number;
  /** Says who a rule is: each in its turn, the first of number 1. */
  readonly addRule: (counted: CountedRule) => void;
  /** Writes the fields (id, name, folded name) and the indicators, as the tables have them. */
  readonly write: (commands: { readonly field: Command; readonly indicator: Command }) => void;
}

export function gatherIndicators(): Indicators {
  const fields = new Map<string, NumberedField>();
  /** By what an indicator is apart from its value, then by that. */
  const kinds = new Map<string, Map<string, GatheredIndicator>>();
  const all: GatheredIndicator[] = [];
  const families: number[] = [0];
  /** The families that a list of rules is of, without retired rules. */
  const countInForce = (rules: readonly number[]): number => {
    const [only] = rules;
    if (only === undefined) return 0;
    if (rules.length === 1) return families[only] === RETIRED ? 0 : 1;
    const found = new Set(rules.map((rule) => families[rule]));
    found.delete(RETIRED);
    return found.size;
  };
  const indicatorOf = ({ op, value, encoding }: TestedKey, field: number): GatheredIndicator => {
    const kind = `${field} ${op} ${encoding}`;
    const values = kinds.get(kind) ?? new Map<string, GatheredIndicator>();
    kinds.set(kind, values);
    const known = values.get(value);
    if (known !== undefined) return known;
    const added = { id: all.length + 1, field, op, value, encoding, including: [], excluding: [] };
    values.set(value, added);
    all.push(added);
    return added;
  };
  return {
    fieldOf: (name) => {
      if (name === null) return WHOLE_EVENT;
      const folded = foldField(name);
      const field = fields.get(folded) ?? { id: fields.size + 1, name };
      fields.set(folded, field);
      return field;
    },
    add: (rule, tested, field) => {
      const indicator = indicatorOf(tested, field);
      const rules = tested.polarity === 'exclude' ? indicator.excluding : indicator.including;
      if (rules.at(-1) !== rule) rules.push(rule);
      return indicator.id;
    },
    addRule: ({ family, retired }) => families.push(retired ? RETIRED : family),
    write: (commands) => {
      for (const [folded, { id, name }] of fields) commands.field.run(id, name, folded);
      const inForce = Uint32Array.from(all, ({ including }) => countInForce(including));
      const broaderOf = broaderFinder(all.filter((_, i) => inForce[i] !== 0));
      for (const [i, indicator] of all.entries()) {
        const { id, field, op, value, encoding, including, excluding } = indicator;
        const broader = broaderOf(indicator);
        commands.indicator.run(
          ...[id, field, op, value, encoding, inForce[i] ?? 0, countInForce(excluding)],
          ...[packNumbers(including), packNumbers(excluding), packNumbers(broader.others), broader.total],
        );
      }
    },
  };
}

const WHOLE_EVENT: NumberedField = { id: 0, name: null };

/** Stands for the family of a rule that is retired: no rule has this number. */
const RETIRED = 0;
