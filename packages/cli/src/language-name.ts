import { languages } from '@rulescope/catalog';
import type { LanguageId } from '@rulescope/logic';
import { usageError } from './errors.ts';

/** What people call a language beside its id. Elastic's KQL is `kuery`; `kql` is Kusto's. */
const OTHER_NAMES: ReadonlyMap<string, LanguageId> = new Map([
  ['splunk', 'spl'],
  ['kusto', 'kql'],
  ['es|ql', 'esql'],
]);

/** The ids of the languages, for a message. */
export const LANGUAGE_LIST = languages.map(({ id }) => id).join(', ');

/** The id of a language by its id or another name, in any case; null for what is none. */
export function languageNamed(name: string): LanguageId | null {
  const lower = name.trim().toLowerCase();
  return languages.find(({ id }) => id === lower)?.id ?? OTHER_NAMES.get(lower) ?? null;
}

/** The language that `--language` says; null without it. Throws a usage error where it is none. */
export function languageFlag(name: string | undefined): LanguageId | null {
  if (name === undefined) return null;
  const language = languageNamed(name);
  if (language === null) {
    throw usageError(`The language ${JSON.stringify(name)} cannot be read; use one of: ${LANGUAGE_LIST}.`);
  }
  return language;
}
