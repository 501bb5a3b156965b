import { LANGUAGES, type LanguageId } from '@rulescope/logic';
import { nameInText } from '../events/event-names.ts';
import { EVENT_NAMES } from '../events/tables.ts';
import type { EventScope } from './scope.ts';
import type { Form } from './types.ts';

/** The canonical name of the field that tells which event of its provider an event is. */
export const EVENT_ID = 'EventID';

/** The names of the number of an event, in lower case, by the platform. */
const namesOfPlatform: Record<string, Set<string>> = {};
for (const { platform, field, as, beside } of EVENT_NAMES) {
  if (as !== EVENT_ID || beside !== undefined) continue;
  namesOfPlatform[platform] = (namesOfPlatform[platform] ?? new Set()).add(field.toLowerCase());
}

/**
 * A test on which event it is as all languages share it: `EventID` equals `PROVIDER/ID`, such as
 * `Microsoft-Windows-Sysmon/1`. A number says nothing without the provider (equivalence rules, 61), so that a test is
 * shared only where the events of the scope tell one; null elsewhere.
 */
export function eventIdForm(form: Form, { language, events }: EventScope): Form | null {
  const asked = form.field === null ? inText(form, language) : { name: form.field, value: form.value };
  if (asked === null || !isEventId(asked.name, language)) return null;
  if (form.field !== null && form.op !== 'eq') return null;
  const ending = `/${asked.value}`;
  const found = new Set(events.filter((event) => event.endsWith(ending) && event !== ending));
  const [event] = found;
  if (event === undefined || found.size !== 1) return null;
  return { field: EVENT_ID, op: 'eq', value: event };
}

/** `TERM(EventCode=4688)` and `"<EventID>4688<"` name an event in its text. */
function inText(
  { op, value }: Form,
  language: LanguageId,
): { readonly name: string; readonly value: string } | null {
  if (language !== 'spl' || (op !== 'term' && op !== 'contains')) return null;
  const named = nameInText(value);
  return named === null ? null : { name: named.field, value: named.value };
}

function isEventId(name: string, language: LanguageId): boolean {
  return name === EVENT_ID || namesOfPlatform[LANGUAGES[language].platform]?.has(name.toLowerCase()) === true;
}
