import fc from 'fast-check';
import { expect, it } from 'vitest';
import { regexFault } from '../src/regex-fault.ts';

it.each([
  'abc',
  'a(b|c)*d',
  '(?i)x',
  '(?<n>a)\\k<n>',
  '[a\\]b]',
  '[]a]',
  '[^]a]',
  '[[:alpha:]]+',
  'a{2,3}?',
  'a*+',
  '\\(',
  '(?=a)b',
  '',
  '(*UTF)a',
  '\\Q(\\E',
])('%s is a pattern', (pattern) => {
  expect(regexFault(pattern)).toBeNull();
});

it.each([
  ['(a', 'a ( is never closed'],
  ['a)', 'a ) closes nothing'],
  ['[a', 'a [ is never closed'],
  ['[]', 'a [ is never closed'],
  ['a\\', 'it ends with a backslash'],
  ['*a', 'a * repeats nothing'],
  ['a|+', 'a + repeats nothing'],
])('%s is none: %s', (pattern, fault) => {
  expect(regexFault(pattern)).toBe(fault);
});

it('finds no fault in what JavaScript takes without its Unicode mode', () => {
  const piece = fc.constantFrom(
    'a',
    '.',
    '(',
    ')',
    '[',
    ']',
    '|',
    '*',
    '+',
    '?',
    '\\d',
    '\\(',
    '[a-z]',
    '(?:',
    '^',
    '$',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const pattern = pieces.join('');
      // JavaScript alone takes `[]` and `[^]` as classes, and a `]` that closes nothing.
      fc.pre(!/\[\^?\]/.test(pattern));
      let taken = true;
      try {
        new RegExp(pattern);
      } catch {
        taken = false;
      }
      if (taken) expect(regexFault(pattern)).toBeNull();
    }),
  );
});
