import { stateTable } from './state-table.ts';

/**
 * Finds which of many texts stand in a text (Aho and Corasick, "Efficient string matching", 1975). The time to make it
 * grows with the length of all texts; the time to search with that of the text and with what is found.
 */
export interface Automaton {
  /**
   * Calls `found` with the number of each of the texts that ends behind a character, the longest first, for every
   * character of `text`. Where it answers false, the shorter ones that end there are passed over.
   */
  readonly search: (text: string, found: (number: number, length: number, end: number) => boolean) => void;
}

/** Makes the automaton of some texts, which are numbered as they come; of equal ones only the first is found. */
export function automaton(texts: readonly string[]): Automaton {
  const most = texts.reduce((sum, text) => sum + text.length, 1);
  const next = stateTable(most);
  /** Of each state: the one before it and the character between, its depth, and the text that ends at it (or -1). */
  const parent = new Int32Array(most);
  const character = new Uint16Array(most);
  const depth = new Int32Array(most);
  const ending = new Int32Array(most).fill(-1);
  let states = 1;
  for (const [number, text] of texts.entries()) {
    let state = 0;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      const known = next.get(state, unit);
      if (known < 0) {
        next.add(state, unit, states);
        parent[states] = state;
        character[states] = unit;
        depth[states] = at + 1;
        state = states;
        states += 1;
      } else state = known;
    }
    if (state !== 0 && ending[state] === -1) ending[state] = number;
  }

  /** The state of the longest end of what leads to a state that some text begins with. */
  const fail = new Int32Array(states);
  /** The nearest state along `fail` that a text ends at; 0 where there is none. */
  const shorter = new Int32Array(states);
  const step = (from: number, unit: number): number => {
    for (let state = from; ; state = fail[state] ?? 0) {
      const found = next.get(state, unit);
      if (found >= 0) return found;
      if (state === 0) return 0;
    }
  };
  for (const state of byDepth(depth.subarray(0, states))) {
    if (state === 0) continue;
    const before = parent[state] ?? 0;
    const to = before === 0 ? 0 : step(fail[before] ?? 0, character[state] ?? 0);
    fail[state] = to;
    shorter[state] = (ending[to] ?? -1) >= 0 ? to : (shorter[to] ?? 0);
  }
  return {
    search: (text, found) => {
      let state = 0;
      for (let at = 0; at < text.length; at += 1) {
        state = step(state, text.charCodeAt(at));
        let match = (ending[state] ?? -1) >= 0 ? state : (shorter[state] ?? 0);
        while (match !== 0 && found(ending[match] ?? -1, depth[match] ?? 0, at + 1)) {
          match = shorter[match] ?? 0;
        }
      }
    },
  };
}

/** The numbers of states, those of small depth first. */
function byDepth(depths: Int32Array): Int32Array {
  // Plain loops: iterators over typed arrays take ten times as long.
  let most = 0;
  for (let state = 0; state < depths.length; state += 1) most = Math.max(most, depths[state] ?? 0);
  const starts = new Int32Array(most + 2);
  for (let state = 0; state < depths.length; state += 1) {
    const behind = (depths[state] ?? 0) + 1;
    starts[behind] = (starts[behind] ?? 0) + 1;
  }
  for (let depth = 1; depth < starts.length; depth += 1) {
    starts[depth] = (starts[depth] ?? 0) + (starts[depth - 1] ?? 0);
  }
  const sorted = new Int32Array(depths.length);
  for (let state = 0; state < depths.length; state += 1) {
    const depth = depths[state] ?? 0;
    const at = starts[depth] ?? 0;
    sorted[at] = state;
    starts[depth] = at + 1;
  }
  return sorted;
}
