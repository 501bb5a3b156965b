import attack18 from '../data/attack-18.1.json' with { type: 'json' };
import attack19 from '../data/attack-19.1.json' with { type: 'json' };
import type { AttackRelease } from './model.ts';

/** The releases that come with Rulescope, oldest first. */
export const ATTACK_VERSIONS = ['18.1', '19.1'] as const;
export type AttackVersion = (typeof ATTACK_VERSIONS)[number];

/** A test holds the files to the schema of a release: the compiler only sees their widened types. */
const releases: Readonly<Record<AttackVersion, AttackRelease>> = {
  '18.1': attack18 as AttackRelease,
  '19.1': attack19 as AttackRelease,
};

/** The release that rules are resolved against where nobody asks for another. */
export const DEFAULT_ATTACK_VERSION: AttackVersion = '19.1';

/**
 * A release of ATT&CK that comes with Rulescope. 18.1 is MITRE's; 19.1 is derived from it and from the changes
 * that were published with version 19, and says so in `derived`.
 */
export function attackRelease(version: AttackVersion): AttackRelease {
  return releases[version];
}
