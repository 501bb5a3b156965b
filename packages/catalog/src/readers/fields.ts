/** The values of a rule file by key, as YAML, TOML or JSON gives them; nothing is known of their types. */
export type Fields = Readonly<Record<string, unknown>>;

/** A text that is not empty; numbers as they are written. Null for anything else, and for what YAML calls null. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' || text === 'null' || text === '~' ? null : text;
}

/** The texts of a list; of a single value that one. What is no text is left out. */
export function textsOf(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.map(textOf).filter((text) => text !== null);
}

/** A number, or a text that is one. */
export function numberOf(value: unknown): number | null {
  const text = textOf(value);
  const number = text === null ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}

/** A map; an empty one where the value is none. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** The maps of a list. */
export function fieldsList(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
