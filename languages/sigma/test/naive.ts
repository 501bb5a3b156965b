/**
 * A second, deliberately plain reading of Sigma for the property tests: it works on the rule as an object and
 * builds a RegExp from every value. It shares no code with the parser or the evaluator.
 */
export type NaiveValue = string | number | boolean | null;
export type NaiveFields = Readonly<Record<string, NaiveValue | readonly NaiveValue[]>>;
type NaiveSelection = NaiveFields | readonly (NaiveFields | string)[];
export type NaiveEvent = Readonly<Record<string, string | number | null>>;
export type NaiveCondition =
  | { readonly and: readonly NaiveCondition[] }
  | { readonly or: readonly NaiveCondition[] }
  | { readonly not: NaiveCondition }
  | { readonly name: string }
  | { readonly count: 'all' | number; readonly prefix: string };
export type NaiveSelections = Readonly<Record<string, NaiveSelection>>;

const regexLetter = (char: string): string => char.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** The value as the source of a RegExp: `*` any text, `?` any character, a backslash escapes those and itself. */
function patternOf(value: string, windash: boolean): string {
  return value.replace(/\\[*?\\]|[*?]|[\s\S]/g, (token, at: number) => {
    if (token === '*') return '[\\s\\S]*';
    if (token === '?') return '[\\s\\S]';
    const char = token.length === 2 ? token.charAt(1) : token;
    const before = value.charAt(at - 1);
    const behind = value.charAt(at + token.length);
    const startsFlag = /[-/]/.test(char) && !/\w/.test(before) && /\w/.test(behind);
    return windash && startsFlag ? '[-/–—―]' : regexLetter(char);
  });
}

function sourceOf(value: string, modifiers: readonly string[]): string {
  const core = patternOf(value, modifiers.includes('windash'));
  const open = '[\\s\\S]*';
  const anywhere = modifiers.includes('contains');
  const before = anywhere || modifiers.includes('endswith') ? open : '';
  const behind = anywhere || modifiers.includes('startswith') ? open : '';
  return `^${before}${core}${behind}$`;
}

function ipv4(text: string): number {
  return text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function inNetwork(address: string, network: string): boolean {
  const [base = '', bits = '0'] = network.split('/');
  const size = 2 ** (32 - Number(bits));
  return (
    /^\d+\.\d+\.\d+\.\d+$/.test(address) && Math.floor(ipv4(address) / size) === Math.floor(ipv4(base) / size)
  );
}

function numberOf(found: string | number): number {
  return /^-?\d+(\.\d+)?$/.test(String(found)) ? Number(found) : Number.NaN;
}

function valueMatches(
  field: string,
  modifiers: readonly string[],
  value: NaiveValue,
  event: NaiveEvent,
): boolean {
  const found = event[field];
  const has = (name: string): boolean => modifiers.includes(name);
  if (has('exists')) return Object.hasOwn(event, field) === value;
  if (value === null) return found === undefined || found === null;
  // A pattern of stars alone asks only that the field is there, as `exists` does.
  const text = !modifiers.some((name) => ['re', 'cidr', 'fieldref', 'lt', 'lte', 'gt', 'gte'].includes(name));
  if (text && /^\^(\[\\s\\S\]\*)+\$$/.test(sourceOf(String(value), modifiers))) return found !== undefined;
  if (found === undefined || found === null) return false;
  if (has('fieldref'))
    return String(found).toLowerCase() === String(event[String(value)] ?? '\0').toLowerCase();
  if (has('lt')) return numberOf(found) < Number(value);
  if (has('lte')) return numberOf(found) <= Number(value);
  if (has('gt')) return numberOf(found) > Number(value);
  if (has('gte')) return numberOf(found) >= Number(value);
  if (has('cidr')) return inNetwork(String(found), String(value));
  if (has('re')) return new RegExp(String(value), `s${has('i') ? 'i' : ''}`).test(String(found));
  return new RegExp(sourceOf(String(value), modifiers), has('cased') ? 'u' : 'iu').test(String(found));
}

function fieldMatches(key: string, values: NaiveFields[string], event: NaiveEvent): boolean {
  const [field = '', ...modifiers] = key.split('|');
  const list = (Array.isArray(values) ? values : [values]) as readonly NaiveValue[];
  const one = (value: NaiveValue): boolean => valueMatches(field, modifiers, value, event);
  const matched = modifiers.includes('all') ? list.every(one) : list.some(one);
  return modifiers.includes('neq') ? !matched : matched;
}

function keywordMatches(keyword: string, event: NaiveEvent): boolean {
  const source = new RegExp(`^[\\s\\S]*${patternOf(keyword, false)}[\\s\\S]*$`, 'iu');
  return Object.values(event).some((found) => found !== null && source.test(String(found)));
}

function selectionMatches(selection: NaiveSelection, event: NaiveEvent): boolean {
  if (Array.isArray(selection)) {
    return selection.some((item) =>
      typeof item === 'string' ? keywordMatches(item, event) : selectionMatches(item, event),
    );
  }
  return Object.entries(selection as NaiveFields).every(([key, values]) => fieldMatches(key, values, event));
}

export function conditionMatches(
  condition: NaiveCondition,
  selections: NaiveSelections,
  event: NaiveEvent,
): boolean {
  const each = (item: NaiveCondition): boolean => conditionMatches(item, selections, event);
  if ('and' in condition) return condition.and.every(each);
  if ('or' in condition) return condition.or.some(each);
  if ('not' in condition) return !each(condition.not);
  if ('name' in condition) return selectionMatches(selections[condition.name] ?? [], event);
  const fitting = Object.keys(selections).filter((name) => name.startsWith(condition.prefix));
  const count = fitting.filter((name) => selectionMatches(selections[name] ?? [], event)).length;
  return condition.count === 'all' ? count === fitting.length : count >= condition.count;
}

/** The condition as Sigma writes it, every part in parentheses. */
export function conditionText(condition: NaiveCondition): string {
  if ('and' in condition) return `(${condition.and.map(conditionText).join(' and ')})`;
  if ('or' in condition) return `(${condition.or.map(conditionText).join(' or ')})`;
  if ('not' in condition) return `not ${conditionText(condition.not)}`;
  return 'name' in condition ? condition.name : `${condition.count} of ${condition.prefix}*`;
}
