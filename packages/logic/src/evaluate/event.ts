import type { Value } from '../model.ts';

export type EventValue = Value | null;

/** One event: the values of its fields, a list where a field has several. */
export type FlatEvent = Readonly<Record<string, EventValue | readonly EventValue[]>>;

export function hasField(event: FlatEvent, field: string): boolean {
  return Object.hasOwn(event, field);
}

/** The values of a field, nulls left out; none where the event has no such field. */
export function valuesOf(event: FlatEvent, field: string): readonly Value[] {
  return hasField(event, field) ? withoutNulls(event[field] ?? null) : [];
}

/** The values of all fields, for tests that search the whole event. */
export function allValuesOf(event: FlatEvent): readonly Value[] {
  return Object.values(event).flatMap(withoutNulls);
}

/** Whether the event lacks the field, or has it without a value. */
export function isNull(event: FlatEvent, field: string): boolean {
  if (!hasField(event, field)) return true;
  const content = event[field] ?? null;
  return isList(content) ? content.length === 0 || content.includes(null) : content === null;
}

function withoutNulls(content: EventValue | readonly EventValue[]): readonly Value[] {
  if (isList(content)) return content.filter((value) => value !== null);
  return content === null ? [] : [content];
}

function isList(content: EventValue | readonly EventValue[]): content is readonly EventValue[] {
  return Array.isArray(content);
}
