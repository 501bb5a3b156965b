import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expression, Test, TestParts } from '../src/index.ts';
import { and, LIMITS, not, or, printExpression, printValue, test, unknown } from '../src/index.ts';

const leaf = (parts: Partial<TestParts>): Expression =>
  test({ field: 'Image', op: 'eq', values: [], caseSensitive: false, span: [0, 1], ...parts });
const exists = (field: string): Expression => leaf({ field, op: 'exists', caseSensitive: null });
const [a, b, c, d] = [exists('a'), exists('b'), exists('c'), exists('d')];

describe('a test', () => {
  it.each<[Partial<TestParts>, string]>([
    [{ op: 'ends_with', values: ['\\msiexec.exe'] }, 'Image ends_with "\\msiexec.exe"'],
    [{ values: ['a', 'b'] }, 'Image = any of ("a", "b")'],
    [{ op: 'contains', values: ['a', 'b'], quantifier: 'all' }, 'Image contains all of ("a", "b")'],
    [{ values: [] }, 'Image = any of ()'],
    [{ field: 'EventID', values: [4688], caseSensitive: null }, 'EventID = 4688'],
    [{ field: 'EventID', values: ['4688', true] }, 'EventID = any of ("4688", true)'],
    [{ op: 'starts_with', values: ['x'], caseSensitive: true }, 'Image starts_with "x" [case-sensitive]'],
    [{ op: 'wildcard', values: ['a*\\*'] }, 'Image like "a*\\*"'],
    [
      { op: 'regex', values: ['^a\\d+'], flags: 'im', anchored: true, caseSensitive: false },
      'Image matches "^a\\d+" [flags im, whole value]',
    ],
    [{ op: 'term', field: null, values: ['psexec'] }, 'any field has "psexec"'],
    [{ op: 'lt', values: [1], derived: true }, 'Image < 1 [derived]'],
    [{ op: 'le', values: [1] }, 'Image <= 1'],
    [{ op: 'gt', values: [1] }, 'Image > 1'],
    [{ op: 'ge', values: [-1.5] }, 'Image >= -1.5'],
    [{ op: 'cidr', field: 'SourceIp', values: ['10.0.0.0/8'] }, 'SourceIp in_network "10.0.0.0/8"'],
    [{ op: 'exists', implied: true }, 'Image exists [implied]'],
    [{ op: 'is_null' }, 'Image is_null'],
    [{ op: 'field_eq', values: ['ParentImage'] }, 'Image = field ParentImage'],
    [{ op: 'field_contains', values: ['A', 'B C'] }, 'Image contains any of (field A, field `B C`)'],
    [{ op: 'field_starts_with', values: ['A'] }, 'Image starts_with field A'],
    [{ op: 'field_ends_with', values: ['A'] }, 'Image ends_with field A'],
    [{ op: 'contains', values: [' -q'], transforms: ['windash'] }, 'Image contains " -q" [windash]'],
    [
      { op: 'contains', values: ['x'], transforms: ['wide', 'base64offset'], via: 'macro:enc' },
      'Image contains "x" [wide, base64offset, via macro:enc]',
    ],
    [{ through: ['trim', 'lower'], values: ['x'] }, 'lower(trim(Image)) = "x"'],
    [{ through: ['substring(0, 3)', 'lower'], values: ['x'] }, 'lower(substring(Image, 0, 3)) = "x"'],
    [{ through: ['concat("_, _", _, 1)'], values: ['x'] }, 'concat("_, _", Image, 1) = "x"'],
    [{ through: ['trim("a_\n")'], values: ['x'] }, 'trim(Image, "a_U+000A") = "x"'],
    [{ field: 'Processes.process_name', values: ['x'] }, 'Processes.process_name = "x"'],
    [{ field: 'Event ID', values: [1] }, '`Event ID` = 1'],
    [{ field: 'not', values: [1] }, '`not` = 1'],
    [{ field: '', values: [1] }, '`` = 1'],
    [{ field: 'a`b', values: [1] }, '`a``b` = 1'],
  ])('%j', (parts, text) => {
    expect(printExpression(leaf(parts))).toBe(text);
  });
});

describe('a value', () => {
  it.each<[Test['values'][number], string]>([
    ['', '""'],
    ['C:\\Windows\\', '"C:\\Windows\\"'],
    ['"cmd" /c', '\'"cmd" /c\''],
    ["it's", '"it\'s"'],
    [`"it's"`, `"""it's"""`],
    ['one\ntwo', '"one" U+000A "two"'],
    ['\u0000', '"" U+0000 ""'],
    ['a\u202eb', '"a" U+202E "b"'],
    ['a\u00a0b', '"a" U+00A0 "b"'],
    ['\ud800', '"" U+D800 ""'],
    ['dash – and 😀', '"dash – and 😀"'],
    [42, '42'],
    [false, 'false'],
  ])('%j', (value, text) => {
    expect(printValue(value)).toBe(text);
  });

  /** Reads what `printValue` gives for a text. */
  function unquoted(printed: string): string {
    const parts = printed.match(/"(?:""|[^"])*"|'(?:''|[^'])*'|U\+[0-9A-F]+/g) ?? [];
    return parts
      .map((part) => {
        if (part.startsWith('U+')) return String.fromCodePoint(Number.parseInt(part.slice(2), 16));
        const mark = part.charAt(0);
        return part.slice(1, -1).replaceAll(mark + mark, mark);
      })
      .join('');
  }

  it('can be told apart from every other, and shows nothing that cannot be seen', () => {
    const odd = fc.constantFrom('"', "'", '\\', ' ', 'U+000A', '\n', '\u200b', 'a', '\ud83d', '\ude00');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(odd).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (value) => {
        const printed = printValue(value);
        expect(unquoted(printed)).toBe(value);
        expect(printed).not.toMatch(/\p{C}/u);
      }),
    );
  });
});

describe('and, or, not', () => {
  it.each<[Expression, string]>([
    [and([a, b, c]), 'a exists and b exists and c exists'],
    [or([and([a, b]), c]), 'a exists and b exists or c exists'],
    [and([or([a, b]), c]), '(a exists or b exists) and c exists'],
    [not(a), 'not (a exists)'],
    [and([a, not(or([b, c]))]), 'a exists and not (b exists or c exists)'],
    [not(not(a)), 'not (not (a exists))'],
    [{ and: [a, { or: [b] }] }, 'a exists and b exists'],
    [{ and: [{ and: [or([a, b])] }, c] }, '(a exists or b exists) and c exists'],
    [{ and: [] }, 'always'],
    [or([a, { or: [] }]), 'a exists or never'],
    [and([a, unknown('`my_macro`\n', [0, 1])]), 'a exists and unknown "`my_macro`" U+000A ""'],
  ])('%#', (expression, text) => {
    expect(printExpression(expression)).toBe(text);
  });
});

describe('over several lines', () => {
  const long = (field: string): Expression => leaf({ field, op: 'contains', values: [field.repeat(75)] });

  it('keeps what fits on one line', () => {
    const short = and([or([a, b]), not(c)]);
    expect(printExpression(short, { multiline: true })).toBe(printExpression(short));
  });

  it('puts each part on its own line, groups indented', () => {
    const expression = and([long('p'), not(or([long('q'), and([a, b])])), or([c, and([long('r'), d])])]);
    expect(printExpression(expression, { multiline: true }).split('\n')).toEqual([
      `p contains "${'p'.repeat(75)}"`,
      'and not (',
      `  q contains "${'q'.repeat(75)}"`,
      '  or (a exists and b exists)',
      ')',
      'and (',
      '  c exists',
      `  or (r contains "${'r'.repeat(75)}" and d exists)`,
      ')',
    ]);
  });

  it('stands long lists and deep nesting', () => {
    const many: Expression = { or: Array.from({ length: LIMITS.values }, () => a) };
    expect(printExpression(many, { multiline: true }).split('\n')).toHaveLength(LIMITS.values);
    let deep: Expression = long('z');
    for (let i = 0; i < LIMITS.depth * 3; i += 1) deep = not({ and: [deep, b] });
    expect(printExpression(deep, { multiline: true }).length).toBeLessThan(200 * LIMITS.depth * 3);
    expect(printExpression(deep)).toContain('z contains');
  });
});

/** A small reader of printed Ands, Ors and Nots over tests that a field exists. */
function read(text: string): (has: ReadonlySet<string>) => boolean {
  const tokens = text.match(/[()]|\w+/g) ?? [];
  let at = 0;
  type Truth = (has: ReadonlySet<string>) => boolean;
  const readOr = (): Truth => {
    const parts = [readAnd()];
    while (tokens[at] === 'or') {
      at += 1;
      parts.push(readAnd());
    }
    return (has) => parts.some((part) => part(has));
  };
  const readAnd = (): Truth => {
    const parts = [readOne()];
    while (tokens[at] === 'and') {
      at += 1;
      parts.push(readOne());
    }
    return (has) => parts.every((part) => part(has));
  };
  const readOne = (): Truth => {
    const token = tokens[at] ?? '';
    at += 1;
    if (token === 'always') return () => true;
    if (token === 'never') return () => false;
    if (token === 'not') {
      const inner = readOne();
      return (has) => !inner(has);
    }
    if (token === '(') {
      const inner = readOr();
      at += 1;
      return inner;
    }
    at += 1; // exists
    return (has) => has.has(token);
  };
  const truth = readOr();
  expect(at).toBe(tokens.length);
  return truth;
}

function holds(expression: Expression, has: ReadonlySet<string>): boolean {
  if ('and' in expression) return expression.and.every((item) => holds(item, has));
  if ('or' in expression) return expression.or.some((item) => holds(item, has));
  if ('not' in expression) return !holds(expression.not, has);
  return 'test' in expression && has.has(expression.test.field ?? '');
}

const names = ['a', 'b', 'c', 'a_long_name_that_soon_fills_a_line', 'another_long_name_of_a_field'];
const { logic } = fc.letrec<{ logic: Expression }>((tie) => ({
  logic: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    fc.constantFrom(...names).map(exists),
    fc.array(tie('logic'), { maxLength: 4 }).map((items): Expression => ({ and: items })),
    fc.array(tie('logic'), { maxLength: 4 }).map((items): Expression => ({ or: items })),
    tie('logic').map(not),
  ),
}));

it('the printed text means what the expression means', () => {
  fc.assert(
    fc.property(logic, fc.subarray(names), fc.boolean(), (expression, present, multiline) => {
      const has = new Set(present);
      expect(read(printExpression(expression, { multiline }))(has)).toBe(holds(expression, has));
    }),
    { numRuns: 1000 },
  );
});
