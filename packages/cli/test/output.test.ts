import { expect, test } from 'vitest';
import { plain, plainJson, plainLine } from '../src/output/plain.ts';
import { columns, indent, wrap } from '../src/output/table.ts';

test('plain shows what a terminal would act on', () => {
  expect(plain('a\x1b[31mb\x9bc\x07\u202ed\r\ne\tf')).toBe('a\\x1b[31mb\\x9bc\\x07\\u202ed\ne\tf');
  expect(plain('lone \ud800')).toBe('lone \ufffd');
  expect(plainLine(' a\n\n b\tc ')).toBe('a b c');
});

test('plainJson is the same value to a program', () => {
  const value = { text: '\x1b\x7f\x9b\u2028\u202e\ud800 ü€\u{1f50e}', list: ['\n'] };
  const json = plainJson(value);
  expect(JSON.parse(json)).toEqual(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(json).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u202e]/);
});

test('columns align words to the left and numbers to the right', () => {
  expect(
    columns(
      [
        ['a', '1'],
        ['bcd', '100'],
      ],
      ['left', 'right'],
    ),
  ).toEqual(['a      1', 'bcd  100']);
  expect(columns([], ['left'])).toEqual([]);
});

test('wrap breaks between words only', () => {
  expect(wrap('one two  three\nfour', 9)).toBe('one two\nthree\nfour');
  expect(wrap('averylongword x', 4)).toBe('averylongword\nx');
  expect(indent('a\nb', 2)).toBe('  a\n  b');
});
