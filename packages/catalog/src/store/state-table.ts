/** Which state follows a state and a character (a UTF-16 unit): a hash table of numbers alone. */
export interface StateTable {
  /** The state that follows, or -1. */
  readonly get: (state: number, character: number) => number;
  /** Adds one that is not there. */
  readonly add: (state: number, character: number, next: number) => void;
}

/**
 * A table for at most so many states, where a Map would keep an object for each. Linear probing, at most half full
 * (Knuth, The Art of Computer Programming, 6.4, Algorithm L).
 */
export function stateTable(most: number): StateTable {
  const size = 2 ** Math.ceil(Math.log2(Math.max(most, 8) * 2));
  const states = new Int32Array(size).fill(-1);
  const characters = new Uint16Array(size);
  const follows = new Int32Array(size);
  const placeOf = (state: number, character: number): number => {
    let at = hash(state, character) & (size - 1);
    while (states[at] !== -1 && (states[at] !== state || characters[at] !== character)) {
      at = (at + 1) & (size - 1);
    }
    return at;
  };
  return {
    get: (state, character) => {
      const at = placeOf(state, character);
      return states[at] === -1 ? -1 : (follows[at] ?? -1);
    },
    add: (state, character, next) => {
      const at = placeOf(state, character);
      states[at] = state;
      characters[at] = character;
      follows[at] = next;
    },
  };
}

function hash(state: number, character: number): number {
  const mixed = Math.imul(state, 0x9e37_79b1) ^ Math.imul(character, 0x85eb_ca6b);
  return mixed ^ (mixed >>> 15);
}
