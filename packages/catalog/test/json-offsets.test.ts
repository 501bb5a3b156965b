import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { embeddedJson, jsonPlaces, jsonPointer } from '../src/readers/json-offsets.ts';

const QUERY = new Set(['query']);

describe('where the values of a JSON text stand', () => {
  test('by their pointers, keys escaped as RFC 6901 says', () => {
    const text = '{"a/b": [{}, {"query": "x \\"y\\" {", "other": "z"}], "query": "top", "~": {"query": 1}}';
    const places = jsonPlaces(text, QUERY);
    const shown = [...places].map(([pointer, span]) => [pointer, text.slice(...span)]);
    expect(Object.fromEntries(shown)).toEqual({
      '/a~1b/0': '{}',
      '/a~1b/1/query': 'x \\"y\\" {',
      '/a~1b/1': '{"query": "x \\"y\\" {", "other": "z"}',
      '/query': 'top',
      '/~0': '{"query": 1}',
      '': text,
    });
  });

  test('in whatever JSON: each text that was asked for, and nothing else', () => {
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.integer(),
        fc.constant(null),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('query', 'a"b', '~/', '\\'), tie('node')),
      ),
    })).node;
    const expected = (
      node: unknown,
      pointer: string,
      key: string,
    ): readonly (readonly [string, string])[] => {
      if (typeof node === 'string') return key === 'query' ? [[pointer, node]] : [];
      if (typeof node !== 'object' || node === null) return [];
      return Object.entries(node).flatMap(([name, inner]) =>
        expected(inner, jsonPointer(pointer, name), Array.isArray(node) ? '' : name),
      );
    };
    fc.assert(
      fc.property(value, fc.constantFrom(0, 2), (node, indent) => {
        const text = JSON.stringify(node, null, indent);
        const places = [...jsonPlaces(text, QUERY)].filter(([, [start]]) => text.charAt(start - 1) === '"');
        const found = places.map(([pointer, span]) => [pointer, JSON.parse(`"${text.slice(...span)}"`)]);
        expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected(node, '', '')));
      }),
      { numRuns: 500 },
    );
  });
});

describe('where the characters of a JSON text stand', () => {
  test('of an escape the place is that of its backslash', () => {
    const written = 'a\\n\\t\\u0041\\"\\\\ z';
    const text = `{"query": "${written}"}`;
    const start = text.indexOf(written);
    const { text: value, place } = embeddedJson(
      text,
      [start, start + written.length],
      JSON.parse(`"${written}"`),
    );
    expect(value).toBe('a\n\tA"\\ z');
    expect(Array.from(value.split(''), (_, i) => text.charAt(place(i))).join('')).toBe('a\\\\\\\\\\ z');
    expect(place(value.length)).toBe(start + written.length);
  });

  test('in whatever text: what is not escaped stands for itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const text = JSON.stringify({ query: value });
        const span = jsonPlaces(text, QUERY).get('/query') ?? [0, 0];
        const embedded = embeddedJson(text, span, value);
        const places = Array.from({ length: value.length + 1 }, (_, i) => embedded.place(i));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        for (const [i, place] of places.entries()) {
          const there = text.charAt(place);
          if (i < value.length && there !== '\\') expect(there).toBe(value.charAt(i));
        }
      }),
      { numRuns: 1000 },
    );
  });
});
