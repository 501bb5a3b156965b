import { foldFacet, type RuleFacet } from '../facets/rule-facets.ts';
import { packNumbers } from './numbers.ts';
import type { Command } from './sqlite.ts';

/** Gathers the rules of every facet value while they are added. */
export interface FacetLists {
  /** Adds a rule, whose number is higher than those before, to the lists of its facets. */
  readonly add: (rule: number, facets: readonly RuleFacet[]) => void;
  /** Writes the lists: name, value, label, folded value, rules. */
  readonly write: (insert: Command) => void;
}

interface FacetList extends RuleFacet {
  readonly folded: string;
  readonly rules: number[];
}

export function facetLists(): FacetLists {
  const lists = new Map<string, FacetList>();
  /** The same lists by every spelling met so far: most values are spelled as they were before. */
  const spellings = new Map<string, Map<string, FacetList>>();
  const listOf = (facet: RuleFacet): FacetList => {
    const { name, value } = facet;
    const known = spellings.get(name) ?? new Map<string, FacetList>();
    spellings.set(name, known);
    const spelled = known.get(value);
    if (spelled !== undefined) return spelled;
    const folded = foldFacet(name, value);
    const key = `${name} ${folded}`;
    const list = lists.get(key) ?? { ...facet, folded, rules: [] };
    lists.set(key, list);
    known.set(value, list);
    return list;
  };
  return {
    add: (rule, facets) => {
      for (const facet of facets) {
        const { rules } = listOf(facet);
        if (rules.at(-1) !== rule) rules.push(rule);
      }
    },
    write: (insert) => {
      for (const { name, value, label, folded, rules } of lists.values()) {
        insert.run(name, value, label, folded, packNumbers(rules));
      }
    },
  };
}
