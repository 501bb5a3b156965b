import { indexOf, ownReleases, quoted, titleOf, type Unresolved, unresolved } from './lookup.ts';
import type { AttackRelease, AttackTactic, AttackTechnique } from './model.ts';

/** What a technique's id means in a release. */
export interface ResolvedTechnique {
  readonly resolved: true;
  /** The id that the rule has, in upper case. */
  readonly asTagged: string;
  /** The id that stands for it in the release. */
  readonly id: string;
  /** Its own name, such as `Msiexec`. */
  readonly name: string;
  /** Of a sub-technique: the technique that it is a part of, such as `System Binary Proxy Execution`. */
  readonly parent: { readonly id: string; readonly name: string } | null;
  /** In the order of the matrix. */
  readonly tactics: readonly AttackTactic[];
  /** `deprecated`: given up without a replacement; `revoked`: the release does not say by what. */
  readonly status: 'current' | 'deprecated' | 'revoked';
  /** The ids that were replaced on the way to `id`, `asTagged` first; empty where it is still in force. */
  readonly via: readonly string[];
}

export type TechniqueResolution = ResolvedTechnique | Unresolved;

/**
 * Looks up a technique or sub-technique, such as `T1562.001`, in a release, and follows what replaced it until
 * something is in force: T1685 in version 19. Ids are only carried forward; one that came after the release is
 * not resolved, since several old ids may have become one.
 */
export function resolveTechnique(id: string, release: AttackRelease): TechniqueResolution {
  const asTagged = id.toUpperCase();
  if (!/^T\d{4}(\.\d{3})?$/.test(asTagged)) {
    return unresolved(id, 'malformed', `${quoted(id)} is not written as a technique's id is.`);
  }
  const { techniques } = indexOf(release);
  let technique = techniques.get(asTagged);
  const via = new Set<string>();
  while (technique?.revokedBy !== undefined) {
    if (via.has(technique.id)) {
      return unresolved(
        asTagged,
        'circular',
        `${titleOf(release)} replaces ${asTagged} by ids that lead back to it.`,
      );
    }
    via.add(technique.id);
    technique = techniques.get(technique.revokedBy);
  }
  return technique === undefined ? missing(asTagged, release) : found(asTagged, technique, via, release);
}

function found(
  asTagged: string,
  technique: AttackTechnique,
  via: ReadonlySet<string>,
  release: AttackRelease,
): ResolvedTechnique {
  const { techniques, tacticsByShortname } = indexOf(release);
  const parent = technique.parent === undefined ? undefined : techniques.get(technique.parent);
  return {
    resolved: true,
    asTagged,
    id: technique.id,
    name: technique.name,
    parent: parent === undefined ? null : { id: parent.id, name: parent.name },
    tactics: technique.tactics.flatMap((shortname) => tacticsByShortname.get(shortname) ?? []),
    status: technique.status ?? 'current',
    via: [...via],
  };
}

function missing(id: string, release: AttackRelease): Unresolved {
  for (const other of ownReleases()) {
    const technique = indexOf(other).techniques.get(id);
    if (technique === undefined) continue;
    const where = `${titleOf(other)} does: ${technique.name}`;
    return unresolved(id, 'other-release', `${titleOf(release)} has no ${id}; ${where}.`);
  }
  return unresolved(id, 'unknown', `${titleOf(release)} has no technique ${id}.`);
}
