import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import schema from '../schema/result.schema.json' with { type: 'json' };
import type {
  Diagnostic,
  Exclusion,
  Indicator,
  LocatedQuery,
  NestedQuery,
  Query,
  Result,
  Source,
  Stage,
  Term,
  Test,
  UnknownText,
} from '../src/index.ts';
import { emptyQuery, LANGUAGE_IDS, OPERATORS, SCHEMA_VERSION, STAGE_KINDS } from '../src/index.ts';

const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(schema);
const problems = (value: unknown): unknown => (validate(value) ? [] : validate.errors);

/** Each type's keys: a key that is added to a type or taken from it is a type error here. */
const KEYS = {
  query: {
    id: 1,
    title: 1,
    language: 1,
    understood: 1,
    sources: 1,
    where: 1,
    stages: 1,
    indicators: 1,
    exclusions: 1,
    terms: 1,
    diagnostics: 1,
  } satisfies Record<keyof Query, 1>,
  result: { schema: 1, queries: 1 } satisfies Record<Exclude<keyof Result, keyof Query>, 1>,
  locatedQuery: { offset: 1, standalone: 1 } satisfies Record<Exclude<keyof LocatedQuery, keyof Query>, 1>,
  nestedQuery: { negated: 1 } satisfies Record<Exclude<keyof NestedQuery, keyof Query>, 1>,
  source: { kind: 1, value: 1 } satisfies Record<keyof Source, 1>,
  stage: {
    index: 1,
    name: 1,
    kind: 1,
    text: 1,
    spans: 1,
    understood: 1,
    where: 1,
    queries: 1,
  } satisfies Record<keyof Stage, 1>,
  unknown: { text: 1, span: 1 } satisfies Record<keyof UnknownText, 1>,
  test: {
    field: 1,
    canonical: 1,
    through: 1,
    op: 1,
    values: 1,
    quantifier: 1,
    caseSensitive: 1,
    transforms: 1,
    expanded: 1,
    flags: 1,
    anchored: 1,
    literals: 1,
    derived: 1,
    implied: 1,
    via: 1,
    span: 1,
  } satisfies Record<keyof Test, 1>,
  indicator: { path: 1 } satisfies Record<Exclude<keyof Indicator, keyof Test>, 1>,
  exclusion: { where: 1, path: 1 } satisfies Record<keyof Exclusion, 1>,
  term: { value: 1, polarity: 1, path: 1 } satisfies Record<keyof Term, 1>,
  diagnostic: {
    severity: 1,
    code: 1,
    message: 1,
    span: 1,
    line: 1,
    column: 1,
  } satisfies Record<keyof Diagnostic, 1>,
};

describe('the schema and the types', () => {
  it.each(Object.entries(KEYS))('name the same keys of %s', (name, keys) => {
    const definition = schema.$defs[name as keyof typeof KEYS];
    const inSchema = Object.keys(definition.properties);
    // `id` is written with each kind of query, since not all of them must have one.
    const inType = name === 'query' ? Object.keys(keys).filter((key) => key !== 'id') : Object.keys(keys);
    expect(inSchema.filter((key) => key !== 'id').sort()).toEqual(inType.sort());
  });

  it('list the same languages, operators and stage kinds', () => {
    expect(schema.$defs.query.properties.language.enum).toEqual([...LANGUAGE_IDS, null]);
    expect(schema.$defs.test.properties.op.enum).toEqual(OPERATORS);
    expect(schema.$defs.stage.properties.kind.enum).toEqual(STAGE_KINDS);
    expect(schema.$defs.result.properties.schema.const).toBe(SCHEMA_VERSION);
  });
});

const eq: Test = {
  field: 'Image',
  canonical: 'Image',
  through: ['lower'],
  op: 'contains',
  values: ['-q', 3, true],
  quantifier: 'all',
  caseSensitive: false,
  transforms: ['windash'],
  expanded: [['-q', '/q'], ['3'], ['true']],
  derived: false,
  implied: true,
  via: 'macro:m',
  span: [0, 4],
};
const regex: Test = {
  field: null,
  through: [],
  op: 'regex',
  values: ['ab+'],
  quantifier: 'any',
  caseSensitive: null,
  transforms: [],
  flags: 'i',
  anchored: true,
  literals: [['ab']],
  derived: true,
  implied: false,
  via: null,
  span: [4, 9],
};
const stage: Stage = {
  index: 0,
  name: 'where',
  kind: 'filter',
  text: 'text',
  spans: [
    [0, 4],
    [6, 8],
  ],
  understood: 'partial',
  where: {
    and: [{ or: [{ test: eq }, { not: { test: regex } }] }, { unknown: { text: '`m`', span: [1, 2] } }],
  },
  queries: [
    { ...emptyQuery('spl', 'none'), negated: true },
    { ...emptyQuery('eql', 'full'), id: 'step' },
  ],
};
const query: LocatedQuery = {
  ...emptyQuery('kql', 'partial'),
  id: null,
  offset: 7,
  standalone: false,
  sources: [{ kind: 'table', value: 'SecurityEvent' }],
  where: { test: eq },
  stages: [stage],
  indicators: [{ ...eq, path: '/stages/0' }],
  exclusions: [{ where: { test: regex }, path: '/stages/0/queries/1/stages/2' }],
  terms: [
    { value: 'a', polarity: 'include', path: '/stages/0' },
    { value: 'b', polarity: 'exclude', path: '/stages/0' },
  ],
  diagnostics: [{ severity: 'warning', code: 'kql-odd', message: 'Odd.', span: [0, 0], line: 1, column: 1 }],
};
const { offset: _offset, standalone: _standalone, ...bare } = query;
const result: Result = { schema: 1, ...bare, queries: [query, query] };

describe('the schema', () => {
  it('accepts every construct of the model', () => {
    expect(problems(result)).toEqual([]);
  });

  const withTest = (test: unknown): unknown => ({ ...result, where: { test } });
  it.each<[string, unknown]>([
    ['a key that is not of the model', { ...result, extra: 1 }],
    ['an unknown key of a test', withTest({ ...eq, extra: 1 })],
    ['an unknown key of a stage', { ...result, stages: [{ ...stage, extra: 1 }] }],
    ['two kinds of expression in one', { ...result, where: { and: [], or: [] } }],
    ['a test without a span', withTest({ ...eq, span: undefined })],
    ['an operator that is not of the model', withTest({ ...eq, op: 'neq' })],
    ['values of exists', withTest({ ...eq, op: 'exists' })],
    ['flags of a test that is no regex', withTest({ ...eq, flags: 'i' })],
    ['expanded literals without a transform', withTest({ ...eq, transforms: [] })],
    ['a number as the name of a field', withTest({ ...eq, op: 'field_eq' })],
    [
      'a path that points to no stage',
      { ...result, terms: [{ value: 'a', polarity: 'include', path: '/x' }] },
    ],
    ['another version', { ...result, schema: 2 }],
    ['where left out', { ...result, where: undefined }],
    ['an offset in the result itself', { ...result, offset: 0 }],
    ['a span of three', { ...result, stages: [{ ...stage, spans: [[0, 1, 2]] }] }],
  ])('refuses %s', (_name, value) => {
    expect(validate(JSON.parse(JSON.stringify(value)))).toBe(false);
  });
});
