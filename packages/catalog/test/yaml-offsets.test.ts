import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readYamlFile } from '../src/readers/yaml.ts';

/** The value of `search`, and for each of its characters what stands at its place in the text. */
function charactersOf(text: string): { readonly value: string; readonly found: string } {
  const embedded = readYamlFile(text).records[0]?.embedded('search');
  const value = embedded?.text ?? '';
  const found = Array.from(value.split(''), (_, i) => text.charAt(embedded?.place(i) ?? -1)).join('');
  return { value, found };
}

describe('where the characters of a YAML value stand in the text', () => {
  test.each([
    ['plain', 'name: a\nsearch: index=win EventCode=1\n', 'index=win EventCode=1'],
    ['plain, over two lines', 'search: index=win\n  EventCode=1 | stats\n', 'index=win\nEventCode=1 | stats'],
    ['single-quoted', 'search: \'a="b" c\'\n', 'a="b" c'],
    ['single-quoted, a quote in it', "search: 'it''s | x'\n", "it's | x"],
    ['single-quoted, folded', "search: 'a\n  b\n\n  c'\n", 'a\nb\nc'],
    ['literal', 'search: |-\n  a\n    | b\n\n  | c\nname: x\n', 'a\n  | b\n\n| c'],
    ['literal with Windows line ends', 'search: |\r\n  a\r\n  | b\r\n', 'a\r| b\r'],
    ['literal, its indentation said', 'search: |2-\n    a\n  b\n', '  a\nb'],
    ['folded', 'search: >-\n  a\n  | b\n\n  | c\n', 'a\n| b\n| c'],
    ['folded, more indented', 'search: >-\n  a\n    b\n  c\n', 'a\n  b\nc'],
  ])('%s', (_, text, expected) => {
    expect(charactersOf(text).found).toBe(expected);
  });

  test('of an escape the place is that of its backslash', () => {
    const text = 'search: "a\\tb\\u0041 \\"c\\" \\\n  d"\n';
    expect(charactersOf(text)).toEqual({ value: 'a\tbA "c" d', found: 'a\\b\\ \\c\\ d' });
  });

  test('the place behind the last is behind its last character', () => {
    const text = "search: 'a\n  bc'\nname: x\n";
    const embedded = readYamlFile(text).records[0]?.embedded('search');
    expect(embedded?.place(embedded.text.length)).toBe(text.indexOf('bc') + 2);
  });

  test('in whatever way the value is written: what is not white space and not escaped stands for itself', () => {
    const styles = ['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const;
    const words = fc.stringMatching(/^[a-z|="'\\ \n\t$%:#é]{1,120}$/);
    fc.assert(
      fc.property(
        words,
        fc.constantFrom(...styles),
        fc.constantFrom(20, 80),
        (search, defaultStringType, lineWidth) => {
          const text = stringify({ name: 'x', search, end: 'y' }, { defaultStringType, lineWidth });
          // What the package writes is not always what it reads again: blanks alone, say.
          const { value, found } = charactersOf(text);
          for (let i = 0; i < value.length; i += 1) {
            const there = found.charAt(i);
            if (/\S/.test(value.charAt(i)) && there !== '\\') expect(there).toBe(value.charAt(i));
          }
          const embedded = readYamlFile(text).records[0]?.embedded('search');
          const places = Array.from({ length: value.length + 1 }, (_, i) => embedded?.place(i) ?? -1);
          expect(places).toEqual(places.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
