import { VALUE_RULES } from './tables.ts';
import type { Form, ValueRule } from './types.ts';
import { lowerPieces, piecesOf } from './wildcards.ts';

const rulesByField = new Map<string, ValueRule[]>();
for (const rule of VALUE_RULES) {
  for (const field of rule.fields) rulesByField.set(field, [...(rulesByField.get(field) ?? []), rule]);
}

/**
 * The form with its value in the one way of writing that is counted (`data/values.json`). `isOwn`: the field was
 * called by its canonical name.
 */
export function canonicalValue(form: Form, isOwn: boolean): Form {
  const rules = form.field === null ? undefined : rulesByField.get(form.field);
  if (rules === undefined || form.value === '') return form;
  let result = form;
  for (const rule of rules) {
    if (rule.ops === undefined || rule.ops.includes(result.op)) result = change(result, rule, isOwn);
  }
  return result;
}

function change(form: Form, rule: ValueRule, isOwn: boolean): Form {
  switch (rule.change) {
    case 'prefix':
      return withPrefix(form, rule.from, rule.to);
    case 'component':
      return withComponent(form, rule.from, rule.to);
    case 'names':
      return { ...form, value: nameIn(rule.names, form.value) };
    case 'ending':
      return { ...form, value: withoutEnding(form.value, rule.from) };
    case 'hexadecimal':
      return { ...form, value: hexadecimal(form.value) };
    case 'decimal':
      return { ...form, value: String(numberOf(form.value) ?? form.value) };
    case 'registry-data':
      return { ...form, value: registryData(form.value, isOwn) };
    case 'any-drive':
      return anyDrive(form);
  }
}

/** A name is a whole one where a separator, a wildcard or nothing follows it. */
function withPrefix(form: Form, from: readonly string[], to: string): Form {
  // What a regex or a whole word begins with is not known to be the beginning of the path.
  if (form.op === 'regex' || form.op === 'term') return form;
  const value = form.value.toLowerCase();
  const found = from.find((name) => {
    const rest = value.charAt(name.length);
    return value.startsWith(name.toLowerCase()) && (rest === '' || rest === '\\');
  });
  return found === undefined ? form : { ...form, value: to + form.value.slice(found.length) };
}

/** Components that are patterns, such as `ControlSet*`, hold in wildcards; those of plain text anywhere. */
function withComponent(form: Form, from: readonly string[], to: string): Form {
  if (form.op === 'regex' || form.op === 'term') return form;
  const lower = form.value.toLowerCase();
  const found = from.find((name) => lower.includes(name.toLowerCase()));
  if (found === undefined) return form;
  const isWild = form.op === 'wildcard';
  const value = form.value
    .split('\\')
    .map((part) => (from.some((name) => sameText(name, part)) ? to : part))
    .join('\\');
  if (!isWild || value === form.value) return { ...form, value };
  // `A\\*ControlSet*\B`: the backslash was doubled for the wildcard that is gone.
  const pieces = piecesOf({ op: 'wildcard', value: value.replaceAll(`\\\\${to}`, `\\${to}`) });
  return pieces === null ? form : { ...form, ...lowerPieces(pieces) };
}

function sameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

const folded = new Map<Readonly<Record<string, string>>, ReadonlyMap<string, string>>();

function nameIn(names: Readonly<Record<string, string>>, value: string): string {
  const known =
    folded.get(names) ?? new Map(Object.entries(names).map(([name, to]) => [name.toLowerCase(), to]));
  folded.set(names, known);
  return known.get(value.toLowerCase()) ?? value;
}

function withoutEnding(value: string, endings: readonly string[]): string {
  const found = endings.find((ending) => value.length > ending.length && value.endsWith(ending));
  return found === undefined ? value : value.slice(0, -found.length);
}

/** `5136` and `0x00001410` are `0x1410`; what is no number stays. */
function hexadecimal(value: string): string {
  const number = numberOf(value);
  return number === null ? value : `0x${number.toString(16)}`;
}

function numberOf(value: string): bigint | null {
  return /^(?:0x[0-9a-f]{1,16}|\d{1,20})$/i.test(value) ? BigInt(value.toLowerCase()) : null;
}

const DWORD_MAX = 0xffff_ffffn;

/**
 * Registry data as Sysmon writes it. A number means a DWORD where another product says it; in Sysmon's own words a
 * bare number is a text.
 */
function registryData(value: string, isOwn: boolean): string {
  const typed = /^(?:REG_)?DWORD \(?(0x[0-9a-f]{1,8})\)?$/i.exec(value);
  const number = typed?.[1] === undefined ? (isOwn ? null : numberOf(value)) : BigInt(typed[1].toLowerCase());
  if (number === null || number > DWORD_MAX) return value;
  return `DWORD (0x${number.toString(16).padStart(8, '0')})`;
}

/** `?:\Windows\x.exe` is any path that ends with `:\Windows\x.exe`: no other component can hold a colon. */
function anyDrive(form: Form): Form {
  const pieces = piecesOf(form);
  const [drive, rest] = pieces ?? [];
  if (pieces === null || drive === undefined || !('wild' in drive) || drive.wild !== '?') return form;
  if (rest === undefined || !('text' in rest) || !rest.text.startsWith(':\\')) return form;
  return { ...form, ...lowerPieces([{ wild: '*' }, ...pieces.slice(1)]) };
}
