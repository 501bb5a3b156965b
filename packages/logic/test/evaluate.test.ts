import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, type FlatEvent, type Truth } from '../src/evaluate.ts';
import type { Expression, TestParts } from '../src/index.ts';
import { and, LIMITS, not, or, simplify, test, unknown } from '../src/index.ts';

const ask = (parts: Partial<TestParts>): Expression =>
  test({ field: 'f', op: 'eq', values: [], caseSensitive: false, span: [0, 1], ...parts });

type Row = [Partial<TestParts>, FlatEvent, Truth];

describe('operators', () => {
  it.each<Row>([
    [{ op: 'eq', values: ['Abc'] }, { f: 'aBC' }, true],
    [{ op: 'eq', values: ['abc'] }, { f: 'abcd' }, false],
    [{ op: 'eq', values: ['Abc'], caseSensitive: true }, { f: 'abc' }, false],
    [{ op: 'eq', values: ['Abc'], caseSensitive: true }, { f: 'Abc' }, true],
    [{ op: 'eq', values: [''] }, { f: '' }, true],
    [{ op: 'eq', values: ['a*'] }, { f: 'abc' }, false],
    [{ op: 'eq', values: ['ΟΔΟΣ'] }, { f: 'οδος' }, true],
    [{ op: 'contains', values: ['BC'] }, { f: 'abcd' }, true],
    [{ op: 'contains', values: ['x'] }, { f: 'abcd' }, false],
    [{ op: 'starts_with', values: ['AB'] }, { f: 'abcd' }, true],
    [{ op: 'starts_with', values: ['bc'] }, { f: 'abcd' }, false],
    [{ op: 'ends_with', values: ['\\CMD.exe'] }, { f: 'C:\\Windows\\cmd.exe' }, true],
    [{ op: 'ends_with', values: ['cmd'] }, { f: 'C:\\Windows\\cmd.exe' }, false],
  ])('texts: %j of %j is %j', (parts, event, truth) => {
    expect(evaluate(ask(parts), event)).toBe(truth);
  });

  it.each<Row>([
    [{ op: 'eq', values: [4688] }, { f: '4688' }, true],
    [{ op: 'eq', values: ['4688'] }, { f: 4688 }, true],
    [{ op: 'eq', values: [1] }, { f: '1.0' }, true],
    [{ op: 'eq', values: ['1'] }, { f: '1.0' }, false],
    [{ op: 'eq', values: [1] }, { f: 'one' }, false],
    [{ op: 'eq', values: [true] }, { f: true }, true],
    [{ op: 'eq', values: [true] }, { f: 'True' }, true],
    [{ op: 'eq', values: [true] }, { f: 1 }, false],
    [{ op: 'lt', values: [10] }, { f: '9' }, true],
    [{ op: 'lt', values: ['10'] }, { f: '9' }, true],
    [{ op: 'lt', values: [9] }, { f: 9 }, false],
    [{ op: 'le', values: [9] }, { f: 9 }, true],
    [{ op: 'gt', values: [-1.5] }, { f: '-1' }, true],
    [{ op: 'ge', values: [3] }, { f: 2 }, false],
    [{ op: 'gt', values: [1] }, { f: 'many' }, false],
    [{ op: 'gt', values: ['2024-01-01'] }, { f: '2024-06-30' }, true],
  ])('numbers: %j of %j is %j', (parts, event, truth) => {
    expect(evaluate(ask(parts), event)).toBe(truth);
  });

  it.each<Row>([
    [{ values: ['a*c'] }, { f: 'abbbc' }, true],
    [{ values: ['a*c'] }, { f: 'ac' }, true],
    [{ values: ['a?c'] }, { f: 'ac' }, false],
    [{ values: ['a?c'] }, { f: 'a😀c' }, true],
    [{ values: ['A*C'] }, { f: 'abc' }, true],
    [{ values: ['A*C'], caseSensitive: true }, { f: 'abc' }, false],
    [{ values: ['a\\*c'] }, { f: 'a*c' }, true],
    [{ values: ['a\\*c'] }, { f: 'abc' }, false],
    [{ values: ['a\\\\*'] }, { f: 'a\\b' }, true],
    [{ values: ['a\\b*'] }, { f: 'a\\bc' }, true],
    [{ values: ['*a*b'] }, { f: 'abab' }, true],
    [{ values: ['*a*b'] }, { f: 'aba' }, false],
    [{ values: ['*'] }, { f: '' }, true],
  ])('wildcards: %j of %j is %j', (parts, event, truth) => {
    expect(evaluate(ask({ op: 'wildcard', ...parts }), event)).toBe(truth);
  });

  it.each<Row>([
    [{ values: ['psexec'] }, { f: 'run PsExec now' }, true],
    [{ values: ['psexec'] }, { f: 'psexec.exe' }, true],
    [{ values: ['psexec'] }, { f: 'psexec64' }, false],
    [{ values: ['psexec'] }, { f: 'apsexec psexec' }, true],
    [{ values: ['-enc'] }, { f: 'powershell-enc x' }, true],
    [{ values: ['-enc'] }, { f: 'powershell -encoded' }, false],
    [{ values: ['user'] }, { f: 'net users' }, false],
  ])('terms: %j of %j is %j', (parts, event, truth) => {
    expect(evaluate(ask({ op: 'term', ...parts }), event)).toBe(truth);
  });

  it.each<Row>([
    [{ values: ['b+'], caseSensitive: true }, { f: 'abbc' }, true],
    [{ values: ['B+'], caseSensitive: true }, { f: 'abbc' }, false],
    [{ values: ['B+'], caseSensitive: true, flags: 'i' }, { f: 'abbc' }, true],
    [{ values: ['B+'], caseSensitive: false }, { f: 'abbc' }, true],
    [{ values: ['b+'], anchored: true }, { f: 'abbc' }, false],
    [{ values: ['a.*'], anchored: true }, { f: 'abbc' }, true],
    [{ values: ['^b'], flags: 'm' }, { f: 'a\nb' }, true],
    [{ values: ['a.b'] }, { f: 'a\nb' }, false],
    [{ values: ['a.b'], flags: 's' }, { f: 'a\nb' }, true],
    [{ values: ['a b'], flags: 'x' }, { f: 'ab' }, null],
    [{ values: ['a(?!b)'] }, { f: 'ac' }, null],
    [{ values: ['a('] }, { f: 'a' }, null],
    [{ values: ['(a+)+$'] }, { f: `${'a'.repeat(50_000)}b` }, false],
    [{ values: ['a(?!b)', 'c'] }, { f: 'ac' }, true],
  ])('regexes: %j', (parts, event, truth) => {
    expect(evaluate(ask({ op: 'regex', ...parts }), event)).toBe(truth);
  });

  it.each<Row>([
    [{ values: ['10.0.0.0/8'] }, { f: '10.1.2.3' }, true],
    [{ values: ['10.0.0.0/8'] }, { f: '11.1.2.3' }, false],
    [{ values: ['10.0.0.0/8'] }, { f: '::ffff:10.1.2.3' }, true],
    [{ values: ['fe80::/10'] }, { f: 'fe80::1' }, true],
    [{ values: ['fe80::/10'] }, { f: '10.1.2.3' }, false],
    [{ values: ['192.168.1.1'] }, { f: '192.168.1.1' }, true],
    [{ values: ['10.0.0.0/8'] }, { f: 'server' }, false],
    [{ values: ['10.0.0.0/8'] }, { f: '0xa.1' }, false],
    [{ values: ['10.0.0.0/99'] }, { f: '10.0.0.1' }, null],
  ])('networks: %j of %j is %j', (parts, event, truth) => {
    expect(evaluate(ask({ op: 'cidr', ...parts }), event)).toBe(truth);
  });

  it.each<Row>([
    [{ op: 'exists' }, { f: 'x' }, true],
    [{ op: 'exists' }, { f: '' }, true],
    [{ op: 'exists' }, { f: null }, true],
    [{ op: 'exists' }, {}, false],
    [{ op: 'exists', field: 'toString' }, {}, false],
    [{ op: 'exists', field: null }, { f: 'x' }, null],
    [{ op: 'is_null' }, {}, true],
    [{ op: 'is_null' }, { f: null }, true],
    [{ op: 'is_null' }, { f: [] }, true],
    [{ op: 'is_null' }, { f: '' }, false],
    [{ op: 'is_null', through: ['lower'] }, { f: 'x' }, null],
  ])('presence: %j of %j is %j', (parts, event, truth) => {
    expect(evaluate(ask(parts), event)).toBe(truth);
  });

  it.each<Row>([
    [{ op: 'field_eq', values: ['g'] }, { f: 'A', g: 'a' }, true],
    [{ op: 'field_eq', values: ['g'], caseSensitive: true }, { f: 'A', g: 'a' }, false],
    [{ op: 'field_eq', values: ['g'] }, { f: 1, g: '1' }, true],
    [{ op: 'field_eq', values: ['g'] }, { f: 'a' }, false],
    [{ op: 'field_eq', values: ['g'] }, { g: 'a' }, false],
    [{ op: 'field_eq', values: ['g'] }, { f: ['a', 'b'], g: ['c', 'b'] }, true],
    [{ op: 'field_eq', values: ['g', 'h'], quantifier: 'all' }, { f: 'a', g: 'a', h: 'b' }, false],
    [{ op: 'field_contains', values: ['g'] }, { f: 'abc', g: 'B' }, true],
    [{ op: 'field_starts_with', values: ['g'] }, { f: 'abc', g: 'ab' }, true],
    [{ op: 'field_ends_with', values: ['g'] }, { f: 'abc', g: 'ab' }, false],
  ])('other fields: %j of %j is %j', (parts, event, truth) => {
    expect(evaluate(ask(parts), event)).toBe(truth);
  });
});

describe('values', () => {
  it.each<Row>([
    [{ values: ['a', 'b'] }, { f: 'b' }, true],
    [{ values: ['a', 'b'] }, {}, false],
    [{ values: ['a'] }, { f: null }, false],
    [{ values: ['a'] }, { f: [] }, false],
    [{ values: [] }, { f: 'a' }, false],
    [{ values: ['a', 'b'] }, { f: ['c', 'b'] }, true],
    [{ op: 'contains', values: ['a', 'b'], quantifier: 'all' }, { f: 'xaybz' }, true],
    [{ op: 'contains', values: ['a', 'b'], quantifier: 'all' }, { f: 'xaz' }, false],
    [{ op: 'contains', values: ['a', 'b'], quantifier: 'all' }, { f: ['xa', null, 'by'] }, true],
    [{ op: 'contains', values: ['a'], quantifier: 'all' }, {}, false],
  ])('any and all: %j of %j is %j', (parts, event, truth) => {
    expect(evaluate(ask(parts), event)).toBe(truth);
  });

  it.each<Row>([
    [{ values: ['-q', 'x'], expanded: [['-q', '/q'], ['x']] }, { f: 'a /q' }, true],
    [{ values: ['-q'], expanded: [['/q']] }, { f: 'a -q' }, false],
    [
      {
        values: ['-q', '-i'],
        expanded: [
          ['-q', '/q'],
          ['-i', '/i'],
        ],
        quantifier: 'all',
      },
      { f: '/q -i' },
      true,
    ],
    [
      {
        values: ['-q', '-i'],
        expanded: [
          ['-q', '/q'],
          ['-i', '/i'],
        ],
        quantifier: 'all',
      },
      { f: '/q -q' },
      false,
    ],
  ])('expanded literals: %j of %j is %j', (parts, event, truth) => {
    expect(evaluate(ask({ op: 'contains', ...parts }), event)).toBe(truth);
  });

  it.each<Row>([
    [{ op: 'contains', values: ['needle'] }, { a: 'hay', b: ['x', 'a needle'] }, true],
    [{ op: 'contains', values: ['needle'] }, { needle: 'hay' }, false],
    [{ op: 'contains', values: ['a', 'b'], quantifier: 'all' }, { x: 'a', y: 'b' }, true],
    [{ op: 'term', values: [4688] }, { x: 'event 4688 seen' }, true],
  ])('the whole event: %j of %j is %j', (parts, event, truth) => {
    expect(evaluate(ask({ field: null, ...parts }), event)).toBe(truth);
  });
});

describe('functions', () => {
  it.each<[string[], TestParts['values'], FlatEvent, Truth]>([
    [['lower'], ['abc'], { f: 'ABC' }, true],
    [['upper'], ['abc'], { f: 'ABC' }, false],
    [['trim', 'len'], [3], { f: ' abc ' }, true],
    [['len', 'trim'], ['5'], { f: ' abc ' }, true],
    [['len'], [1], { f: '😀' }, true],
    [['minute'], [7], { f: '2024-02-29T23:07:59.123Z' }, true],
    [['hour'], [23], { f: '2024-02-29 23:07:59+02:00' }, true],
    [['day'], [29], { f: '2024-02-29T23:07:59' }, true],
    [['month'], [2], { f: '2024-02-29' }, true],
    [['year'], [2024], { f: '2024/02/29 01:02' }, true],
    [['hour'], [0], { f: '2024-02-29' }, false],
    [['day'], [30], { f: '2024-02-30T00:00:00' }, false],
    [['day'], [1], { f: 'yesterday' }, false],
    // Weeks as ISO 8601 counts them: 2021 began in the 53rd week of 2020, 2024-12-30 is in week 1 of 2025.
    [['week'], [53], { f: '2021-01-03' }, true],
    [['week'], [1], { f: '2021-01-04' }, true],
    [['week'], [1], { f: '2024-12-30' }, true],
    [['week'], [26], { f: '2024-06-30' }, true],
    [['md5'], ['x'], { f: 'abc' }, null],
  ])('%j gives %j for %j: %j', (through, values, event, truth) => {
    expect(evaluate(ask({ through, values, caseSensitive: true }), event)).toBe(truth);
  });
});

describe('logic', () => {
  const yes = ask({ values: ['x'] });
  const no = ask({ values: ['y'] });
  const maybe = unknown('`macro`', [0, 1]);

  it.each<[Expression, Truth]>([
    [{ and: [] }, true],
    [{ or: [] }, false],
    [and([yes, maybe]), null],
    [and([maybe, no]), false],
    [or([no, maybe]), null],
    [or([maybe, yes]), true],
    [not(yes), false],
    [not(maybe), null],
    [maybe, null],
  ])('%#', (expression, truth) => {
    expect(evaluate(expression, { f: 'x' })).toBe(truth);
  });

  it('stands long lists and deep nesting', () => {
    expect(evaluate({ or: Array.from({ length: LIMITS.values }, () => no) }, { f: 'x' })).toBe(false);
    let deep = yes;
    for (let i = 0; i < LIMITS.depth * 3; i += 1) deep = not(deep);
    expect(evaluate(deep, { f: 'x' })).toBe(true);
  });
});

describe('properties', () => {
  const short = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '*', '?', '\\'), maxLength: 6 });
  const value = fc.oneof(short, fc.integer({ min: 0, max: 3 }), fc.boolean());
  const part = fc
    .record({
      field: fc.constantFrom('f', 'g', null),
      op: fc.constantFrom('eq' as const, 'contains' as const, 'wildcard' as const, 'exists' as const),
      values: fc.array(value, { maxLength: 2 }),
      quantifier: fc.constantFrom('any' as const, 'all' as const),
      caseSensitive: fc.constantFrom(true, false),
    })
    .map(ask);
  const { logic } = fc.letrec<{ logic: Expression }>((tie) => ({
    logic: fc.oneof(
      { maxDepth: 6, depthSize: 'medium' },
      part,
      fc.constant(unknown('?', [0, 1])),
      fc.array(tie('logic'), { maxLength: 3 }).map((items): Expression => ({ and: items })),
      fc.array(tie('logic'), { maxLength: 3 }).map((items): Expression => ({ or: items })),
      tie('logic').map(not),
    ),
  }));
  const content = fc.oneof(
    value,
    fc.constant(null),
    fc.array(fc.oneof(value, fc.constant(null)), { maxLength: 3 }),
  );
  const event = fc.dictionary(fc.constantFrom('f', 'g', 'h'), content);

  it('simplifying keeps the answer for every event, and does all there is to do at once', () => {
    fc.assert(
      fc.property(logic, fc.array(event, { minLength: 5, maxLength: 5 }), (expression, events) => {
        const simple = simplify(expression);
        for (const one of events) expect(evaluate(simple, one)).toBe(evaluate(expression, one));
        expect(simplify(simple)).toBe(simple);
      }),
      { numRuns: 1000 },
    );
  });

  /** A matcher that tries everything, after the model's own words. */
  function matches(pattern: string, text: string): boolean {
    const [first = '', second = ''] = pattern;
    if (pattern === '') return text === '';
    if (first === '*')
      return matches(pattern.slice(1), text) || (text !== '' && matches(pattern, text.slice(1)));
    if (text === '') return false;
    if (first === '?') return matches(pattern.slice(1), text.slice(1));
    const literal = first === '\\' && second !== '' && '*?\\'.includes(second) ? second : first;
    const length = literal === first && !(first === '\\' && second === '\\') ? 1 : 2;
    return text.startsWith(literal) && matches(pattern.slice(length), text.slice(1));
  }

  it('wildcards match what a matcher that tries everything does', () => {
    fc.assert(
      fc.property(short, short, (pattern, text) => {
        const expression = ask({ op: 'wildcard', values: [pattern], caseSensitive: true });
        expect(evaluate(expression, { f: text })).toBe(matches(pattern, text));
      }),
      { numRuns: 5000 },
    );
  });

  it('wildcards take no longer than the product of the lengths', () => {
    const expression = ask({ op: 'wildcard', values: [`${'*a'.repeat(200)}b`] });
    expect(evaluate(expression, { f: 'a'.repeat(10_000) })).toBe(false);
  });
});
