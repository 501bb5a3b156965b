import { describe, expect, it } from 'vitest';
import type { Expression } from '../src/index.ts';
import { LIMITS, not, simplify, test, unknown } from '../src/index.ts';

const leaf = (field: string): Expression =>
  test({ field, op: 'eq', values: ['x'], caseSensitive: false, span: [0, 1] });
const a = leaf('a');
const b = leaf('b');
const c = leaf('c');
const always: Expression = { and: [] };
const never: Expression = { or: [] };

describe('simplify', () => {
  it.each<[string, Expression, Expression]>([
    ['an And in an And', { and: [a, { and: [b, c] }] }, { and: [a, b, c] }],
    ['an Or in an Or', { or: [{ or: [a, b] }, c] }, { or: [a, b, c] }],
    ['an Or in an And stays', { and: [a, { or: [b, c] }] }, { and: [a, { or: [b, c] }] }],
    ['an And of one', { and: [a] }, a],
    ['an Or of one', { or: [a] }, a],
    ['a Not of a Not', not(not(a)), a],
    ['three Nots', not(not(not(a))), not(a)],
    ['a Not stays where it is', not({ or: [a, b] }), not({ or: [a, b] })],
    ['what an unwrapped Not uncovers', { and: [a, not(not({ and: [b, c] }))] }, { and: [a, b, c] }],
    ['what an unwrapped list uncovers', { or: [a, { and: [{ or: [b, c] }] }] }, { or: [a, b, c] }],
    ['an empty And in an And', { and: [a, always, b] }, { and: [a, b] }],
    ['an empty Or in an Or', { or: [never, a, b] }, { or: [a, b] }],
    ['an empty Or in an And, which decides it', { and: [a, never] }, { and: [a, never] }],
    ['an empty And in an Or, which decides it', { or: [a, always] }, { or: [a, always] }],
    ['an And of nothing but empty Ands', { and: [always, { and: [always] }] }, always],
    ['a Not of an empty And', not(always), never],
    ['a Not of an empty Or', { and: [a, not(never)] }, a],
    ['an unknown', { and: [unknown('`m`', [0, 3])] }, unknown('`m`', [0, 3])],
  ])('%s', (_name, before, after) => {
    expect(simplify(before)).toEqual(after);
  });

  it('gives the same object back where there is nothing to do', () => {
    const simple: Expression = { and: [a, not({ or: [b, { and: [c, a] }] }), { or: [b, c] }] };
    expect(simplify(simple)).toBe(simple);
    expect(simplify(always)).toBe(always);
    expect(simplify(a)).toBe(a);
  });

  it('keeps equal tests apart, each with its own span', () => {
    const twice: Expression = { or: [a, a] };
    expect(simplify(twice)).toBe(twice);
  });

  it('stands long lists and deep nesting', () => {
    const many = Array.from({ length: LIMITS.values }, () => a);
    expect(simplify({ or: [{ or: many }, b] })).toEqual({ or: [...many, b] });
    let deep: Expression = a;
    for (let i = 0; i < LIMITS.depth * 3; i += 1) deep = { and: [deep] };
    expect(simplify(deep)).toBe(a);
  });
});
