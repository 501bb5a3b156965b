export { type AttackObjectKind, type AttackTag, attackTag } from './attack.ts';
export { ATTACK_TACTICS, type AttackTactic } from './data/attack-tactics.ts';
export { SIGMA_FIELDS, type SigmaFields } from './data/sigma-fields.ts';
export { canonicalField } from './fields.ts';
export type { Logsource, LogsourcePattern } from './logsource.ts';
