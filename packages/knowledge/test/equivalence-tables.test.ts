import { OPERATORS } from '@rulescope/logic';
import { describe, expect, test } from 'vitest';
import { classOf } from '../src/equivalence/scope.ts';
import {
  ALIASES,
  CLASS_RULES,
  FILE_ENDINGS,
  FUNCTION_NAMES,
  NAMESAKES,
  NATIVE_NAMES,
  PART_RULES,
  SELECTORS,
  VALUE_RULES,
} from '../src/equivalence/tables.ts';
import { EVENTS, FIELDS, LOGSOURCES } from '../src/events/tables.ts';
import { SIGMA_FIELDS } from '../src/fields.ts';

type Row = Readonly<Record<string, unknown>>;

const TABLES: readonly (readonly [string, readonly Row[], readonly string[], readonly string[]])[] = [
  [
    'values',
    VALUE_RULES as never,
    ['row', 'title', 'fields', 'change', 'source'],
    ['ops', 'from', 'to', 'names'],
  ],
  [
    'parts',
    PART_RULES as never,
    ['row', 'title', 'ops', 'op', 'source'],
    ['part', 'names', 'textOf', 'fields', 'before', 'oneWord', 'listed', 'relation'],
  ],
  ['classes', CLASS_RULES as never, ['class', 'source'], ['sources', 'tests', 'instead', 'place']],
  [
    'aliases',
    ALIASES as never,
    ['row', 'title', 'names', 'field', 'source'],
    ['class', 'event', 'part', 'relation'],
  ],
  [
    'namesakes',
    NAMESAKES as never,
    ['title', 'field', 'as', 'source'],
    ['row', 'relation', 'class', 'events'],
  ],
  ['file-endings', FILE_ENDINGS as never, ['system', 'title', 'endings', 'source'], []],
  ['functions', FUNCTION_NAMES as never, ['title', 'names', 'as', 'source'], ['foldsCase']],
  ['selectors', SELECTORS as never, ['title', 'fields', 'source'], ['values']],
  ['native', NATIVE_NAMES as never, ['title', 'languages', 'names', 'source'], []],
];

const canonical = new Set([
  ...SIGMA_FIELDS.flatMap(({ fields }) => fields),
  ...FIELDS.map(({ field }) => field),
]);
const parts = new Set(FIELDS.flatMap(({ names }) => names.map(({ part }) => part)));

describe.each(TABLES)('the table %s', (_, rows, required, optional) => {
  test('has rows of one shape, each with its source', () => {
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(expect.arrayContaining([...required]));
      expect(Object.keys(row).filter((key) => !required.includes(key) && !optional.includes(key))).toEqual(
        [],
      );
      expect(String(row.source)).not.toBe('');
    }
  });

  test('has no row twice', () => {
    expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length);
  });
});

test('operators are those of the model', () => {
  const used = [
    ...VALUE_RULES.flatMap(({ ops = [] }) => ops),
    ...PART_RULES.flatMap(({ ops, op }) => [...ops, op]),
  ];
  expect(used.filter((op) => !OPERATORS.includes(op))).toEqual([]);
});

test('fields are canonical ones, or names of events', () => {
  const ofEvents = new Set(EVENTS.flatMap(({ fields }) => fields));
  const apart = new Set(NAMESAKES.map(({ as }) => as));
  const fields = [...NAMESAKES, ...ALIASES]
    .map(({ field }) => field)
    .concat(VALUE_RULES.flatMap(({ fields: own }) => own));
  expect(
    fields.filter((field) => !canonical.has(field) && !ofEvents.has(field) && !apart.has(field)),
  ).toEqual([]);
});

test('a namesake is one of a class, or of events', () => {
  for (const row of NAMESAKES) expect(row.class === undefined).toBe(row.events !== undefined);
});

test('parts are those of the crosswalk', () => {
  const used = [...PART_RULES, ...ALIASES].flatMap(({ part }) => (part === undefined ? [] : [part]));
  expect(used.filter((part) => !parts.has(part) && part !== 'SHA-1')).toEqual([]);
  for (const rule of PART_RULES)
    expect([rule.part, rule.names, rule.textOf].filter((it) => it !== undefined)).toHaveLength(1);
});

test('an ending is of one system, and a place of the crosswalk', () => {
  const endings = FILE_ENDINGS.flatMap((row) => row.endings);
  expect(new Set(endings).size).toBe(endings.length);
  expect(endings.filter((it) => !/^[a-z][a-z0-9-]*$/.test(it))).toEqual([]);
  const places = new Set(FIELDS.flatMap(({ names }) => names.map((name) => name.in)));
  const named = CLASS_RULES.flatMap(({ place }) => (place === undefined ? [] : [place]));
  expect(named.filter((place) => !places.has(place))).toEqual([]);
  const schemas = [...places].filter((place) => place.startsWith('ASIM '));
  expect(schemas.filter((place) => !named.includes(place))).toEqual([]);
});

test('a change has what it needs', () => {
  for (const rule of VALUE_RULES) {
    if (rule.change === 'prefix' || rule.change === 'component') {
      expect(rule.from.length).toBeGreaterThan(0);
      expect(rule.from).not.toContain(rule.to);
    }
    if (rule.change === 'ending') expect(rule.from.length).toBeGreaterThan(0);
    // What a value is rewritten to is not rewritten again.
    if (rule.change === 'names') {
      const names = new Set(Object.keys(rule.names).map((name) => name.toLowerCase()));
      expect(Object.values(rule.names).filter((value) => names.has(value.toLowerCase()))).toEqual([]);
    }
  }
});

test('classes are categories or services of Sigma’s, or told apart from one by name', () => {
  const known = new Set<string | null>(LOGSOURCES.flatMap(({ category, service }) => [category, service]));
  const own = new Set([
    'inbound_connection',
    'listening_port',
    'file_modification',
    'google_workspace.admin',
  ]);
  const unknown = CLASS_RULES.map(({ class: name }) => name.split('/').at(-1) ?? '').filter(
    (name) => !known.has(name) && !own.has(name),
  );
  expect(unknown).toEqual([]);
});

test('of the fields of one name that logs of several products have, one at most keeps it', () => {
  const owners = new Map<string, Set<string>>();
  for (const row of FIELDS) {
    const name = NAMESAKES.find((it) => it.field === row.field && it.class === classOf(row))?.as ?? row.field;
    const known = owners.get(name.toLowerCase()) ?? new Set();
    owners.set(name.toLowerCase(), known.add(row.product ?? ''));
  }
  expect([...owners].filter(([, products]) => products.size > 1).map(([name]) => name)).toEqual([]);
});

test('a function has one name in indicators, which is none that means another', () => {
  const names = FUNCTION_NAMES.flatMap((row) => row.names);
  expect(new Set(names).size).toBe(names.length);
  for (const { names: own, as } of FUNCTION_NAMES) {
    expect(as === null || own.includes(as) || !names.includes(as)).toBe(true);
  }
});
