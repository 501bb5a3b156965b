export type { AttackRelease, EventCoverage, RuleAttack } from '@rulescope/knowledge';
export { noCoverageReason } from './analyse/no-events.ts';
export { readAttackRelease } from './attack-file.ts';
export { contextBeside } from './build/beside.ts';
export { buildCatalog } from './build/build.ts';
export { type RuleFiles, ruleFilesOf } from './build/rule-files.ts';
export type { SourceContext } from './build/source-context.ts';
export * from './build-types.ts';
export { CONFIG_NAME, type Config, parseConfig, readConfig, sourceFor, sourcesFor } from './config.ts';
export { diagnosticCodes } from './diagnostic-codes.ts';
export {
  CatalogError,
  type CatalogErrorCode,
  ConfigError,
  type ConfigIssue,
  reasonOf,
  systemCode,
} from './errors.ts';
export { contextOf, explainedFile, explainFile, type FileText, withCanonicalFields } from './explain.ts';
export { authorsOf } from './facets/authors.ts';
export { coverageOf, eventLabel, eventValue, verdictValue } from './facets/events.ts';
export { missingNames } from './facets/missing.ts';
export { isRetired } from './facets/retired.ts';
export {
  type FileIndicator,
  type FileRule,
  type FileRules,
  notCompared,
  overlapSubject,
  rulesOfFile,
} from './file-rules.ts';
export { GLOSSARY, type GlossaryEntry } from './glossary.ts';
export { languageByName, languageByText, languages } from './languages.ts';
export { openCatalog } from './open.ts';
export * from './overlap-types.ts';
export { type CatalogRecipe, catalogRecipe } from './recipe.ts';
export * from './types.ts';
