import type { Formula } from './formula.ts';

/** With no more atoms than this all assignments are tried. */
const EXHAUSTIVE_ATOMS = 12;

/** Uses of atoms that are made decisive; the rest of a very large formula is left to chance. */
const DECISIVE_USES = 2_000;

/** Rounds of random assignments, and atoms that are turned over in each. */
const ROUNDS = 200;
const TURNED = 16;

/** A step from a formula to one of its items. */
interface Step {
  readonly formula: Formula;
  readonly item: number;
}

/**
 * Assignments of atoms that tell formulas apart: all of them where there are few atoms, otherwise those that
 * test engineers use to find a fault in a circuit (each use of an atom in turn decides the whole) and seeded
 * random ones. The array that is given is the same each time and changes: use it before asking for the next.
 */
export function* assignments(formulas: readonly Formula[], atoms: number): Generator<Uint8Array> {
  if (atoms <= EXHAUSTIVE_ATOMS) yield* allAssignments(atoms);
  else {
    for (const formula of formulas) yield* decisiveAssignments(formula, atoms);
    yield* randomAssignments(formulas, atoms);
  }
}

function* allAssignments(atoms: number): Generator<Uint8Array> {
  const assignment = new Uint8Array(atoms);
  for (let bits = 0; bits < 2 ** atoms; bits += 1) {
    for (let atom = 0; atom < atoms; atom += 1) assignment[atom] = (bits >> atom) & 1;
    yield assignment;
  }
}

/** For each use of an atom: the items beside its way down are such that it decides, and it is true, then false. */
function* decisiveAssignments(formula: Formula, atoms: number): Generator<Uint8Array> {
  const random = generator(1);
  const assignment = new Uint8Array(atoms);
  let uses = 0;
  for (const { path, atom } of usesOf(formula)) {
    uses += 1;
    if (uses > DECISIVE_USES) return;
    for (const rest of [0, 1]) {
      assignment.fill(rest);
      for (const { formula: above, item } of path) {
        if (above.kind === 'atom' || above.kind === 'not') continue;
        above.items.forEach((beside, i) => {
          if (i !== item) steer(beside, above.kind === 'and', assignment, random);
        });
      }
      for (const value of [1, 0]) {
        assignment[atom] = value;
        yield assignment;
      }
    }
  }
}

/** Formulas made true or false by chance, and the same with one atom after another turned over. */
function* randomAssignments(formulas: readonly Formula[], atoms: number): Generator<Uint8Array> {
  const random = generator(2);
  const assignment = new Uint8Array(atoms);
  for (let round = 0; round < ROUNDS; round += 1) {
    const density = random();
    for (let atom = 0; atom < atoms; atom += 1) assignment[atom] = random() < density ? 1 : 0;
    yield assignment;
    for (const formula of formulas) {
      steer(formula, random() < 0.7, assignment, random);
      yield assignment;
      for (let i = 0; i < TURNED; i += 1) {
        const atom = Math.floor(random() * atoms);
        assignment[atom] = 1 - (assignment[atom] ?? 0);
        yield assignment;
        assignment[atom] = 1 - (assignment[atom] ?? 0);
      }
    }
  }
}

/**
 * Sets atoms so that a formula gets the value that is wanted: all items of an And, or of an Or that must be
 * false, one of the others. An atom that is used twice may spoil it, which other rounds make up for.
 */
function steer(formula: Formula, wanted: boolean, assignment: Uint8Array, random: () => number): void {
  if (formula.kind === 'atom') {
    assignment[formula.atom] = wanted ? 1 : 0;
    return;
  }
  if (formula.kind === 'not') {
    steer(formula.items[0], !wanted, assignment, random);
    return;
  }
  if ((formula.kind === 'and') === wanted) {
    for (const item of formula.items) steer(item, wanted, assignment, random);
    return;
  }
  const chosen = formula.items[Math.floor(random() * formula.items.length)];
  if (chosen !== undefined) steer(chosen, wanted, assignment, random);
}

interface Use {
  readonly path: readonly Step[];
  readonly atom: number;
}

function* usesOf(formula: Formula, path: readonly Step[] = []): Generator<Use> {
  if (formula.kind === 'atom') {
    yield { path, atom: formula.atom };
    return;
  }
  for (const [item, inner] of formula.items.entries()) yield* usesOf(inner, [...path, { formula, item }]);
}

/** Numbers from 0 to 1 that look random and are the same in every run (the mulberry32 generator). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
