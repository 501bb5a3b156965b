import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { broaderFinder, type NumberedIndicator } from '../src/store/broader.ts';
import { catalogOf, sigmaRule } from './folder.ts';

describe('broader indicators', () => {
  const tests: Readonly<Record<string, string>> = {
    a: "Image|endswith: '\\msiexec.exe'",
    b: "Image|contains: 'msiexec'",
    c: "Image|endswith: 'exec.exe'",
    d: "Image|startswith: '\\ms'",
    e: "Image: 'C:\\Windows\\System32\\msiexec.exe'",
    f: "Image|startswith: 'C:\\Windows\\'",
    g: "CommandLine|contains: 'msiexec'",
    h: "Image|contains: 'exec.exe -'",
    i: "Image|re: 'msi.*'",
  };
  const files = Object.fromEntries(
    Object.entries(tests).map(([id, line]) => [`${id}.yml`, sigmaRule(id, `s:\n    ${line}\ncondition: s`)]),
  );
  const broader = async (id: string) => {
    const [only] = (await catalogOf(files)).broaderIndicators(`sigma/${id}`);
    return only?.broader.map(({ op, value, others }) => `${op} ${value} ${others.total}`) ?? [];
  };

  test('of an ending are the endings and parts of it, the longest first, each with its rules', async () => {
    expect(await broader('a')).toEqual(['ends_with exec.exe 1', 'contains msiexec 1']);
  });

  test('of a whole value are its beginnings, endings and parts', async () => {
    expect(await broader('e')).toEqual([
      'ends_with \\msiexec.exe 1',
      'starts_with c:\\windows\\ 1',
      'ends_with exec.exe 1',
      'contains msiexec 1',
    ]);
  });

  test('are none of another field, none of a regex, and not the same one', async () => {
    expect(await broader('b')).toEqual([]);
    expect(await broader('g')).toEqual([]);
    expect(await broader('i')).toEqual([]);
    expect(await broader('h')).toEqual([]);
  });

  test('are what a naive comparison of all with all finds', () => {
    const indicator = fc.record({
      field: fc.integer({ min: 0, max: 1 }),
      op: fc.constantFrom('eq', 'contains', 'starts_with', 'ends_with', 'term', 'regex' as const),
      value: fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 }),
      encoding: fc.constantFrom('', '', '', 'wide'),
    });
    fc.assert(
      fc.property(fc.array(indicator, { maxLength: 40 }), (list) => {
        const unique = [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
        const all = unique.map((one, id): NumberedIndicator => ({ ...one, id: id + 1 }));
        const find = broaderFinder(all);
        for (const one of all) {
          const expected = all.filter((other) => implies(one, other)).map(({ id }) => id);
          const { total, others } = find(one);
          expect(total).toBe(expected.length);
          if (total <= 20) expect(others.toSorted()).toEqual(expected.toSorted());
        }
      }),
    );
  });

  test('take time in proportion to the values, even to those that hold each other', () => {
    const all = Array.from(
      { length: 3000 },
      (_, i): NumberedIndicator => ({
        id: i + 1,
        field: 1,
        op: 'contains',
        value: 'a'.repeat(i + 1),
        encoding: '',
      }),
    );
    const find = broaderFinder(all);
    const totals = all.map((one) => find(one).total);
    // No value of more than 200 characters is looked for in others.
    expect(Math.max(...totals)).toBe(200);
  });
});

/** Whether whatever the first finds is found by the second, as their words say. */
function implies(one: NumberedIndicator, other: NumberedIndicator): boolean {
  if (one.id === other.id || one.field !== other.field || other.value === '') return false;
  if (one.encoding !== '' || other.encoding !== '' || one.op === 'regex') return false;
  const starts = one.op === 'eq' || one.op === 'starts_with';
  const ends = one.op === 'eq' || one.op === 'ends_with';
  switch (other.op) {
    case 'contains':
      return one.value.includes(other.value);
    case 'starts_with':
      return starts && one.value.startsWith(other.value);
    case 'ends_with':
      return ends && one.value.endsWith(other.value);
    default:
      return false;
  }
}
