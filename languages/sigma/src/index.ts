export { diagnosticCodes } from './diagnostic-codes.ts';
export { language, queryOf } from './language.ts';
export { linkSigma } from './link.ts';
export { readSigma } from './read.ts';
export type {
  RuleReference,
  SigmaFile,
  SigmaKind,
  SigmaLogsource,
  SigmaMetadata,
  SigmaRelated,
  SigmaRule,
} from './rule.ts';
