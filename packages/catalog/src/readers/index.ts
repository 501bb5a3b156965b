import { armoryFormat } from './armory.ts';
import { elasticExportFormat } from './elastic/export.ts';
import { elasticFormat } from './elastic/index.ts';
import { glanceAt } from './glance.ts';
import { kustoMarkdownFormat } from './kusto-markdown.ts';
import { kustoPlainFormat } from './kusto-plain.ts';
import type { FileRole, RuleFormat } from './reader.ts';
import { savedSearchesFormat } from './savedsearches.ts';
import { securityContentFormat } from './security-content.ts';
import { sentinelArmFormat } from './sentinel-arm.ts';
import { sentinelYamlFormat } from './sentinel-yaml.ts';
import { sigmaFormat } from './sigma.ts';
import { splFormat } from './spl.ts';

/** The formats of rule files that are read: a new one is a file of its own and a line here. */
const FORMATS: readonly RuleFormat[] = [
  elasticFormat,
  splFormat,
  savedSearchesFormat,
  securityContentFormat,
  armoryFormat,
  sentinelYamlFormat,
  sentinelArmFormat,
  elasticExportFormat,
  sigmaFormat,
  kustoPlainFormat,
  kustoMarkdownFormat,
];

/** What a file was found to be. */
export interface Recognised {
  readonly format: RuleFormat;
  readonly role: FileRole;
}

/** Whether any format has files of this name. */
export function isRulePath(path: string): boolean {
  return FORMATS.some((format) => format.matches(path));
}

/** Whether files of this name may hold rules of some format, and anything else as well. */
export function mayBeRulePath(path: string): boolean {
  return !isRulePath(path) && FORMATS.some((format) => format.mayMatch?.(path) === true);
}

/** The kinds of files that reading some formats depends on, each once. */
export const CONTEXTS: readonly NonNullable<RuleFormat['context']>[] = [
  ...new Set(FORMATS.map(({ context }) => context).filter((context) => context !== undefined)),
];

/** The format of texts of a language; null where none has the language alone. */
export function formatOfLanguage(language: string): RuleFormat | null {
  return FORMATS.find((format) => format.language === language) ?? null;
}

/**
 * The format of a file, by its name and a look at its text: the first that says yes. A file that was named itself
 * (`isNamed`) may have any name, and a text that came from elsewhere has none. Null where no format knows it.
 */
export function recognise(path: string, text: string, isNamed = true): Recognised | null {
  const glance = glanceAt(path, text);
  for (const format of candidates(path, isNamed)) {
    const role = format.recognises(glance);
    if (role !== null) return { format, role };
  }
  return null;
}

function candidates(path: string, isNamed: boolean): readonly RuleFormat[] {
  const named = path === '' ? [] : FORMATS.filter((format) => format.matches(path));
  if (named.length > 0) return named;
  const possible = FORMATS.filter((format) => format.mayMatch?.(path) === true);
  return isNamed ? [...possible, ...FORMATS] : possible;
}
