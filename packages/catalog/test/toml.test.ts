import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { embeddedToml, readTomlFile, spansOf, type TomlValue, under } from '../src/readers/toml.ts';

function rootOf(text: string): TomlValue | null {
  const { root, diagnostics } = readTomlFile(text);
  expect(diagnostics).toEqual([]);
  return root;
}

/** The string under `query`, and for each of its characters what stands at its place in the text. */
function charactersOf(text: string): { readonly value: string; readonly found: string } {
  const embedded = embeddedToml(under(rootOf(text), 'query'));
  const value = embedded?.text ?? '';
  const found = Array.from(value.split(''), (_, i) => text.charAt(embedded?.place(i) ?? -1)).join('');
  return { value, found };
}

describe('where the characters of a TOML string stand in the text', () => {
  test.each([
    ['literal', "a = 1\nquery = 'C:\\Temp\\*'\n", 'C:\\Temp\\*'],
    ['literal, over lines', "query = '''\na where\n  b == 1\n'''\n", 'a where\n  b == 1\n'],
    ['literal, over lines, quotes at its end', "query = '''a == ''b'''''\n", "a == ''b''"],
    ['basic, over lines', 'query = """\na where\n  b == ""\n"""\n', 'a where\n  b == ""\n'],
    ['basic, over lines, quotes at its end', 'query = """a == "b""""\n', 'a == "b"'],
    ['with Windows line ends', "query = '''\r\na\r\nb'''\r\n", 'a\r\nb'],
  ])('%s', (_, text, expected) => {
    expect(charactersOf(text)).toEqual({ value: expected, found: expected });
  });

  test('of an escape the place is that of its backslash', () => {
    expect(charactersOf('query = "a \\"b\\\\\\u0041\\t" # "c"\n')).toEqual({
      value: 'a "b\\A\t',
      found: 'a \\b\\\\\\',
    });
  });

  test('an escape has as many digits as its letter says, in either case', () => {
    const text = 'query = "\\U0001F600\\U00000041\\u00e9\\u00E9 a == b"\n';
    const embedded = embeddedToml(under(rootOf(text), 'query'));
    expect(embedded?.text).toBe('😀Aéé a == b');
    const places = ['\\U0001F600', '\\U00000041', '\\u00e9', '\\u00E9', ' a', '== b'].map((part) =>
      text.indexOf(part),
    );
    expect([0, 2, 3, 4, 5, 8].map((offset) => embedded?.place(offset))).toEqual(places);
    // Both units of the character stand at its escape.
    expect(embedded?.place(1)).toBe(places[0]);
  });

  test('behind a backslash that ends a line a blank that is no white space of TOML stays', () => {
    expect(charactersOf('query = """a\\\n \u00a0b"""\n')).toEqual({ value: 'a\u00a0b', found: 'a\u00a0b' });
  });

  test('what a backslash at the end of a line takes away has no place', () => {
    expect(charactersOf('query = """a \\\n\n   b \\  \n c"""\n')).toEqual({ value: 'a b c', found: 'a b c' });
  });

  test('the place behind the last is behind its last character', () => {
    const text = "query = '''\na\n  bc'''\nx = 1\n";
    const embedded = embeddedToml(under(rootOf(text), 'query'));
    expect(embedded?.place(embedded.text.length)).toBe(text.indexOf('bc') + 2);
  });

  test('in whatever way the value is written', () => {
    const words = fc.stringMatching(/^[a-z|="\\ \n\t$%:#é😀[\]{},]{0,120}$/u);
    const basic = (value: string) => JSON.stringify(value);
    const lines = (value: string) =>
      `"""\n${value.replaceAll(/["\\]/g, '\\$&').replaceAll(' ', ' \\\n  ')}"""`;
    const literal = (value: string) => `'''\n${value}'''`;
    fc.assert(
      fc.property(words, fc.constantFrom(basic, lines, literal), (query, write) => {
        // A backslash that ends a line takes all blanks behind it, the value's own too.
        const value = write === lines ? query.replaceAll(/\s+/g, ' ').replace(/\s$/, '') : query;
        const read = charactersOf(`a = { b = [1, "]"] }\nquery = ${write(value)}\n[x]\nquery = 2\n`);
        expect(read.value).toBe(value);
        for (let i = 0; i < value.length; i += 1) {
          const there = read.found.charAt(i);
          if (there !== '\\') expect(there).toBe(value.charAt(i));
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('where the keys of a TOML text stand', () => {
  const text = [
    'title = "x" # no comment of a value',
    'a.b = 1',
    '[rule]',
    'query = """',
    '[[rule.filters]]',
    '"""',
    'list = [',
    '  "one", # ]',
    "  'two',",
    '  { c = 3, "d e".f = [4] },',
    ']',
    '',
    '[[rule.filters]]',
    '[rule.filters.meta]',
    'negate = true',
    '[[rule.filters]]',
    '"q.r" . s = 1979-05-27 07:32:00',
    '',
    '# between',
    '[rule.threshold]',
    'value = 2',
    '[[rule.filters]]',
    'last = 1',
  ].join('\n');

  const shown = (...keys: readonly (string | number)[]) => {
    const found = under(rootOf(text), ...keys);
    return found === null ? null : spansOf(found).map((span) => text.slice(...span));
  };

  test.each([
    [['title'], ['title = "x"']],
    [['a'], ['a.b = 1']],
    [['rule', 'threshold'], ['[rule.threshold]\nvalue = 2']],
    [['rule', 'filters', 0, 'meta', 'negate'], ['negate = true']],
    [['rule', 'filters', 1], ['[[rule.filters]]\n"q.r" . s = 1979-05-27 07:32:00']],
    [['rule', 'filters', 1, 'q.r', 's'], ['"q.r" . s = 1979-05-27 07:32:00']],
    [['rule', 'filters', 2], ['[[rule.filters]]\nlast = 1']],
    [['rule', 'absent'], null],
  ] as const)('%j', (keys, expected) => {
    expect(shown(...keys)).toEqual(expected);
  });

  test('of an array of tables that others interrupt, each run is one span', () => {
    expect(shown('rule', 'filters')).toEqual([
      '[[rule.filters]]\n[rule.filters.meta]\nnegate = true\n[[rule.filters]]\n"q.r" . s = 1979-05-27 07:32:00',
      '[[rule.filters]]\nlast = 1',
    ]);
  });

  test('elements of arrays and inline tables have the places of their values', () => {
    const at = (...keys: readonly (string | number)[]) => {
      const value = under(rootOf(text), 'rule', 'list', ...keys)?.node?.value;
      return value == null ? null : text.slice(...value);
    };
    expect([at(0), at(1), at(2, 'c'), at(2, 'd e', 'f', 0)]).toEqual(['"one"', "'two'", '3', '4']);
  });
});

describe('a text that is no TOML', () => {
  test.each([
    ['a string without its end', 'a = 1\nquery = "x\n', 2],
    ['a key given twice', 'a = 1\na = 2\n', 2],
    ['a header without its end', '\n\n[rule\n', 3],
  ])('has one diagnostic with its line: %s', (_, text, line) => {
    const { root, diagnostics } = readTomlFile(text);
    expect(root).toBeNull();
    expect(diagnostics).toMatchObject([{ code: 'toml-invalid', severity: 'error', line }]);
  });

  test.each([
    ['arrays', `a = ${'['.repeat(100_000)}`],
    ['a header of many parts', `[${'a.'.repeat(100_000)}b]\nc = 1\n`],
    [
      'many keys under it',
      `[${'a.'.repeat(20_000)}b]\n${Array.from({ length: 20_000 }, (_, i) => `k${i} = 1`).join('\n')}`,
    ],
    ['backslashes and line ends', `query = """${'\\\n\n\n'.repeat(50_000)}"""`],
    ['quotes', `a = ${'"'.repeat(200_001)}`],
  ])('or a hostile one throws nothing: %s', (_, text) => {
    const { root } = readTomlFile(text);
    expect(root === null || spansOf(root).length > 0).toBe(true);
  });
});
