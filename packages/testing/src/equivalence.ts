import type { Expression } from '@rulescope/logic';
import { assignments } from './equivalence/assignments.ts';
import { type AtomRules, type Atoms, formulaOf } from './equivalence/atoms.ts';
import { evaluateFormula, type Formula, normalForm } from './equivalence/formula.ts';

/** What of two expressions is compared. */
export interface EquivalenceOptions extends AtomRules {
  /**
   * Rewrites both expressions before they are compared, for what one language can say in one way only, such as
   * an address range that is written as a wildcard.
   */
  readonly rewrite?: (expression: Expression) => Expression;
}

/** Tests shown on each side of a difference. */
const SHOWN = 4;

/**
 * What tells two expressions apart, or null where they ask the same of every event. Each value of each test is
 * an atom of its own, which may be true or false whatever the others are: so `contains "ab"` does not follow
 * from `contains "abc"`, and two expressions are equal only where they are made of the same tests. The way they
 * are put together does not matter: `not (a or b)` is `not a and not b`, `[a, b]` in one test is two tests in
 * an Or.
 *
 * - A test's literals are its values, or what they stand for (`expanded`).
 * - `is_null` is the Not of `exists`; an `implied` test is true.
 * - Texts are folded where a test disregards case; numbers and texts that hold one are the same.
 * - An unknown part is an atom named by its text.
 *
 * Up to 12 atoms all assignments are tried. With more, those that make each test in turn decide the whole, and
 * random ones beside assignments that make the whole true or false: the same in every run.
 */
export function difference(a: Expression, b: Expression, options: EquivalenceOptions = {}): string | null {
  const rewrite = options.rewrite ?? ((expression) => expression);
  const atoms: Atoms = new Map();
  const first = formulaOf(rewrite(a), atoms, options);
  const second = formulaOf(rewrite(b), atoms, options);
  if (normalForm(first) === normalForm(second)) return null;

  for (const assignment of assignments([first, second], atoms.size)) {
    const inFirst = evaluateFormula(first, assignment);
    if (inFirst === evaluateFormula(second, assignment)) continue;
    return explain(first, second, atoms, assignment, inFirst);
  }
  return null;
}

function explain(
  first: Formula,
  second: Formula,
  atoms: Atoms,
  assignment: Uint8Array,
  inFirst: boolean,
): string {
  const [inOne, inOther] = [atomsOf(first), atomsOf(second)];
  const names = [...atoms.keys()];
  const onlyFirst = names.filter((_, atom) => inOne.has(atom) && !inOther.has(atom));
  const onlySecond = names.filter((_, atom) => inOther.has(atom) && !inOne.has(atom));
  if (onlyFirst.length > 0 || onlySecond.length > 0) {
    return `only in the first: ${list(onlyFirst)}; only in the second: ${list(onlySecond)}`;
  }
  const met = names.filter((_, atom) => assignment[atom] === 1);
  return `the same tests, but only the ${inFirst ? 'first' : 'second'} is true of: ${list(met)}`;
}

function list(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return names.slice(0, SHOWN).join(', ') + more;
}

function atomsOf(formula: Formula, found: Set<number> = new Set()): ReadonlySet<number> {
  if (formula.kind === 'atom') found.add(formula.atom);
  else for (const item of formula.items) atomsOf(item, found);
  return found;
}
