/**
 * An expression of which only the logic is left: numbered atoms under And, Or and Not. An empty And is true, an
 * empty Or false.
 */
export type Formula =
  | { readonly kind: 'atom'; readonly atom: number }
  | { readonly kind: 'and' | 'or'; readonly items: readonly Formula[] }
  | { readonly kind: 'not'; readonly items: readonly [Formula] };

export const TRUE: Formula = { kind: 'and', items: [] };

export function notOf(formula: Formula): Formula {
  return { kind: 'not', items: [formula] };
}

/** Whether a formula is true where the atoms are as told: 1 is true, 0 false, by number. */
export function evaluateFormula(formula: Formula, assignment: Uint8Array): boolean {
  switch (formula.kind) {
    case 'atom':
      return assignment[formula.atom] === 1;
    case 'and':
      return formula.items.every((item) => evaluateFormula(item, assignment));
    case 'or':
      return formula.items.some((item) => evaluateFormula(item, assignment));
    case 'not':
      return !evaluateFormula(formula.items[0], assignment);
  }
}

/**
 * A text that equal formulas often share: Nots driven down to the atoms, nested lists of one kind flattened,
 * items ordered and each kept once. Two formulas with one normal form are equal; those with two may be.
 */
export function normalForm(formula: Formula, negated = false): string {
  switch (formula.kind) {
    case 'atom':
      return negated ? `!${formula.atom}` : `${formula.atom}`;
    case 'not':
      return normalForm(formula.items[0], !negated);
    case 'and':
    case 'or': {
      const items = flattened(formula, negated).map(([item, inverted]) => normalForm(item, inverted));
      const unique = [...new Set(items)].sort();
      const [only] = unique;
      if (unique.length === 1 && only !== undefined) return only;
      return `${kindOf(formula.kind, negated)}(${unique.join(' ')})`;
    }
  }
}

/** The items of a list and of the lists of the same kind in it, each with whether a Not stands before it. */
function flattened(formula: Formula, negated: boolean): readonly (readonly [Formula, boolean])[] {
  if (formula.kind === 'atom') return [];
  const kind = formula.kind === 'not' ? null : kindOf(formula.kind, negated);
  return formula.items.flatMap((item) => {
    let [inner, inverted] = [item, negated];
    while (inner.kind === 'not') [inner, inverted] = [inner.items[0], !inverted];
    const same = inner.kind !== 'atom' && kindOf(inner.kind, inverted) === kind;
    return same ? flattened(inner, inverted) : [[inner, inverted] as const];
  });
}

/** De Morgan: an And under a Not is the Or of its items under a Not. */
function kindOf(kind: 'and' | 'or', negated: boolean): 'and' | 'or' {
  return (kind === 'and') === negated ? 'or' : 'and';
}
