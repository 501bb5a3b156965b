import type { Expression, TestParts } from '@rulescope/logic';
import { and, not, or, test as testOf, unknown } from '@rulescope/logic';
import { describe, expect, it } from 'vitest';
import { difference, type EquivalenceOptions } from '../src/index.ts';

function asks(field: string | null, parts: Partial<TestParts> = {}): Expression {
  return testOf({ field, op: 'eq', values: ['x'], caseSensitive: false, span: [0, 0], ...parts });
}

const [a, b, c] = [asks('a'), asks('b'), asks('c')];

/** An And of Ors with more atoms than can be tried exhaustively: `width` lists of `width` values. */
function wide(width: number, change: (expression: Expression, row: number, column: number) => Expression) {
  const rows = Array.from({ length: width }, (_, row) => row);
  return and(
    rows.map((row) =>
      or(rows.map((column) => change(asks(`f${row}`, { values: [`v${column}`] }), row, column))),
    ),
  );
}

describe('difference: the same question in another form is none', () => {
  it.each<[string, Expression, Expression, EquivalenceOptions?]>([
    ['order', and([a, or([b, c])]), and([or([c, b]), a])],
    ['De Morgan', not(or([a, b])), and([not(a), not(b)])],
    ['distribution', and([a, or([b, c])]), or([and([a, b]), and([a, c])])],
    ['absorption', or([a, and([a, b])]), a],
    ['nothing', and([]), not(or([]))],
    ['a list of values', asks('a', { values: ['x', 'y'] }), or([a, asks('a', { values: ['y'] })])],
    [
      'all of a list',
      asks('a', { values: ['x', 'y'], quantifier: 'all' }),
      and([a, asks('a', { values: ['y'] })]),
    ],
    [
      'what a value stands for',
      asks('a', { values: ['-x'], transforms: ['windash'], expanded: [['-x', '/x']] }),
      asks('a', { values: ['/x', '-x'] }),
    ],
    [
      'all of what values stand for',
      asks('a', {
        values: ['-x', '-y'],
        quantifier: 'all',
        transforms: ['windash'],
        expanded: [
          ['-x', '/x'],
          ['-y', '/y'],
        ],
      }),
      and([asks('a', { values: ['-x', '/x'] }), asks('a', { values: ['-y', '/y'] })]),
    ],
    ['case, where it is disregarded', asks('a', { values: ['X'] }), a],
    [
      'case of what has no letters',
      asks('a', { values: ['1-2'], caseSensitive: true }),
      asks('a', { values: ['1-2'] }),
    ],
    [
      'a number and its text',
      asks('a', { values: [4688], caseSensitive: null }),
      asks('a', { values: ['4688'] }),
    ],
    [
      'null and not there',
      asks('a', { op: 'is_null', values: [], caseSensitive: null }),
      not(asks('a', { op: 'exists', values: [], caseSensitive: null })),
    ],
    [
      'what another test implies',
      and([asks('a', { op: 'exists', values: [], caseSensitive: null, implied: true }), not(a)]),
      not(a),
    ],
    [
      'flags in the pattern',
      asks('a', { op: 'regex', values: ['(?i)x'], caseSensitive: false, flags: '' }),
      asks('a', { op: 'regex', values: ['x'], caseSensitive: false, flags: 'i' }),
    ],
    ['other fields, where told', asks('a'), asks('b'), { ignoreFields: true }],
    ['case, where told', asks('a', { values: ['X'], caseSensitive: true }), a, { ignoreCase: true }],
    [
      'whole words, where told',
      asks(null, { op: 'term' }),
      asks(null, { op: 'contains' }),
      { wordsAreKeywords: true },
    ],
    ['a rewrite', a, b, { rewrite: () => c }],
    ['large and in another order', wide(9, (item) => item), wide(9, (item) => not(not(item)))],
  ])('%s', (_, one, other, options) => {
    expect(difference(one, other, options)).toBeNull();
    expect(difference(other, one, options)).toBeNull();
  });
});

describe('difference: another question is found', () => {
  it.each<[string, Expression, Expression]>([
    ['another structure', and([a, or([b, c])]), or([and([a, b]), c])],
    ['a Not that is lost', not(a), a],
    ['a test that is lost', and([a, b]), a],
    ['another field', a, b],
    ['another value', a, asks('a', { values: ['y'] })],
    ['another operator', a, asks('a', { op: 'contains' })],
    ['case', a, asks('a', { caseSensitive: true })],
    ['any for all', asks('a', { values: ['x', 'y'] }), asks('a', { values: ['x', 'y'], quantifier: 'all' })],
    ['a function around the field', a, asks('a', { through: ['lower'] })],
    ['a keyword', a, asks(null)],
    ['null and empty', asks('a', { op: 'is_null', values: [] }), asks('a', { values: [''] })],
    ['01 and 1', asks('a', { values: ['01'] }), asks('a', { values: [1], caseSensitive: null })],
    ['an unknown part', and([a, unknown('`m`', [0, 3])]), a],
    [
      'a class in a regex',
      asks('a', { op: 'regex', values: ['\\s'] }),
      asks('a', { op: 'regex', values: ['\\S'] }),
    ],
    [
      'the whole value',
      asks('a', { op: 'regex', anchored: true }),
      asks('a', { op: 'regex', anchored: false }),
    ],
    ['one value of 81', wide(9, (item) => item), wide(9, (item, i, j) => (i + j === 16 ? a : item))],
    [
      'one Not of 81',
      wide(9, (item) => item),
      wide(9, (item, i, j) => (i === 3 && j === 5 ? not(item) : item)),
    ],
    [
      'one operator of many',
      wide(9, (item) => item),
      wide(9, (item, i, j) => (i === 3 && j === 5 ? and([item, asks('f0', { values: ['v0'] })]) : item)),
    ],
    [
      'one list of 40 in an Or',
      or([wide(5, (item) => item), ...Array.from({ length: 40 }, (_, i) => asks(`g${i}`))]),
      or([
        wide(5, (item) => item),
        and([a, asks('g0')]),
        ...Array.from({ length: 39 }, (_, i) => asks(`g${i + 1}`)),
      ]),
    ],
  ])('%s', (_, one, other) => {
    expect(difference(one, other)).not.toBeNull();
    expect(difference(other, one)).not.toBeNull();
  });

  it('says which tests are on one side only, or where the same tests differ', () => {
    expect(difference(and([a, b]), a)).toBe('only in the first: b eq "x"; only in the second: none');
    expect(difference(or([a, b]), and([a, b]))).toBe(
      'the same tests, but only the first is true of: a eq "x"',
    );
  });

  it('finds any one change of a formula with many atoms', () => {
    const missed: string[] = [];
    for (let i = 0; i < 7; i += 1) {
      for (let j = 0; j < 7; j += 1) {
        const changed = wide(7, (item, row, column) => (row === i && column === j ? or([]) : item));
        if (
          difference(
            wide(7, (item) => item),
            changed,
          ) === null
        )
          missed.push(`${i}/${j}`);
      }
    }
    expect(missed).toEqual([]);
  });
});
