/** A tactic of MITRE ATT&CK for enterprises, as Sigma tags name it. */
export interface AttackTactic {
  /** The last part of the tag: lower case, words joined by hyphens. */
  readonly name: string;
  readonly id: string;
  /** The release that retired it, where one did. Rules still carry its tag. */
  readonly retired?: string;
}

/**
 * Sources: Sigma Tags Appendix 2.1.0, "Namespace: attack"; ATT&CK v19.1, tactics (stealth took over TA0005 from
 * defense-evasion, defense-impairment is new; the appendix predates both). Reconnaissance and resource-development
 * are tactics of ATT&CK since v8 that the appendix leaves out.
 */
// biome-ignore format: a table
export const ATTACK_TACTICS: readonly AttackTactic[] = [
  { name: 'reconnaissance', id: 'TA0043' },
  { name: 'resource-development', id: 'TA0042' },
  { name: 'initial-access', id: 'TA0001' },
  { name: 'execution', id: 'TA0002' },
  { name: 'persistence', id: 'TA0003' },
  { name: 'privilege-escalation', id: 'TA0004' },
  { name: 'stealth', id: 'TA0005' },
  { name: 'defense-impairment', id: 'TA0112' },
  { name: 'defense-evasion', id: 'TA0005', retired: '19' },
  { name: 'credential-access', id: 'TA0006' },
  { name: 'discovery', id: 'TA0007' },
  { name: 'lateral-movement', id: 'TA0008' },
  { name: 'collection', id: 'TA0009' },
  { name: 'exfiltration', id: 'TA0010' },
  { name: 'command-and-control', id: 'TA0011' },
  { name: 'impact', id: 'TA0040' },
];
