/**
 * A release of MITRE ATT&CK for enterprises, ids and names only: what the data files `src/data/attack-*.json`
 * hold, and what `readStixBundle` makes of a bundle.
 */
export interface AttackRelease {
  /** Such as `19.1`; null where a bundle does not say. */
  readonly version: string | null;
  /** True where it was worked out from an earlier release and the stated changes: say so where it is shown. */
  readonly derived: boolean;
  /** What it was made from, for a reader. */
  readonly source: string;
  /** In the order of the matrix's columns. */
  readonly tactics: readonly AttackTactic[];
  /** By id. Techniques and sub-techniques, those no longer in force included. */
  readonly techniques: readonly AttackTechnique[];
}

/** A tactic: a column of the matrix. */
export interface AttackTactic {
  /** Such as `TA0005`. An id can outlive a name: TA0005 was Defense Evasion and is Stealth. */
  readonly id: string;
  /** As Sigma tags spell it: lower case, words joined by hyphens. */
  readonly shortname: string;
  readonly name: string;
  /** Short names of tactics of earlier releases that it took over, whole or in part. */
  readonly replaces?: readonly string[];
}

/** A technique (`T1218`) or a sub-technique (`T1218.007`). */
export interface AttackTechnique {
  readonly id: string;
  /** Its own name, without its parent's. */
  readonly name: string;
  /** The id of the technique that it is a part of. Only sub-techniques have one. */
  readonly parent?: string;
  /** Short names of its tactics, in the order of the matrix. Empty where `revokedBy` says what took its place. */
  readonly tactics: readonly string[];
  /** Absent while it is in force. A revoked one was replaced; a deprecated one was given up. */
  readonly status?: 'deprecated' | 'revoked';
  /** The id that took its place: itself perhaps revoked in turn. */
  readonly revokedBy?: string;
}
