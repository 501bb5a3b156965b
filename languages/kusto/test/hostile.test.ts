import { LIMITS, type Result, toResult } from '@rulescope/logic';
import { faultsOf } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { language } from '../src/index.ts';

interface Explained {
  readonly result: Result;
  readonly codes: readonly string[];
}

/** The result of a text, which must be sound, and the codes of all that is said of it. */
function explained(text: string): Explained {
  expect(faultsOf(language, text, language.parse(text))).toEqual([]);
  return read(text);
}

/** The same for large results, of which the check would take too long: it compares each test with all. */
function read(text: string): Explained {
  const parsed = language.parse(text);
  const found = [...parsed.diagnostics, ...parsed.queries.flatMap((query) => query.diagnostics)];
  return { result: toResult(parsed, null), codes: found.map(({ code }) => code) };
}

describe('hostile texts', () => {
  it.each<[string, string]>([
    ['parentheses', `T | where ${'('.repeat(100_000)}a == 1${')'.repeat(100_000)}`],
    ['open parentheses', `T | where ${'('.repeat(100_000)}`],
    ['nots', `T | where ${'not('.repeat(50_000)}a == 1${')'.repeat(50_000)}`],
    ['joins', `${'T | join ('.repeat(20_000)}T${') on a'.repeat(20_000)}`],
    ['arrays', `let a = dynamic(${'['.repeat(50_000)}${']'.repeat(50_000)}); T`],
    ['function bodies', `${'let f = () { '.repeat(20_000)}T${' };'.repeat(20_000)}`],
    ['minus signs', `T | where a == ${'- '.repeat(50_000)}1`],
    ['members', `T | where a${'.b'.repeat(50_000)} == 1`],
    ['sums', `T | where a == 1${' + 1'.repeat(50_000)}`],
  ])('100,000 nested %s', (_, text) => {
    const { result, codes } = explained(text);
    expect(codes).toContain('nesting-too-deep');
    expect(result.understood).not.toBe('full');
  });

  it('nests as deep as a person does', () => {
    const { result } = explained(`T | where ${'not('.repeat(100)}a == 1${')'.repeat(100)}`);
    expect(result.understood).toBe('full');
  });

  it.each<[string, string]>([
    ['or', `T | where a == 1${' or a == 1'.repeat(20_000)}`],
    ['where', `T${' | where a == 1'.repeat(20_000)}`],
    ['value', `T | where a in (${'"x",'.repeat(50_000)}"y")`],
  ])('the twenty thousandth %s is read', (_, text) => {
    const { result } = read(text);
    expect(result.understood).toBe('full');
    expect(result.indicators.reduce((sum, { values }) => sum + values.length, 0)).toBeGreaterThanOrEqual(
      20_000,
    );
  });

  it('more words than a query has are not read', () => {
    const { result, codes } = explained('a '.repeat(300_000));
    expect(codes).toEqual(['text-too-large']);
    expect(result.understood).toBe('none');
  });

  it('a list that is used again and again is cut', () => {
    const values = Array.from({ length: 1000 }, (_, i) => `"v${i}"`).join(',');
    const { result, codes } = read(
      `let l = dynamic([${values}]); T | where a in (l)${' or a in (l)'.repeat(500)}`,
    );
    expect(codes).toContain('result-too-large');
    expect(result.understood).toBe('partial');
  });

  it('tables that stand for two of the last are cut', () => {
    const lets = Array.from(
      { length: 40 },
      (_, i) => `let t${i + 1} = union t${i}, (t${i} | where a == ${i});`,
    ).join('\n');
    const { result, codes } = read(`let t0 = T | where x == 1;\n${lets}\nt40`);
    expect(codes.some((code) => code === 'result-too-large' || code === 'kql-recursion')).toBe(true);
    expect(JSON.stringify(result).length).toBeLessThan(200_000_000);
  });

  it('functions that call the last one twice are cut', () => {
    const lets = Array.from(
      { length: 40 },
      (_, i) => `let f${i + 1} = (s:string) { strcat(f${i}(s), f${i}(s)) };`,
    ).join('\n');
    const { codes } = read(`let f0 = (s:string) { s };\n${lets}\nT | where f40(a) == "x"`);
    expect(codes).toContain('result-too-large');
  });

  it('columns that are conditions of the last ones are cut', () => {
    const extends_ = Array.from({ length: 40 }, (_, i) => `| extend c${i + 1} = c${i} and c${i}`).join('\n');
    const { codes } = read(`T | extend c0 = a == 1\n${extends_}\n| where c40`);
    expect(codes).toContain('result-too-large');
  });

  it('texts that grow by half are cut', () => {
    const lets = Array.from({ length: 60 }, (_, i) => `let s${i + 1} = strcat(s${i}, s${i});`).join('\n');
    const { result } = explained(`let s0 = "0123456789";\n${lets}\nT | where a == s60`);
    expect(JSON.stringify(result).length).toBeLessThan(10_000_000);
  });

  it.each([
    'let a = a; T | where x == a',
    'let a = b; let b = a; T | where x == a',
    'let f = () { f() }; f()',
    'let f = (x:string) { f(x) }; T | where f(y)',
    'let T = T; T',
    'T | as A | union A',
  ])('names that are defined by themselves come to an end: %s', (text) => {
    expect(explained(text).result.stages.length).toBeGreaterThan(0);
  });

  it('a thousand broken queries', () => {
    const { codes } = explained('T | where a ==\n\n'.repeat(1_000));
    expect(codes).toContain('kql-syntax');
  });

  it('a thousand extends of a thousand names', () => {
    const text = `T${Array.from({ length: 3_000 }, (_, i) => ` | extend c${i} = c${Math.max(0, i - 1)} == ${i}`).join('')} | where c2999`;
    expect(read(text).result.stages).toHaveLength(3_002);
  });

  it.each(['(a+)+$', '(.*)*x', '(?=a)b', '(', '[', 'a{1000000}{1000000}'])(
    'the regex %s is kept, never run',
    (pattern) => {
      const { result } = explained(`T | where a matches regex @"${pattern}"`);
      expect(result.indicators[0]?.values).toEqual([pattern]);
    },
  );

  it('names that JavaScript knows are only names', () => {
    const { result } = explained(
      'let constructor = "x"; let s = dynamic({"__proto__": 1}); T | extend __proto__ = toString | where __proto__ == constructor and hasOwnProperty == 1 and toString != s.toString',
    );
    expect(result.understood).toBe('full');
    expect(result.indicators.map(({ field }) => field)).toEqual(['toString', 'hasOwnProperty']);
    expect(result.exclusions.map(({ where }) => where)).toMatchObject([
      { test: { field: 'toString', op: 'is_null' } },
    ]);
  });

  it.each(['\0', '\ud800', '\u202e', '\x1b[31m', '<script>alert(1)</script>'])(
    'odd characters are kept: %j',
    (text) => {
      const { result } = explained(`T | where a == "${text}"`);
      expect(result.indicators[0]?.values).toEqual([text]);
    },
  );

  it('is not larger than it may be', () => {
    const { codes } = explained('x'.repeat(LIMITS.textLength + 1));
    expect(codes).toEqual(['text-too-large']);
  });
});
