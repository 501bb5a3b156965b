import { indexOf, ownReleases, quoted, titleOf, type Unresolved, unresolved } from './lookup.ts';
import type { AttackRelease, AttackTactic } from './model.ts';

/** What a tactic's name or id means in a release. */
export interface ResolvedTactic {
  readonly resolved: true;
  readonly asTagged: string;
  /** The tactic that the rule names: the release's, or that of the release which still has the name. */
  readonly own: AttackTactic;
  /**
   * What it is in the release, in the order of the matrix: itself, or what took its place. Several where the
   * release split it.
   */
  readonly tactics: readonly AttackTactic[];
}

export type TacticResolution = ResolvedTactic | Unresolved;

/**
 * Looks up a tactic by its id or by its name, however that is spelled: `TA0005`, `defense-evasion`,
 * `defense_evasion`, `Defense Evasion`, `DefenseEvasion`. A name that the release does not have is carried over
 * by the tactic's id and by what is known of its splitting: Defense Evasion is Stealth and Defense Impairment in
 * version 19, and both are Defense Evasion in version 18. An id means what the release says it means.
 */
export function resolveTactic(nameOrId: string, release: AttackRelease): TacticResolution {
  const key = keyOf(nameOrId);
  if (key === null) {
    return unresolved(nameOrId, 'malformed', `${quoted(nameOrId)} is not written as a tactic is.`);
  }
  const inRelease = tacticOf(key, release);
  if (inRelease !== null) {
    return { resolved: true, asTagged: nameOrId, own: inRelease, tactics: [inRelease] };
  }
  for (const other of ownReleases()) {
    const own = tacticOf(key, other);
    if (own === null) continue;
    const tactics = counterparts(own, release);
    if (tactics.length > 0) return { resolved: true, asTagged: nameOrId, own, tactics };
    const reason = `${titleOf(release)} has no tactic ${quoted(nameOrId)}; ${titleOf(other)} does.`;
    return unresolved(nameOrId, 'other-release', reason);
  }
  return unresolved(nameOrId, 'unknown', `${titleOf(release)} has no tactic ${quoted(nameOrId)}.`);
}

/** An id in upper case or a short name; null for what can be neither. */
function keyOf(text: string): string | null {
  if (/^TA\d{4}$/i.test(text)) return text.toUpperCase();
  const key = text
    .slice(0, 100)
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[\s_]/g, '-');
  return /^[a-z]+(-[a-z]+){0,9}$/.test(key) ? key : null;
}

function tacticOf(key: string, release: AttackRelease): AttackTactic | null {
  const { tacticsById, tacticsByShortname } = indexOf(release);
  return tacticsById.get(key) ?? tacticsByShortname.get(key) ?? null;
}

/** The tactics of a release that a tactic of another release became, or was made of. */
function counterparts(own: AttackTactic, release: AttackRelease): readonly AttackTactic[] {
  const kin = new Set([own.id]);
  for (const other of ownReleases()) {
    for (const { id, shortname, replaces = [] } of other.tactics) {
      if (replaces.includes(own.shortname) || own.replaces?.includes(shortname)) kin.add(id);
    }
  }
  return release.tactics.filter((tactic) => kin.has(tactic.id));
}
