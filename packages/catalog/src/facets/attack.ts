import type { AttackTactic, RuleAttack } from '@rulescope/knowledge';

/**
 * The tactics of a release that a rule serves: those of its techniques, each narrowed to the ones that the rule
 * names itself where it names any of them. Where it names no technique, the tactics that it names.
 */
export function tacticsOf({ techniques, tactics }: RuleAttack): readonly AttackTactic[] {
  const own = tactics.flatMap((tactic) => tactic.tactics);
  if (techniques.length === 0) return own;
  const named = new Set(own.map(({ id }) => id));
  return techniques.flatMap((technique) => {
    const meant = technique.tactics.filter(({ id }) => named.has(id));
    return meant.length === 0 ? technique.tactics : meant;
  });
}

/** The techniques that a rule is listed under: its own, and the parents of those that are sub-techniques. */
export function techniquesOf({ techniques }: RuleAttack): readonly {
  readonly id: string;
  readonly name: string;
}[] {
  return techniques.flatMap(({ id, name, parent }) =>
    parent === null ? [{ id, name }] : [{ id, name }, parent],
  );
}
