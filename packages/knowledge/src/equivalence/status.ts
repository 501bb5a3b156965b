import type { LanguageId } from '@rulescope/logic';
import { WINLOG } from './names.ts';
import { isFieldOfEvents, isInCrosswalk, parentsOf } from './names-index.ts';
import { NATIVE_NAMES, SELECTORS } from './tables.ts';
import type { FieldStatus } from './types.ts';

const selectors = new Set(SELECTORS.flatMap(({ fields }) => fields));
const ofLanguage = new Map<LanguageId, Set<string>>();
for (const { languages, names } of NATIVE_NAMES) {
  for (const language of languages) {
    const known = ofLanguage.get(language) ?? new Set();
    ofLanguage.set(language, new Set([...known, ...names]));
  }
}

/** Whether a field says which events to look at, and nothing of what is looked for. */
export function isSelector(field: string): boolean {
  return selectors.has(field);
}

/** What is known of a field that the crosswalk leads to no canonical one. */
export function ownStatus(field: string, language: LanguageId): FieldStatus {
  if (selectors.has(field)) return 'native';
  const name = field.replace(WINLOG, '');
  if (isInCrosswalk(name) || isFieldOfEvents(name)) return 'native';
  const names = ofLanguage.get(language);
  if (names?.has(name) === true) return 'native';
  // What a record holds below a field that is known is the product's own.
  return parentsOf(name).some((parent) => isFieldOfEvents(parent) || names?.has(`${parent}.*`) === true)
    ? 'native'
    : 'unknown';
}
