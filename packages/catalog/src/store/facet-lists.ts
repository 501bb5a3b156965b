import { foldFacet, type RuleFacet } from '../facets/rule-facets.ts';
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

/** Numbers as unsigned 32-bit integers, little end first. */
export function packNumbers(numbers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(numbers.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [i, number] of numbers.entries()) view.setUint32(i * 4, number, true);
  return bytes;
}

/** The numbers that `packNumbers` packed. */
export function unpackNumbers(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Uint32Array(Math.floor(bytes.byteLength / 4));
  for (let i = 0; i < numbers.length; i += 1) numbers[i] = view.getUint32(i * 4, true);
  return numbers;
}
