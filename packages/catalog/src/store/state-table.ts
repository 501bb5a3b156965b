/** Which state follows a state and a character (a UTF-16 unit): a hash table of numbers alone, of any size. */
export interface StateTable {
  /** The state that follows, or -1. */
  readonly get: (state: number, character: number) => number;
  /** Adds one that is not there. */
  readonly add: (state: number, character: number, next: number) => void;
}

/**
 * For millions of states, which a Map would keep as objects. Linear probing, at most half full (Knuth, The Art of
 * Computer Programming, 6.4, Algorithm L).
 */
export function stateTable(): StateTable {
  let size = 1 << 12;
  let count = 0;
  let states = new Int32Array(size).fill(-1);
  let characters = new Uint16Array(size);
  let follows = new Int32Array(size);

  const placeOf = (state: number, character: number): number => {
    let at = hash(state, character) & (size - 1);
    while (states[at] !== -1 && (states[at] !== state || characters[at] !== character)) {
      at = (at + 1) & (size - 1);
    }
    return at;
  };
  const put = (state: number, character: number, next: number): void => {
    const at = placeOf(state, character);
    states[at] = state;
    characters[at] = character;
    follows[at] = next;
  };
  const grow = (): void => {
    const old = { states, characters, follows };
    size *= 2;
    states = new Int32Array(size).fill(-1);
    characters = new Uint16Array(size);
    follows = new Int32Array(size);
    for (const [at, state] of old.states.entries()) {
      if (state !== -1) put(state, old.characters[at] ?? 0, old.follows[at] ?? 0);
    }
  };
  return {
    get: (state, character) => {
      const at = placeOf(state, character);
      return states[at] === -1 ? -1 : (follows[at] ?? -1);
    },
    add: (state, character, next) => {
      count += 1;
      if (count * 2 > size) grow();
      put(state, character, next);
    },
  };
}

function hash(state: number, character: number): number {
  const mixed = Math.imul(state, 0x9e37_79b1) ^ Math.imul(character, 0x85eb_ca6b);
  return mixed ^ (mixed >>> 15);
}
