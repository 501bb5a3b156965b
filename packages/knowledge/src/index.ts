export { SIGMA_FIELDS, type SigmaFields } from './data/sigma-fields.ts';
export { canonicalField } from './fields.ts';
export type { Logsource, LogsourcePattern } from './logsource.ts';
