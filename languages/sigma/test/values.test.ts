import { testsOf } from '@rulescope/logic';
import { lowerPattern } from '@rulescope/logic/parsing';
import { describe, expect, it } from 'vitest';
import { readSigma } from '../src/index.ts';
import { readPattern } from '../src/syntax/pattern.ts';

describe('wildcards and escapes (Sigma Rules Specification, "String Wildcard", "Escape Character")', () => {
  it.each([
    ['cmd.exe', 'eq', 'cmd.exe'],
    ['', 'eq', ''],
    ['*\\cmd.exe', 'ends_with', '\\cmd.exe'],
    ['adm*', 'starts_with', 'adm'],
    ['*x*', 'contains', 'x'],
    ['*', 'exists', ''],
    ['**', 'exists', ''],
    ['prog?.exe', 'wildcard', 'prog?.exe'],
    ['antivirus_V*.exe', 'wildcard', 'antivirus_V*.exe'],
    ['a**b', 'wildcard', 'a*b'],
    // A plain backslash may be written once or twice.
    ['C:\\Windows', 'eq', 'C:\\Windows'],
    ['C:\\\\Windows', 'eq', 'C:\\Windows'],
    // An escaped wildcard is a plain character.
    ['50\\* off', 'eq', '50* off'],
    ['why\\?', 'eq', 'why?'],
    // A backslash before a wildcard has to be escaped.
    ['C:\\Temp\\\\*', 'starts_with', 'C:\\Temp\\'],
    // Three backslashes: a plain backslash and a plain wildcard.
    ['a\\\\\\*', 'eq', 'a\\*'],
    // Four, and three before another character, are two.
    ['\\\\\\\\server', 'eq', '\\\\server'],
    ['\\\\\\server', 'eq', '\\\\server'],
    // In a pattern a backslash is doubled only where it would escape what follows.
    ['C:\\Users\\\\*\\a.exe', 'wildcard', 'C:\\Users\\\\*\\a.exe'],
    ['\\\\\\\\*\\share', 'wildcard', '\\\\\\\\*\\share'],
    ['a*\\*b', 'wildcard', 'a*\\*b'],
    ['x\\', 'eq', 'x\\'],
  ])('%s is %s %s', (text, op, value) => {
    expect(lowerPattern(readPattern(text))).toEqual({ op, value });
  });
});

/** The one test of a rule with one field. */
function only(key: string, value: unknown) {
  const rule = JSON.stringify({
    title: 't',
    logsource: { product: 'p' },
    detection: { s: { [key]: value }, condition: 's' },
  });
  const [read] = readSigma(rule).rules;
  const [test] = read?.where == null ? [] : testsOf(read.where);
  return { read, test };
}

describe('values that stand for several literals', () => {
  it('windash: each dash that starts a flag, in five ways (Sigma Modifiers, "String Modifiers")', () => {
    expect(only('f|windash|contains', ' -q').test?.expanded).toEqual([[' -q', ' /q', ' –q', ' —q', ' ―q']]);
    expect(only('f|contains|windash', ' -s -i cmd').test?.expanded?.[0]).toHaveLength(25);
    expect(only('f|contains|windash', ' –q').test?.expanded?.[0]).toEqual([
      ' -q',
      ' /q',
      ' –q',
      ' —q',
      ' ―q',
    ]);
    expect(only('f|contains|windash', 'start/b').test?.expanded).toEqual([['start/b']]);
    expect(only('f|contains|windash', 'a - b').test?.expanded).toEqual([['a - b']]);
  });

  it('base64 (RFC 4648, section 10: foobar)', () => {
    const { test } = only('f|base64', 'foobar');
    expect(test).toMatchObject({
      op: 'eq',
      values: ['foobar'],
      transforms: ['base64'],
      expanded: [['Zm9vYmFy']],
    });
  });

  it('base64offset: what stays the same at each of the three positions', () => {
    // Of "http://": at offset 0 "aHR0cDovL", 1 "h0dHA6Ly", 2 "odHRwOi8v" are the parts that neighbours cannot change.
    const { test } = only('f|base64offset|contains', 'http://');
    expect(test).toMatchObject({ op: 'contains', values: ['http://'], transforms: ['base64offset'] });
    expect(test?.expanded).toEqual([['aHR0cDovL', 'h0dHA6Ly', 'odHRwOi8v']]);
  });

  it('UTF-16 (Sigma Modifiers, "Encoding": the bytes of cmd)', () => {
    expect(only('f|wide|contains', 'cmd').test?.expanded).toEqual([['c\0m\0d\0']]);
    expect(only('f|utf16le|contains', 'cmd').test?.expanded).toEqual([['c\0m\0d\0']]);
    expect(only('f|utf16be|contains', 'cmd').test?.expanded).toEqual([['\0c\0m\0d']]);
    expect(only('f|utf16|contains', 'cmd').test?.expanded).toEqual([['\xff\xfec\0m\0d\0']]);
  });

  it('a value that would stand for more literals than anyone can read is said to', () => {
    const { read } = only('f|contains|windash', ' -a -b -c -d -e -f');
    expect(read?.understood).toBe('partial');
    expect(read?.diagnostics.map((found) => found.code)).toEqual(['too-many-expansions']);
  });
});

it.each<[string, unknown, boolean]>([
  ['f|re', 'a', true],
  ['f|re|i', 'a', false],
  ['f|re', '(?i)a', false],
  ['f|re', ['(?i)a', 'b'], true],
  ['f', 'a', false],
  ['f|cased', 'a', true],
])('%s: %j minds case: %s', (key, value, expected) => {
  expect(only(key, value).test?.caseSensitive).toBe(expected);
});

describe('numbers', () => {
  it('are numbers where the YAML has them, and keep what a double cannot hold as text', () => {
    expect(only('f', 4688).test).toMatchObject({ op: 'eq', values: [4688], caseSensitive: null });
    const rule =
      'title: t\nlogsource: {product: p}\ndetection:\n  s:\n    a: 0x1410\n    b: 12345678901234567890\n  condition: s\n';
    const [read] = readSigma(rule).rules;
    expect(testsOf(read?.where ?? { or: [] }).map((test) => test.values)).toEqual([
      [0x1410],
      ['12345678901234567890'],
    ]);
  });

  it('are text under the modifiers of text', () => {
    expect(only('f|contains', 4688).test).toMatchObject({
      op: 'contains',
      values: ['4688'],
      caseSensitive: false,
    });
  });
});

describe('values that do not fit their modifier are said to, and kept as text', () => {
  it.each([
    ['f|gt', 'many', 'sigma-bad-modifier-use'],
    ['f|exists', 'perhaps', 'sigma-bad-modifier-use'],
    ['f|cidr', '10.0.0.0/33', 'sigma-bad-cidr'],
    ['f|cidr', '10.0/8', 'sigma-bad-cidr'],
    ['f|cidr|contains', '10.0.0.0/8', 'sigma-bad-modifier-use'],
    ['f|base64', 'a*', 'sigma-bad-modifier-use'],
    ['f|base64offset|contains', 'a', 'sigma-bad-modifier-use'],
    ['f|contains', null, 'sigma-bad-modifier-use'],
    ['f|i', 'x', 'sigma-bad-modifier-use'],
    ['f|re|windash', 'x', 'sigma-bad-modifier-use'],
    ['f|hour|contains', 3, 'sigma-bad-modifier-use'],
    ['f|lt|gt', 3, 'sigma-bad-modifier-use'],
    ['f|contians', 'x', 'sigma-unknown-modifier'],
    ['f', [], 'sigma-empty-selection'],
    ['f', { a: 1 }, 'sigma-bad-selection'],
    ['f', [['x']], 'sigma-bad-selection'],
  ])('%s: %j', (key, value, code) => {
    const { read, test } = only(key, value);
    expect(read?.diagnostics.map((found) => found.code)).toEqual([code]);
    expect(read?.understood).toBe('partial');
    expect(test).toBeUndefined();
    expect(JSON.stringify(read?.where)).toContain('unknown');
  });

  it.each([
    ['f|all', ['x']],
    ['f|re|contains', 'x'],
    ['f|re|cased', 'x'],
  ])('%s changes nothing and is only warned of', (key, value) => {
    const { read } = only(key, value);
    expect(read?.understood).toBe('full');
    expect(read?.diagnostics.map((found) => found.code)).toEqual(['sigma-idle-modifier']);
  });
});
