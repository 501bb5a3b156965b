import type { Catalog } from '@rulescope/catalog';
import type { AttackRelease, AttackTactic, AttackTechnique } from '@rulescope/knowledge';

/** How many rules a catalog has for each technique and tactic, sub-techniques counted with their parents. */
export interface AttackCounts {
  readonly techniques: ReadonlyMap<string, number>;
  readonly tactics: ReadonlyMap<string, number>;
}

/** More values than any release of ATT&CK has. */
const ALL = 100_000;

/** The counts of the rules in force. */
export function attackCounts(catalog: Catalog): AttackCounts {
  const [techniques, tactics] = catalog.facets({}, ['technique', 'tactic'], ALL);
  const counts = (facet: typeof techniques): ReadonlyMap<string, number> =>
    new Map(facet?.values.map(({ value, rules }) => [value, rules]));
  return { techniques: counts(techniques), tactics: counts(tactics) };
}

/** The techniques of a tactic that are in force, without their parts, by name. */
export function techniquesOf(tactic: AttackTactic, release: AttackRelease): readonly AttackTechnique[] {
  return release.techniques
    .filter(
      ({ parent, status, tactics }) =>
        parent === undefined && status === undefined && tactics.includes(tactic.shortname),
    )
    .toSorted(byName);
}

/** The parts of a technique that are in force, by id. */
export function partsOf(id: string, release: AttackRelease): readonly AttackTechnique[] {
  return release.techniques.filter(({ parent, status }) => parent === id && status === undefined);
}

/** The techniques that a technique took the place of, those of earlier releases before it included. */
export function replacedBy(id: string, release: AttackRelease): readonly AttackTechnique[] {
  const direct = release.techniques.filter(({ revokedBy }) => revokedBy === id);
  return direct.flatMap((technique) => [technique, ...replacedBy(technique.id, release)]);
}

function byName(a: AttackTechnique, b: AttackTechnique): number {
  return a.name < b.name ? -1 : Number(a.name > b.name);
}
