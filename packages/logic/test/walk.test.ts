import { describe, expect, it } from 'vitest';
import type { Expression } from '../src/index.ts';
import {
  and,
  childrenOf,
  LIMITS,
  mapChildren,
  not,
  or,
  test,
  testsOf,
  transform,
  unknown,
  visit,
} from '../src/index.ts';

const leaf = (field: string): Expression =>
  test({ field, op: 'eq', values: ['x'], caseSensitive: false, span: [0, 1] });
const a = leaf('a');
const b = leaf('b');
const c = leaf('c');
const macro = unknown('`macro`', [3, 10]);
const mixed = and([a, not(or([b, not(c)])), macro]);

function nested(depth: number): Expression {
  let expression: Expression = a;
  for (let i = 0; i < depth; i += 1) expression = i % 2 === 0 ? { and: [expression] } : { not: expression };
  return expression;
}

describe('childrenOf', () => {
  it('gives the direct children of every kind of expression', () => {
    expect(childrenOf({ and: [a, b] })).toEqual([a, b]);
    expect(childrenOf({ or: [a] })).toEqual([a]);
    expect(childrenOf(not(a))).toEqual([a]);
    expect(childrenOf(a)).toEqual([]);
    expect(childrenOf(macro)).toEqual([]);
  });
});

describe('visit', () => {
  it('goes from left to right, each part before its children, and tells polarity', () => {
    const seen: string[] = [];
    visit(mixed, (part, negated) => {
      if ('test' in part) seen.push(`${negated ? '-' : '+'}${part.test.field}`);
      else seen.push(`${negated ? '-' : '+'}${Object.keys(part)[0]}`);
    });
    expect(seen).toEqual(['+and', '+a', '+not', '-or', '-b', '-not', '+c', '+unknown']);
  });

  it('starts with the polarity that it is given', () => {
    const seen: boolean[] = [];
    visit(not(a), (_part, negated) => seen.push(negated), true);
    expect(seen).toEqual([true, false]);
  });
});

describe('testsOf', () => {
  it('lists the tests in order', () => {
    expect(testsOf(mixed).map((found) => found.field)).toEqual(['a', 'b', 'c']);
    expect(testsOf({ and: [] })).toEqual([]);
  });
});

describe('mapChildren and transform', () => {
  it('give the same object back where nothing changes', () => {
    expect(mapChildren(mixed, (child) => child)).toBe(mixed);
    expect(transform(mixed, (part) => part)).toBe(mixed);
  });

  it('change what they are told to change, and nothing else', () => {
    const changed = transform(mixed, (part) => (part === c ? b : part));
    expect(changed).toEqual(and([a, not(or([b, not(b)])), macro]));
    expect(mixed).toEqual(and([a, not(or([b, not(c)])), macro]));
    expect(childrenOf(changed)[0]).toBe(a);
  });

  it('work from the leaves up', () => {
    const order: string[] = [];
    transform(not(or([a, b])), (part) => {
      order.push('test' in part ? `${part.test.field}` : `${Object.keys(part)[0]}`);
      return part;
    });
    expect(order).toEqual(['a', 'b', 'or', 'not']);
  });
});

describe('size', () => {
  it('long lists and deep nesting are walked', () => {
    const long: Expression = { or: Array.from({ length: LIMITS.values }, () => a) };
    expect(testsOf(long)).toHaveLength(LIMITS.values);
    expect(transform(long, (part) => part)).toBe(long);
    const deep = nested(LIMITS.depth * 3);
    expect(testsOf(deep)).toHaveLength(1);
    expect(transform(deep, (part) => part)).toBe(deep);
  });
});
