export { buildCatalog } from './build/build.ts';
export { CONFIG_NAME, type Config, parseConfig, readConfig, sourceFor, sourcesFor } from './config.ts';
export { diagnosticCodes } from './diagnostic-codes.ts';
export { CatalogError, type CatalogErrorCode, ConfigError, type ConfigIssue } from './errors.ts';
export { eventValue } from './facets/events.ts';
export { languages } from './languages.ts';
export { openCatalog } from './open.ts';
export * from './types.ts';
