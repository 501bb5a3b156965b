import type { LanguageId } from '@rulescope/logic';
import { WINLOG } from './names.ts';
import { isFieldOfEvents, isInCrosswalk, parentsOf } from './names-index.ts';
import { NATIVE_NAMES, SELECTORS } from './tables.ts';
import type { FieldStatus } from './types.ts';

const selectors = new Set(SELECTORS.flatMap(({ fields, values }) => (values === undefined ? fields : [])));
/** Fields that select by some of their values: `Category` of Azure's records tells the log, or the kind of a change. */
const selectedValues = new Map(
  SELECTORS.flatMap(({ fields, values }) =>
    values === undefined
      ? []
      : fields.map((field) => [field, new Set(values.map((value) => value.toLowerCase()))] as const),
  ),
);
const ofLanguage = new Map<LanguageId, Set<string>>();
for (const { languages, names } of NATIVE_NAMES) {
  for (const language of languages) {
    const known = ofLanguage.get(language) ?? new Set();
    ofLanguage.set(language, new Set([...known, ...names]));
  }
}

/** Whether a field, or this value of it, says which events to look at, and nothing of what is looked for. */
export function isSelector(field: string, value: string | null = null): boolean {
  return (
    selectors.has(field) || (value !== null && selectedValues.get(field)?.has(value.toLowerCase()) === true)
  );
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
