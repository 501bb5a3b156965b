import { describe, expect, test } from 'vitest';
import { detectionRule, factsOf, ruleOf, shown, stagesOf } from './elastic-rules.ts';

describe('a condition beside the query', () => {
  const filtered = (filters: readonly unknown[], more = {}) => ruleOf(detectionRule({ filters, ...more }));

  test.each([
    ['match_phrase', { match_phrase: { 'event.code': '4624' } }, is('event.code', 'eq', ['4624'], true)],
    ['match_phrase with options', { match_phrase: { a: { query: 'b' } } }, is('a', 'eq', ['b'], true)],
    ['term', { term: { a: { value: 'B', case_insensitive: true } } }, is('a', 'eq', ['B'], false)],
    ['terms', { terms: { a: ['b', 'c'] } }, is('a', 'eq', ['b', 'c'], true)],
    ['exists', { exists: { field: 'a.b' } }, exists('a.b')],
    ['prefix', { prefix: { a: 'b' } }, is('a', 'starts_with', ['b'], true)],
    ['wildcard', { wildcard: { a: { value: '*\\\\Temp\\\\*' } } }, is('a', 'contains', ['\\Temp\\'], true)],
    [
      'range',
      { range: { a: { gte: 1, lt: 5, format: 'x' } } },
      { and: [is('a', 'ge', [1], null), is('a', 'lt', [5], null)] },
    ],
    [
      'match, on words of a text',
      { match: { message: 'Foo bar' } },
      is('message', 'term', ['Foo', 'bar'], false),
    ],
    ['match of a whole value', { match: { 'process.name': 'a b' } }, is('process.name', 'eq', ['a b'], true)],
    [
      'match_phrase on words of a text',
      { match_phrase: { message: 'foo Bar' } },
      is('message', 'term', ['foo Bar'], false),
    ],
    [
      'term, a word of a text',
      { term: { 'error.message': 'foo' } },
      is('error.message', 'term', ['foo'], false),
    ],
    [
      'term, a network',
      { term: { 'source.ip': '10.0.0.0/8' } },
      is('source.ip', 'cidr', ['10.0.0.0/8'], null),
    ],
    [
      'terms, networks and addresses',
      { terms: { 'source.ip': ['10.0.0.0/8', '192.0.2.1', 'fe80::/10'] } },
      {
        or: [
          is('source.ip', 'cidr', ['10.0.0.0/8', 'fe80::/10'], null),
          is('source.ip', 'eq', ['192.0.2.1'], true),
        ],
      },
    ],
    [
      'bool',
      {
        bool: {
          must: [{ match_phrase: { a: '1' } }],
          filter: { exists: { field: 'b' } },
          must_not: [{ exists: { field: 'c' } }],
          should: [{ exists: { field: 'd' } }],
        },
      },
      { and: [is('a', 'eq', ['1'], true), exists('b'), { not: exists('c') }] },
    ],
    [
      'bool of should clauses',
      { bool: { should: [{ exists: { field: 'a' } }, { exists: { field: 'b' } }] } },
      { or: [exists('a'), exists('b')] },
    ],
    [
      'bool of should clauses that are asked for',
      {
        bool: {
          must: [{ exists: { field: 'c' } }],
          should: [{ exists: { field: 'a' } }, { exists: { field: 'b' } }],
          minimum_should_match: 1,
        },
      },
      { and: [exists('c'), { or: [exists('a'), exists('b')] }] },
    ],
  ])('is a stage and a part of the filter on events: %s', async (_, query, expected) => {
    const rule = await filtered([{ query }]);
    expect(stagesOf(rule)[1]).toMatchObject({ name: 'filters', kind: 'filter' });
    expect(rule.understood).toBe('full');
    expect(comparable(rule.result.stages[1]?.where)).toEqual(expected);
  });

  test('on words of a text asks for any of them, or for all', async () => {
    const asked = async (operator: string) => {
      const rule = await filtered([{ query: { match: { message: { query: 'a b', operator } } } }]);
      expect(rule.understood).toBe('full');
      return rule.result.stages[1]?.where;
    };
    expect(await asked('and')).toMatchObject({ test: { values: ['a', 'b'], quantifier: 'all' } });
    expect(await asked('OR')).toMatchObject({ test: { values: ['a', 'b'], quantifier: 'any' } });
  });

  test.each([
    ['match_phrase', 'message', 'foo bar'],
    ['match_phrase', 'source.ip', '10.0.0.0/8'],
    ['match', 'destination.ip', '2001:db8::/32'],
    ['match_phrase', 'process.name', 'Foo bar'],
  ])('says the same as kuery does: %s %s', async (kind, field, value) => {
    const query = `${field} : "${value}"`;
    const filters = [{ query: { [kind]: { [field]: value } } }];
    const { stages } = (await filtered(filters, { type: 'query', language: 'kuery', query })).result;
    expect(comparable(stages[1]?.where)).toEqual(comparable(stages[0]?.where));
  });

  test.each([
    ['a term with a capital', { term: { message: 'Foo' } }, 'none of them is "Foo"'],
    ['terms with a blank', { terms: { message: ['foo', 'foo bar'] } }, 'none of them is "foo bar"'],
    ['a prefix', { prefix: { message: 'foo' } }, 'single words'],
    ['a pattern', { wildcard: { 'process.command_line.text': 'foo*' } }, 'single words'],
  ])('on words of a text says what it is compared with: %s', async (_, query, said) => {
    const { result, understood } = await filtered([{ query }]);
    expect(result.diagnostics).toMatchObject([
      { code: 'elastic-filter-analysed', severity: 'warning', message: expect.stringContaining(said) },
    ]);
    expect(result.stages[1]?.where).toMatchObject({ test: { caseSensitive: false } });
    expect(understood).toBe('full');
  });

  test('on words of a text has nothing to say where a word is asked for', async () => {
    const caseless = { term: { message: { value: 'Foo', case_insensitive: true } } };
    for (const query of [caseless, { term: { message: 'foo' } }, { wildcard: { message: '*' } }]) {
      expect((await filtered([{ query }])).result.diagnostics).toEqual([]);
    }
  });

  test.each([
    ['beside must', { must: [{ exists: { field: 'a' } }] }],
    ['beside filter', { filter: { exists: { field: 'a' } } }],
    ['where none is asked for', { must_not: { exists: { field: 'a' } }, minimum_should_match: 0 }],
  ])('says so where should clauses decide nothing: %s', async (_, clauses) => {
    const text = detectionRule({ filters: [{ query: { bool: { ...clauses, should: [{ none: {} }] } } }] });
    const { result, understood } = await ruleOf(text);
    expect(result.diagnostics).toMatchObject([{ code: 'elastic-filter-optional', severity: 'warning' }]);
    expect(text.slice(...(result.diagnostics[0]?.span ?? [0, 0]))).toContain('should');
    expect(understood).toBe('full');
  });

  test('says nothing of should clauses that are asked for, or absent', async () => {
    const a = { exists: { field: 'a' } };
    const bools = [
      { must_not: a, should: [a] },
      { must: a, should: [] },
      { must: a, should: a, minimum_should_match: 1 },
    ];
    for (const bool of bools) expect((await filtered([{ query: { bool } }])).result.diagnostics).toEqual([]);
  });

  test('that names a channel says where events are kept, as kuery does', async () => {
    const channel = { query: { term: { 'winlog.channel': 'Security' } } };
    const code = { query: { match_phrase: { 'event.code': '4624' } } };
    const query = 'event.provider : "a"';
    const rule = await filtered([channel, code], { type: 'query', language: 'kuery', query });
    expect(rule.result.sources).toContainEqual({ kind: 'channel', value: 'Security' });
    expect(shown(rule.result.where)).toBe(
      'event.provider = "a" [case-sensitive] and event.code = "4624" [case-sensitive]',
    );
    expect(rule.result.indicators.map(({ field }) => field)).toEqual(['event.provider', 'event.code']);
    const alone = await filtered([channel], { type: 'query', language: 'kuery', query });
    expect(alone.result.sources).toContainEqual({ kind: 'channel', value: 'Security' });
    expect(stagesOf(alone)[1]).toMatchObject({ name: 'filters', where: 'always' });
    const not = await filtered([{ ...channel, meta: { negate: true } }]);
    expect(not.result.sources.map(({ kind }) => kind)).not.toContain('channel');
    expect(not.result.exclusions).toHaveLength(1);
  });

  test('that is negated is an exclusion, at its place in the file', async () => {
    const text = [
      '[rule]',
      'rule_id = "a"',
      'name = "A"',
      'type = "eql"',
      'query = "process where true"',
      '',
      '[[rule.filters]]',
      '[rule.filters.meta]',
      'negate = true',
      '[rule.filters.query.wildcard."file.path"]',
      'case_insensitive = true',
      'value = "?:\\\\\\\\Tools\\\\\\\\*.exe"',
      '',
      '[[rule.filters]]',
      'meta = { negate = true, disabled = true }',
      'query = { exists = { field = "x" } }',
    ].join('\n');
    const rule = await ruleOf(text);
    expect(rule.result.exclusions).toMatchObject([
      {
        where: {
          test: {
            field: 'file.path',
            op: 'wildcard',
            values: ['?:\\Tools\\\\*.exe'],
            caseSensitive: false,
          },
        },
        path: '/stages/1',
      },
    ]);
    const [{ where } = {}] = rule.result.exclusions;
    const span = where !== undefined && 'test' in where ? where.test.span : [0, 0];
    expect(text.slice(span[0], span[1])).toBe(
      text.slice(text.indexOf('[rule.filters.query'), text.indexOf('\n\n[[rule.filters]]\nmeta')),
    );
    expect(stagesOf(rule)[1]?.written).toEqual([text.slice(text.indexOf('[[rule.filters]]'))]);
  });

  test.each([
    ['a clause of another kind', { script: { script: 'x' } }],
    ['an option of a bool', { bool: { should: [{ exists: { field: 'a' } }], minimum_should_match: '75%' } }],
    ['two clauses', { exists: { field: 'a' }, term: { b: 'c' } }],
    ['a clause of two fields', { term: { a: 1, b: 2 } }],
  ])('that is not understood is kept as text: %s', async (_, query) => {
    const rule = await filtered([{ query }]);
    expect(rule.understood).toBe('partial');
    expect(rule.result.diagnostics.map(({ code }) => code)).toEqual(['elastic-filter-unknown']);
    expect(JSON.stringify(rule.result.stages[1]?.where)).toContain('unknown');
  });

  test('may combine others', async () => {
    const meta = {
      type: 'combined',
      relation: 'OR',
      params: [{ query: { exists: { field: 'a' } } }, { meta: { negate: true }, exists: { field: 'b' } }],
    };
    const rule = await filtered([{ meta }]);
    expect(rule.result.stages[1]?.where).toMatchObject({
      or: [{ test: { field: 'a', op: 'exists' } }, { not: { test: { field: 'b', op: 'exists' } } }],
    });
  });

  test('has its backslashes as escapes, and says so where that loses one', async () => {
    const rule = await filtered([{ query: { wildcard: { a: { value: 'C:\\Temp\\*' } } } }]);
    expect(rule.result.stages[1]?.where).toMatchObject({ test: { op: 'eq', values: ['C:Temp*'] } });
    expect(rule.result.diagnostics).toMatchObject([
      { code: 'elastic-filter-backslash', severity: 'warning' },
    ]);
    expect(rule.understood).toBe('full');
  });

  test('counts events and values: a threshold', async () => {
    const rule = await ruleOf(
      detectionRule({
        type: 'threshold',
        language: 'kuery',
        query: 'event.outcome : "failure"',
        threshold: {
          field: ['user.name', 'source.ip'],
          value: 25,
          cardinality: [{ field: 'host.id', value: 3 }],
        },
      }),
    );
    expect(rule.kind).toBe('threshold');
    expect(rule.result.stages[1]).toMatchObject({
      name: 'threshold',
      kind: 'aggregate',
      where: {
        and: [
          { test: { field: 'count', op: 'ge', values: [25], derived: true } },
          { test: { field: 'host.id', through: ['cardinality'], op: 'ge', values: [3], derived: true } },
        ],
      },
    });
    expect(JSON.stringify(rule.result.where)).toBe(JSON.stringify(rule.result.stages[0]?.where));
    expect(rule.result.indicators.filter(({ derived }) => !derived)).toHaveLength(1);
    expect(factsOf(rule).Threshold).toEqual([
      'user.name, source.ip: at least 25 events, at least 3 of host.id',
    ]);
    expect(stagesOf(rule)[1]?.written.join('')).toMatch(/^\[rule\.threshold\][\s\S]*value = 3$/);
  });

  test('asks for what is new: new terms', async () => {
    const rule = await ruleOf(
      detectionRule({
        type: 'new_terms',
        language: 'kuery',
        query: 'event.action : "start"',
        new_terms: {
          field: 'new_terms_fields',
          value: ['host.id', 'process.executable'],
          history_window_start: [{ field: 'history_window_start', value: 'now-14d' }],
        },
      }),
    );
    expect(rule.result.stages[1]).toMatchObject({ name: 'new_terms', kind: 'aggregate', where: null });
    expect(shown(rule.result.where)).toBe(shown(rule.result.stages[0]?.where));
    expect(factsOf(rule)).toMatchObject({
      'New terms': ['host.id', 'process.executable'],
      'New terms history': ['now-14d'],
    });
  });

  test('compares with indicators: a threat match', async () => {
    const text = detectionRule({
      type: 'threat_match',
      language: 'kuery',
      query: 'file.hash.md5 : *',
      threat_index: ['logs-ti_*'],
      threat_language: 'kuery',
      threat_query: 'event.module : "ti"',
      threat_filters: [{ query: { match_phrase: { 'event.kind': 'enrichment' } } }],
      threat_mapping: [
        {
          entries: [
            { field: 'file.hash.md5', type: 'mapping', value: 'threat.indicator.file.hash.md5' },
            { field: 'host.os.type', type: 'mapping', value: 'threat.indicator.os', negate: true },
          ],
        },
        { entries: [{ field: 'file.hash.sha1', type: 'mapping', value: 'threat.indicator.file.hash.sha1' }] },
      ],
    });
    const rule = await ruleOf(text);
    expect(rule.understood).toBe('full');
    const stage = rule.result.stages[1];
    expect(stage).toMatchObject({
      name: 'threat_match',
      kind: 'join',
      where: {
        or: [
          {
            and: [
              {
                test: {
                  field: 'file.hash.md5',
                  op: 'field_eq',
                  values: ['threat.indicator.file.hash.md5'],
                  derived: false,
                },
              },
              { not: { test: { field: 'host.os.type', op: 'field_eq' } } },
            ],
          },
          { test: { field: 'file.hash.sha1', op: 'field_eq' } },
        ],
      },
      queries: [{ language: 'kuery', sources: [{ kind: 'index', value: 'logs-ti_*' }] }],
    });
    const [indicators] = stage?.queries ?? [];
    expect(indicators?.stages.map(({ name }) => name).at(-1)).toBe('filters');
    const places = (indicators?.indicators ?? []).map(({ span }) => text.slice(...span));
    expect(places).toEqual(['event.module : \\"ti\\"', '"event.kind" = "enrichment"']);
    expect(JSON.stringify(rule.result.where)).not.toContain('threat.indicator');
    expect(factsOf(rule)['Threat mapping']).toEqual([
      'file.hash.md5 = threat.indicator.file.hash.md5 and host.os.type ≠ threat.indicator.os',
      'file.hash.sha1 = threat.indicator.file.hash.sha1',
    ]);
  });

  test('stands alone in a rule of a machine-learning job', async () => {
    const rule = await ruleOf(
      detectionRule({
        type: 'machine_learning',
        query: undefined,
        language: undefined,
        index: undefined,
        anomaly_threshold: 75,
        machine_learning_job_id: ['rare_process'],
      }),
    );
    expect(rule).toMatchObject({ kind: 'machine_learning', language: null, understood: 'full' });
    expect(rule.result.diagnostics).toMatchObject([
      {
        code: 'elastic-no-query',
        severity: 'info',
        message: expect.stringContaining('machine-learning job'),
      },
    ]);
    expect(rule.result.stages).toMatchObject([
      {
        index: 0,
        name: 'machine_learning',
        where: { test: { field: 'record_score', op: 'ge', values: [75], derived: true } },
      },
    ]);
    expect(rule.result.sources).toContainEqual({ kind: 'machine-learning-job', value: 'rare_process' });
  });
});

function is(field: string, op: string, values: readonly unknown[], caseSensitive: boolean | null) {
  return { test: { field, op, values, caseSensitive } };
}

function exists(field: string) {
  return is(field, 'exists', [], null);
}

/** An expression with what the cases say of its tests, and nothing else. */
function comparable(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(comparable);
  if (typeof part !== 'object' || part === null) return part;
  if ('test' in part) {
    const { field, op, values, caseSensitive } = part.test as Record<string, unknown>;
    return { test: { field, op, values, caseSensitive } };
  }
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, comparable(value)]));
}
