import { printExpression } from '@rulescope/logic';
import { describe, expect, it } from 'vitest';
import { linkSigma, readSigma } from '../src/index.ts';

function linked(...documents: readonly string[]) {
  return linkSigma([readSigma(documents.join('---\n')).rules]).flat();
}

const BASE =
  'title: Base\nid: id-base\nname: base\nlogsource: {product: windows, category: process_creation}\ndetection: {s: {f: 1}, condition: s}\n';
const OTHER = BASE.replaceAll('base', 'other').replace('Base', 'Other').replace('f: 1', 'f: 2');

function correlation(rules: string, more = ''): string {
  return `title: Both\nid: id-both\nname: both\n${more}correlation:\n  type: temporal\n  rules: [${rules}]\n  group-by: [u]\n  timespan: 5m\n`;
}

function filter(more: string): string {
  return `title: Build hosts\nid: id-filter\nlogsource: {category: process_creation, product: windows}\nfilter:\n  rules: [id-base]\n  selection: {User: svc}\n${more}`;
}

describe('correlations', () => {
  it('hold the rules that they name, by name or by id, in their order', () => {
    const rules = linked(correlation('other, id-base'), BASE, OTHER);
    const [both] = rules;
    expect(both?.where).toBeNull();
    expect(both?.stages[0]?.queries.map(({ id }) => id)).toEqual(['id-other', 'id-base']);
    expect(both?.indicators.map(({ values, via, path }) => [values, via, path])).toEqual([
      [[2], 'document:id-other', '/stages/0/queries/0/stages/1'],
      [[1], 'document:id-base', '/stages/0/queries/1/stages/1'],
    ]);
    expect(both?.sources).toEqual([{ kind: 'logsource', value: 'windows/process_creation/' }]);
    expect(rules.map(({ standalone }) => standalone)).toEqual([true, false, false]);
  });

  it('put what they take over where they name it', () => {
    const text = [correlation('other'), OTHER].join('---\n');
    const [both] = linkSigma([readSigma(text).rules]).flat();
    const [indicator] = both?.indicators ?? [];
    expect(text.slice(...(indicator?.span ?? [0, 0]))).toBe('other');
  });

  it('leave the rules standing alone with `generate: true`', () => {
    expect(linked(correlation('base', 'generate: true\n'), BASE).map(({ standalone }) => standalone)).toEqual(
      [true, true],
    );
  });

  it('name a rule that is not there', () => {
    const [both] = linked(correlation('nobody'));
    expect(both?.understood).toBe('full');
    expect(both?.diagnostics).toMatchObject([{ code: 'sigma-rule-not-found', line: 6, column: 11 }]);
    expect(both?.stages[0]?.queries).toMatchObject([
      { id: 'nobody', where: { unknown: { text: 'nobody' } } },
    ]);
  });

  it('may name correlations, but not in a circle', () => {
    const outer = correlation('both').replace('id-both', 'id-outer').replace('name: both', 'name: outer');
    const [chain] = linked(outer, correlation('base'), BASE);
    expect(chain?.indicators.map(({ path }) => path)).toEqual([
      '/stages/0/queries/0/stages/0/queries/0/stages/1',
    ]);
    const circle = linked(outer, correlation('outer'));
    expect(circle.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code))).toContain(
      'sigma-correlation-cycle',
    );
  });

  it('cannot multiply without end', () => {
    const levels = Array.from({ length: 40 }, (_, i) =>
      correlation(`level${i + 1}, level${i + 1}`).replaceAll('both', `level${i}`),
    );
    const [first] = linked(...levels, BASE.replaceAll('base', 'level40'));
    expect(JSON.stringify(first).length).toBeLessThan(20_000_000);
  });

  it.each([
    ['type: often', 'type'],
    ['timespan: 5 minutes', 'timespan'],
    ['timespan: 1w', 'timespan'],
    ['rules: []', 'rules'],
    ['group-by: []', 'group-by'],
    ['condition: {}', 'compares with nothing'],
    ['condition: {gte: 3}', 'field'],
    ['condition: 5', 'condition'],
    ['condition: {field: f, more: 5}', 'more'],
    ['condition: {field: f, gte: many}', 'gte'],
  ])('that are not valid say what is wrong: %s', (line, name) => {
    const key = line.slice(0, line.indexOf(':'));
    const lines = [
      'type: value_count',
      'rules: [base]',
      'group-by: [u]',
      'timespan: 5m',
      'condition: {field: f, gte: 3}',
    ];
    const body = lines.map((given) => `  ${given.startsWith(`${key}:`) ? line : given}\n`).join('');
    const [both] = linked(`title: Both\ncorrelation:\n${body}`, BASE);
    expect(both?.understood).toBe('partial');
    const messages = both?.diagnostics.filter(({ code }) => code === 'sigma-bad-correlation');
    expect(messages?.map(({ message }) => message).join()).toContain(name);
  });

  it.each([
    ['event_count', '{gte: 10}', 'event_count >= 10'],
    ['value_count', '{field: User, gt: 5, lte: 9}', 'value_count(User) > 5 and value_count(User) <= 9'],
    ['value_sum', '{field: bytes, gt: 1000}', 'value_sum(bytes) > 1000'],
    ['value_avg', '{field: bytes, lt: 500}', 'value_avg(bytes) < 500'],
    ['value_percentile', '{field: image, lte: 1}', 'value_percentile(image) <= 1'],
    ['value_count', '{field: [a, b], eq: 2}', 'value_count(a) = 2 and value_count(b) = 2'],
    ['event_count', '{neq: 3}', 'not (event_count = 3)'],
  ])('%s with %s', (type, condition, expected) => {
    const [both] = linked(
      `title: Both\ncorrelation: {type: ${type}, rules: [base], group-by: [u], timespan: 1h, condition: ${condition}}\n`,
      BASE,
    );
    expect(both?.understood).toBe('full');
    const where = both?.stages[0]?.where;
    expect(where == null ? null : printExpression(where).replaceAll(' [derived]', '')).toBe(expected);
    expect(both?.indicators.filter(({ derived }) => !derived).map(({ via }) => via)).toEqual([
      'document:id-base',
    ]);
  });
});

describe('filters', () => {
  it('are joined to the rules that they name, as their condition is written', () => {
    const [rule, document] = linked(BASE, filter('  condition: not selection\n'));
    expect(rule?.where === null || rule === undefined ? null : printExpression(rule.where)).toContain(
      'f = 1 and not (User = "svc"',
    );
    expect(rule?.exclusions).toMatchObject([
      { path: '/stages/2', where: { test: { field: 'User', via: 'document:id-filter' } } },
    ]);
    expect(rule?.stages[2]).toMatchObject({ name: 'filter Build hosts', kind: 'filter' });
    expect(document?.standalone).toBe(false);
    expect(document?.diagnostics).toEqual([]);
  });

  it('without a `not` keep what they describe, and are warned of', () => {
    const [rule, document] = linked(BASE, filter('  condition: selection\n'));
    expect(rule?.indicators.map(({ field }) => field)).toEqual(['f', 'User']);
    expect(document?.diagnostics.map(({ code }) => code)).toEqual(['sigma-filter-not-negated']);
  });

  it('apply only where the log source agrees', () => {
    const [rule, document] = linked(BASE, filter('  condition: not selection\n').replace('windows', 'linux'));
    expect(rule?.exclusions).toEqual([]);
    expect(document?.diagnostics.map(({ code }) => code)).toEqual(['sigma-filter-logsource']);
  });

  it('reach a rule inside a correlation', () => {
    const [both] = linked(correlation('base'), BASE, filter('  condition: not selection\n'));
    expect(both?.exclusions.map(({ path }) => path)).toEqual(['/stages/0/queries/0/stages/2']);
  });
});

it('rules that nothing concerns come back as they are', () => {
  const files = [readSigma(BASE).rules, readSigma(OTHER).rules];
  expect(linkSigma(files)).toBe(files);
});

describe('over several files', () => {
  const file = (...documents: readonly string[]) => readSigma(documents.join('---\n')).rules;

  it('rules are found, and each file keeps its own', () => {
    const files = linkSigma([file(correlation('base, other')), file(BASE), file(OTHER)]);
    expect(files.map((rules) => rules.map(({ id }) => id))).toEqual([['id-both'], ['id-base'], ['id-other']]);
    expect(files[0]?.[0]?.stages[0]?.queries.map(({ id }) => id)).toEqual(['id-base', 'id-other']);
  });

  it('of several rules with a name the one of the same file is meant', () => {
    const far = file(BASE.replace('id-base', 'far'));
    const files = linkSigma([far, file(correlation('base'), OTHER, BASE), far]);
    expect(files[1]?.[0]?.stages[0]?.queries.map(({ id }) => id)).toEqual(['id-base']);
  });
});
