import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, visit } from 'yaml';

/*
 * A count of a Sigma corpus that shares nothing with Rulescope: no code of it, and no approach. It reads each
 * document into plain objects with the `yaml` package, walks the detection's values, makes of every
 * `field|modifiers: value` an operator and a lower-cased value by a table, and tells whether a selection is
 * wanted or not from the plain words of the condition: how many `not`s stand before it, those before an
 * opening parenthesis included. It knows no more of Sigma than the corpus uses.
 */

/** A rule by its place, `file#number`, and the keys (`+` or `-`, field, operator, value, encoding) that it tests. */
export interface NaiveRule {
  readonly place: string;
  readonly keys: ReadonlySet<string>;
  /** Its status is `deprecated` or `unsupported`. */
  readonly retired: boolean;
}

type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };
type JsonMap = { readonly [key: string]: Json };

/** The paths of the rule files of a folder. */
export function ruleFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Every rule of the files. */
export function naiveRules(files: readonly string[]): readonly NaiveRule[] {
  return files.flatMap((file) => {
    let global: JsonMap = {};
    let number = 0;
    return parseAllDocuments(readFileSync(file, 'utf8')).flatMap((document) => {
      // Numbers as they are written: `00000429` is a text for an event.
      visit(document, {
        Scalar: (_, node) => {
          if (typeof node.value === 'number') node.value = node.source;
        },
      });
      const own: unknown = document.toJS();
      if (!isMap(own)) return [];
      const rule = merge(global, own);
      if (own.action === 'global') global = rule;
      if (own.action === 'global' || !isMap(rule.detection)) return [];
      number += 1;
      return [{ place: `${file}#${number - 1}`, keys: keysOf(rule.detection), retired: isRetired(rule) }];
    });
  });
}

/** How many of the rules test each key. */
export function countKeys(rules: readonly NaiveRule[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { keys } of rules) for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

export function keyOf(
  sign: '+' | '-',
  field: string | null,
  op: string,
  value: string,
  encoding = '',
): string {
  const folded = op === 'regex' ? value : value.toLowerCase();
  return [sign, field?.toLowerCase() ?? '(any)', op, folded, encoding].join(' ');
}

function isRetired({ status }: JsonMap): boolean {
  return typeof status === 'string' && /^(deprecated|unsupported)$/i.test(status);
}

function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merge(base: JsonMap, own: JsonMap): JsonMap {
  const detection = {
    ...(isMap(base.detection) ? base.detection : {}),
    ...(isMap(own.detection) ? own.detection : {}),
  };
  return { ...base, ...own, ...(Object.keys(detection).length > 0 ? { detection } : {}) };
}

function keysOf(detection: JsonMap): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const [sign, name] of signsOf(detection)) {
    for (const key of selectionKeys(detection[name] ?? null, sign)) keys.add(key);
  }
  return keys;
}

/** The selections that the condition uses, each with `+` or `-`. */
function signsOf(detection: JsonMap): readonly (readonly ['+' | '-', string])[] {
  const names = Object.keys(detection).filter((name) => name !== 'condition' && name !== 'timeframe');
  const condition = detection.condition;
  const conditions = Array.isArray(condition) ? condition.map(String) : [String(condition)];
  return conditions.flatMap((text) => {
    const signs: ['+' | '-', string][] = [];
    // Selections behind the old `| near` are wanted, too; behind `| count() …` there are none.
    const [search = ''] = text.replaceAll(/\| *near /g, ' and ').split('|');
    const words = search.replaceAll('(', ' ( ').replaceAll(')', ' ) ').trim().split(/\s+/);
    const around: boolean[] = [];
    let negated = false;
    let next = false;
    for (let i = 0; i < words.length; i += 1) {
      const word = words[i] ?? '';
      const lower = word.toLowerCase();
      if (lower === 'and' || lower === 'or') continue;
      else if (lower === 'not') next = !next;
      else if (word === '(') {
        around.push(negated);
        negated = negated !== next;
        next = false;
      } else if (word === ')') negated = around.pop() ?? false;
      else {
        const quantified = words[i + 1]?.toLowerCase() === 'of';
        const meant = quantified ? (words[i + 2] ?? '') : word;
        if (quantified) i += 2;
        const pattern = meant === 'them' ? /^[^_]/ : new RegExp(`^${meant.replaceAll('*', '.*')}$`);
        const chosen = names.filter((name) => pattern.test(name));
        // Four unsupported rules have conditions in prose: what they want cannot be told.
        if (chosen.length === 0) return [];
        for (const name of chosen) signs.push([negated !== next ? '-' : '+', name]);
        next = false;
      }
    }
    return signs;
  });
}

function selectionKeys(selection: Json, sign: '+' | '-'): readonly string[] {
  if (Array.isArray(selection)) return selection.flatMap((item: Json) => selectionKeys(item, sign));
  if (!isMap(selection)) return selectionKeys({ '': selection }, sign);
  return Object.entries(selection).flatMap(([written, value]) => {
    const [field = '', ...modifiers] = written.split('|');
    const values: readonly Json[] = Array.isArray(value) ? value : [value];
    const name = field === '' ? null : field;
    const all = name === null ? [...modifiers, 'contains'] : modifiers;
    return values.map((item) => valueKey(name, all, item, sign)).filter((key) => key !== null);
  });
}

const BOUNDS: Readonly<Record<string, string>> = {
  lt: 'lt',
  lte: 'le',
  gt: 'gt',
  gte: 'ge',
  cidr: 'cidr',
  fieldref: 'field_eq',
};
const ENCODINGS: readonly string[] = ['base64', 'base64offset', 'wide', 'utf16'];

function valueKey(
  field: string | null,
  modifiers: readonly string[],
  value: Json,
  sign: '+' | '-',
): string | null {
  const encoding = modifiers.filter((modifier) => ENCODINGS.includes(modifier)).join('|');
  if (value === null) return keyOf(sign, field, 'is_null', '');
  if (modifiers.includes('exists')) return keyOf(value === true ? sign : flip(sign), field, 'exists', '');
  if (modifiers.includes('re')) return keyOf(sign, field, 'regex', String(value));
  const bound = modifiers.find((modifier) => modifier in BOUNDS);
  if (bound !== undefined) return keyOf(sign, field, BOUNDS[bound] ?? '', String(value));
  if (modifiers.includes('expand')) return null;
  return textKey(field, modifiers, String(value), encoding, sign);
}

function flip(sign: '+' | '-'): '+' | '-' {
  return sign === '+' ? '-' : '+';
}

/** A text with wildcards: a backslash before `*`, `?` or a backslash takes their meaning from them. */
function textKey(
  field: string | null,
  modifiers: readonly string[],
  text: string,
  encoding: string,
  sign: '+' | '-',
): string {
  // Wildcards become characters of private use, so that what is left is literal.
  const marked = text.replaceAll(
    /\\([*?\\])|[*?]/g,
    (written, escaped) => escaped ?? (written === '*' ? MANY : ONE),
  );
  const before = modifiers.includes('contains') || modifiers.includes('endswith') ? MANY : '';
  const after = modifiers.includes('contains') || modifiers.includes('startswith') ? MANY : '';
  const pattern = `${before}${marked}${after}`.replaceAll(/\uE000+/g, MANY);
  const literal = pattern.replaceAll(/[\uE000\uE001]/g, '');
  const shape = pattern.replaceAll(/[^\uE000\uE001]+/g, '_');
  const op = {
    '': 'eq',
    _: 'eq',
    [`${MANY}_${MANY}`]: 'contains',
    [`_${MANY}`]: 'starts_with',
    [`${MANY}_`]: 'ends_with',
    [MANY]: 'exists',
  }[shape];
  if (op !== undefined) return keyOf(sign, field, op, literal, encoding);
  // Backslashes before a wildcard or a literal star are doubled, and a literal star or `?` has one.
  const shown = pattern
    .replaceAll(/\\+(?=[*?\uE000\uE001])/g, '$&$&')
    .replaceAll(/[*?]/g, '\\$&')
    .replaceAll(MANY, '*')
    .replaceAll(ONE, '?');
  return keyOf(sign, field, 'wildcard', shown, encoding);
}

const MANY = '\uE000';
const ONE = '\uE001';
