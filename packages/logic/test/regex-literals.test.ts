import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { LIMITS, requiredLiterals } from '../src/index.ts';

describe('requiredLiterals', () => {
  it.each<[string, string[]]>([
    // Plain text, anchors and boundaries.
    ['', []],
    ['msiexec', ['msiexec']],
    ['^abc$', ['abc']],
    ['\\bnet\\b user', ['net user']],
    ['é😀x', ['é😀x']],
    // What can be any character.
    ['(?i)msiexec.*?\\.\\w{2,5}', ['msiexec', '.']],
    ['a.b', ['a', 'b']],
    ['a\\sb\\d\\Wc', ['a', 'b', 'c']],
    ['a\\pLb\\p{Greek}c\\P{L}d', ['a', 'b', 'c', 'd']],
    // Quantifiers.
    ['ab?c', ['a', 'c']],
    ['ab*c', ['a', 'c']],
    ['ab+c', ['ab', 'c']],
    ['ab+?c', ['ab', 'c']],
    ['ab?+c', ['a', 'c']],
    ['ab{2}c', ['ab', 'c']],
    ['ab{2,}c', ['ab', 'c']],
    ['ab{0,3}c', ['a', 'c']],
    ['ab{0}c', ['a', 'c']],
    ['ab{,3}c', ['a', 'c']],
    ['x😀?y', ['x', 'y']],
    ['a{b}', ['a{b}']],
    ['a{,}', ['a{,}']],
    // Groups.
    ['a(bc)d', ['abcd']],
    ['a(?:bc)d', ['abcd']],
    ['a(?<name>bc)d', ['abcd']],
    ['a(?P<name>bc)d', ['abcd']],
    ["a(?'name'bc)d", ['abcd']],
    ['a(?>bc)d', ['abcd']],
    ['a(bc)+d', ['abc', 'd']],
    ['a(bc)?d', ['a', 'd']],
    ['a(b(c)*d)e', ['ab', 'de']],
    ['a(b|c)d', ['a', 'd']],
    ['a(b(c|d)e)f', ['ab', 'ef']],
    ['a(?|b|c)d', ['a', 'd']],
    ['abc|abd', []],
    ['a(?=bc)d', ['a', 'd']],
    ['a(?!bc)d', ['a', 'd']],
    ['(?<=ab)c(?<!d)', ['c']],
    ['(a)\\1b', ['a', 'b']],
    ['(?P<n>a)(?P=n)b\\k<n>c\\g{1}d\\g-1e', ['a', 'b', 'c', 'd', 'e']],
    ['a(?R)?b(?1)c', ['a', 'b', 'c']],
    ['(a)?(?(1)b|c)d', ['d']],
    ['a(?#not b)c', ['ac']],
    // Inline flags.
    ['(?i)abc', ['abc']],
    ['a(?i:b)c', ['abc']],
    ['a(?i-s:b)c', ['abc']],
    ['a (?x) b c # d\n e (?-x) f', ['a bce f']],
    ['a(?x: b ) c', ['ab c']],
    // Escapes.
    ['C:\\\\Users\\\\', ['C:\\Users\\']],
    ['\\.\\*\\(\\)\\[\\]\\{\\}\\|\\^\\$\\-\\/', ['.*()[]{}|^$-/']],
    ['\\x41\\u0042\\x{43}\\u{44}', ['ABCD']],
    ['\\t\\r\\n', ['\t\r\n']],
    ['a\\x4gb', ['a', 'gb']],
    ['\\Qa.b*\\Ec', ['a.b*c']],
    ['\\Qa.b', ['a.b']],
    ['\\Qab\\E*c', ['a', 'c']],
    ['a\\cAb\\0c\\N{U+41}d', ['a', 'b', 'c', 'd']],
    // Classes.
    ['a[bc]d', ['a', 'd']],
    ['a[^b]d', ['a', 'd']],
    ['a[.]d', ['a.d']],
    ['a[\\\\]d', ['a\\d']],
    ['a[.]?d', ['a', 'd']],
    ['a[]b]c', ['a', 'c']],
    ['a[^]]c', ['a', 'c']],
    ['a[[:alpha:]]c', ['a', 'c']],
    ['a[\\d]c', ['a', 'c']],
    ['a[(]b', ['a(b']],
    ['a[\\Q]\\E]b', ['a', 'b']],
    // Nothing can be said of a pattern that is broken, or that a verb can end early.
    ['abc(', []],
    ['abc)', []],
    ['abc[', []],
    ['abc\\', []],
    ['*abc', []],
    ['a\\x{110000}', []],
    ['a(*ACCEPT)b', []],
    ['a(?#b', []],
    ['a\\p{L', []],
  ])('%j', (pattern, expected) => {
    expect(requiredLiterals(pattern)).toEqual(expected);
  });

  it('ignores white space and comments under the flag x', () => {
    expect(requiredLiterals('a b # c\nd\\ e', 'x')).toEqual(['abd e']);
    expect(requiredLiterals('a +b', 'x')).toEqual(['a', 'b']);
    expect(requiredLiterals('a b', 'i')).toEqual(['a b']);
  });

  it('is done soon with patterns that are made to be slow, deep or long', () => {
    const size = 12_000;
    for (const part of ['(', '[', '{', '\\', '(?<a', '(?i', '{1', '[[:a', '\\x{', 'a{1,', '(a|', 'a*']) {
      expect(requiredLiterals(part.repeat(size)).length).toBeLessThanOrEqual(size);
    }
    const deep = LIMITS.depth + 1;
    expect(requiredLiterals(`${'('.repeat(deep)}a${')'.repeat(deep)}`)).toEqual([]);
    expect(requiredLiterals('a'.repeat(50_001))).toEqual([]);
  });
});

/** A pattern and a text that it matches as a whole. */
interface Sample {
  readonly pattern: string;
  readonly match: string;
}

const CHARACTERS = ['a', 'B', '.', '*', '\\', ' ', '{', '}', '[', ']', '(', ')', '|', '-', 'é', '😀'];
const escaped = (character: string): string => character.replace(/[^A-Za-z0-9é😀 ]/u, '\\$&');

const character = fc.constantFrom(...CHARACTERS).map((c) => ({ pattern: escaped(c), match: c }));
const anyCharacter = fc
  .constantFrom('a', 'Z', '0', ' ')
  .chain((match) =>
    fc.constantFrom(
      { pattern: '.', match },
      { pattern: '[^x]', match },
      { pattern: `[${match}]`, match },
      { pattern: `\\x${match.charCodeAt(0).toString(16).padStart(2, '0')}`, match },
      { pattern: `[${match}q]`, match },
      { pattern: `\\Q${match}\\E`, match },
    ),
  );

const { sample } = fc.letrec<{ sample: Sample }>((tie) => {
  const several = fc.array(tie('sample'), { maxLength: 4 }).map((parts) => ({
    pattern: parts.map((part) => part.pattern).join(''),
    match: parts.map((part) => part.match).join(''),
  }));
  const grouped = fc.tuple(fc.constantFrom('(', '(?:', '(?i:', '(?P<n>'), several).map(([open, inner]) => ({
    pattern: `${open === '(?P<n>' ? '(' : open}${inner.pattern})`,
    match: inner.match,
  }));
  const either = fc
    .tuple(several, several, fc.boolean())
    .map(([x, y, first]) => ({ pattern: `(${x.pattern}|${y.pattern})`, match: first ? x.match : y.match }));
  const repeated = fc
    .tuple(
      fc.oneof(character, anyCharacter, grouped),
      fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '+?'),
      fc.boolean(),
    )
    .map(([part, quantifier, none]) => ({
      pattern: `(?:${part.pattern})${quantifier}`,
      match: none && /^[*?]|^\{0/.test(quantifier) ? '' : part.match.repeat(quantifier === '{2}' ? 2 : 1),
    }));
  return { sample: fc.oneof({ maxDepth: 5 }, character, anyCharacter, several, grouped, either, repeated) };
});

describe('properties', () => {
  it('every text that a pattern matches contains its literals, in order', () => {
    fc.assert(
      fc.property(sample, ({ pattern, match }) => {
        expect(RE2JS.compile(pattern, RE2JS.DOTALL).matches(match), `${pattern} matches ${match}`).toBe(true);
        let from = 0;
        for (const literal of requiredLiterals(pattern)) {
          const at = match.indexOf(literal, from);
          expect(at, `${literal} of ${pattern} in ${match}`).toBeGreaterThanOrEqual(0);
          from = at + literal.length;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '?',
      '*',
      '+',
      '\\',
      'Q',
      'E',
      'x',
      '1',
      '<',
      '^',
      'a',
      '|',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (parts) => {
        expect(requiredLiterals(parts.join(''))).toBeInstanceOf(Array);
      }),
      { numRuns: 2000 },
    );
  });
});
