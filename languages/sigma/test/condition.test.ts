import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Condition, parseCondition, printCondition, selectionsFor } from '../src/syntax/condition.ts';

/** A condition without its spans, as nested lists that read like the condition. */
function shape(condition: Condition): unknown {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [condition.kind, ...condition.items.map(shape)];
    case 'not':
      return ['not', shape(condition.item)];
    case 'of':
      return `${condition.quantity} of ${condition.pattern}`;
    case 'selection':
      return condition.name;
    case 'broken':
      return ['broken', condition.text];
  }
}

describe('precedence (Sigma Rules Specification, "Condition")', () => {
  it.each([
    ['a', 'a'],
    ['a or b and c', ['or', 'a', ['and', 'b', 'c']]],
    ['a and b or c and d', ['or', ['and', 'a', 'b'], ['and', 'c', 'd']]],
    ['not a and b', ['and', ['not', 'a'], 'b']],
    ['not (a and b)', ['not', ['and', 'a', 'b']]],
    ['(a or b) and c', ['and', ['or', 'a', 'b'], 'c']],
    ['not 1 of filter_*', ['not', '1 of filter_*']],
    ['all of them', 'all of them'],
    ['any of sel*', '1 of sel*'],
    ['2 of sel_* or x', ['or', '2 of sel_*', 'x']],
    ['A AND NOT B', ['and', 'A', ['not', 'B']]],
    ['((a))', 'a'],
    ['not not a', ['not', ['not', 'a']]],
    ['of_names and all_things', ['and', 'of_names', 'all_things']],
    ['all and 1', ['and', 'all', '1']],
  ])('%s', (text, expected) => {
    const { condition, problems } = parseCondition(text);
    expect(problems).toEqual([]);
    expect(shape(condition)).toEqual(expected);
  });
});

describe('what breaks the grammar is one located problem', () => {
  it.each([
    ['', 0, 'ends where'],
    ['a and', 5, 'ends where'],
    ['a b', 2, '"b" is not expected'],
    ['(a or b', 7, 'never closed'],
    ['a) or b', 1, '")" is not expected'],
    ['and a', 0, 'not "and"'],
    ['a or or b', 5, 'not "or"'],
    ['1 of (a, b)', 2, '"of" is not expected'],
  ])('%s', (text, at, message) => {
    const { problems } = parseCondition(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.span[0]).toBe(at);
  });

  it('keeps what stands before the problem', () => {
    expect(shape(parseCondition('a and b c d').condition)).toEqual([
      'and',
      ['and', 'a', 'b'],
      ['broken', 'c d'],
    ]);
  });
});

describe('names that a pattern means', () => {
  const names = ['selection_img', 'selection_cli', '_hidden', 'filter_main_a', 'filter_b'];
  it.each([
    ['them', ['selection_img', 'selection_cli', 'filter_main_a', 'filter_b']],
    ['selection_*', ['selection_img', 'selection_cli']],
    ['*_main_*', ['filter_main_a']],
    ['*', names],
    ['filter*b', ['filter_b']],
    ['filter_b', ['filter_b']],
    ['_hidden*', ['_hidden']],
    ['s*l*i', ['selection_cli']],
    ['filter_b*b', []],
    ['nothing*', []],
  ])('%s', (pattern, expected) => {
    expect(selectionsFor(pattern, names)).toEqual(expected);
  });
});

const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', 'sel_b', '1 of sel_*', 'all of them', '3 of x*'),
    fc.tuple(tie('tree'), fc.constantFrom('and', 'or'), tie('tree')).map((parts) => parts.join(' ')),
    tie('tree').map((inner) => `(${inner})`),
    tie('tree').map((inner) => `not ${inner}`),
  ),
}));

it('a printed condition reads as the same condition', () => {
  fc.assert(
    fc.property(tree, (text) => {
      const { condition, problems } = parseCondition(text);
      expect(problems).toEqual([]);
      expect(shape(parseCondition(printCondition(condition)).condition)).toEqual(shape(condition));
    }),
  );
});
