import type { AttackRelease, AttackTactic, AttackTechnique } from './model.ts';
import { ATTACK_VERSIONS, attackRelease } from './releases.ts';

/** The rows of a release by what they are looked up by. */
interface ReleaseIndex {
  readonly techniques: ReadonlyMap<string, AttackTechnique>;
  readonly tacticsById: ReadonlyMap<string, AttackTactic>;
  readonly tacticsByShortname: ReadonlyMap<string, AttackTactic>;
}

/** Why something that a rule names is not in a release. */
export interface Unresolved {
  readonly resolved: false;
  readonly asTagged: string;
  readonly code: UnresolvedCode;
  /** A sentence for a reader. */
  readonly reason: string;
}

export type UnresolvedCode =
  /** It is written as nothing in ATT&CK is. */
  | 'malformed'
  /** No release that we know has it. */
  | 'unknown'
  /** Another release that we know has it, this one does not. */
  | 'other-release'
  /** What replaced it was replaced by it in turn: the release contradicts itself. */
  | 'circular';

const indexes = new WeakMap<AttackRelease, ReleaseIndex>();

/** The index of a release: made when it is first asked for, and kept as long as the release. */
export function indexOf(release: AttackRelease): ReleaseIndex {
  const known = indexes.get(release);
  if (known !== undefined) return known;
  const index = {
    techniques: new Map(release.techniques.map((technique) => [technique.id, technique])),
    tacticsById: new Map(release.tactics.map((tactic) => [tactic.id, tactic])),
    tacticsByShortname: new Map(release.tactics.map((tactic) => [tactic.shortname, tactic])),
  };
  indexes.set(release, index);
  return index;
}

/** Our own releases, the newest first: where to look for what another release does not have. */
export function ownReleases(): readonly AttackRelease[] {
  return ATTACK_VERSIONS.map(attackRelease).reverse();
}

/** A release as a sentence names it. */
export function titleOf(release: AttackRelease): string {
  return release.version === null ? 'this release of ATT&CK' : `ATT&CK ${release.version}`;
}

export function unresolved(asTagged: string, code: UnresolvedCode, reason: string): Unresolved {
  return { resolved: false, asTagged, code, reason };
}

/** What a rule wrote, short enough for a sentence. */
export function quoted(text: string): string {
  return `\`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\``;
}
