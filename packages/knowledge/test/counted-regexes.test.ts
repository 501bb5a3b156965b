import { countedRegex, ignoresCase } from '@rulescope/knowledge';
import { describe, expect, test } from 'vitest';

describe('a regex is counted as', () => {
  const searched = (pattern: string) => lineOf(countedRegex(pattern, false));
  const whole = (pattern: string) => lineOf(countedRegex(pattern, true));

  test('another one where it must match the whole value', () => {
    expect(searched('evil[0-9]')).toBe('evil[0-9]');
    expect(whole('evil[0-9]')).toBe('evil[0-9] (whole)');
    expect(whole('a|b')).toBe('a|b (whole)');
  });

  test.each([
    [
      'foo',
      whole('.*foo.*'),
      searched('foo'),
      searched('.*foo.*'),
      searched('^.*?foo.*$'),
      searched('(?i)foo'),
    ],
    ['^foo', whole('foo.*'), searched('^foo'), searched('^foo.*')],
    ['foo$', whole('.*foo'), searched('foo$'), searched('.*foo$')],
    ['foo (whole)', whole('foo'), searched('^foo$'), searched('(?i)^foo$')],
    ['(?s)a.b', searched('(?s)a.b'), searched('(?is)a.b'), whole('(?s).*a.b.*')],
  ])('%s, however it is written', (expected, ...written) => {
    expect(written).toEqual(written.map(() => expected));
  });

  test.each([
    '^a|b$',
    'a|.*b',
    '(?m)^foo$',
    '(?x)^ foo $',
    'foo\\.*',
    'foo\\$',
    '.*+foo',
    '[.*',
    '(a.*',
    '\\Qa.*',
    '.*',
    '^$',
  ])('%s where its ends are none that can be told', (pattern) => {
    expect(searched(pattern)).toBe(pattern);
  });

  test('itself when it is counted again, and in time however long it is', () => {
    for (const pattern of ['.*foo.*', 'foo.*', 'foo', '(?s)a.b', '^foo$', `${'.*'.repeat(50_000)}a`]) {
      for (const isWhole of [true, false]) {
        const once = countedRegex(pattern, isWhole);
        expect(countedRegex(once.pattern, once.isWhole)).toEqual(once);
      }
    }
  });

  test('one of any case where it says so itself', () => {
    expect(['(?i)a', '(?si)a', 'a', '(?s)i', '(?:i)'].map(ignoresCase)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

function lineOf({ pattern, isWhole }: ReturnType<typeof countedRegex>): string {
  return isWhole ? `${pattern} (whole)` : pattern;
}
