import { LIMITS, toResult } from '@rulescope/logic';
import { schemaFaults } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { language } from '../src/index.ts';

function explained(text: string) {
  const result = toResult(language.parse(text), 'hostile');
  return { result, codes: [...new Set(result.diagnostics.map(({ code }) => code))] };
}

describe('hostile texts end in a clear diagnostic', () => {
  it.each<[string, string]>([
    ['parentheses', `any where ${'('.repeat(100_000)}a == 1${')'.repeat(100_000)}`],
    ['open parentheses', `any where ${'('.repeat(100_000)}`],
    ['nots', `any where ${'not '.repeat(100_000)}a == 1`],
    ['signs', `any where a == ${'- '.repeat(100_000)}1`],
    ['calls', `any where ${'length('.repeat(100_000)}a`],
    ['lists', `any where ${'a in ('.repeat(100_000)}`],
    ['methods', `any where a${':length()'.repeat(100_000)} > 1`],
    ['relations', `any where ${'child of [any where '.repeat(100_000)}a == 1`],
    ['array searches', `any where ${'_arraysearch(a, $b, '.repeat(100_000)}`],
  ])('100,000 nested %s', (_, text) => {
    const { result, codes } = explained(text);
    expect(codes).toContain('nesting-too-deep');
    expect(result.understood).toBe('partial');
    expect(schemaFaults(result)).toEqual([]);
    expect(JSON.stringify(result).length).toBeLessThan(250_000_000);
  });

  it.each<[string, string]>([
    ['sums', `any where a == 1${' + 1'.repeat(500_000)}`],
    ['ands', `any where a == 1${' and b == 2'.repeat(100_000)}`],
    ['values', `any where a in ("x"${', "y"'.repeat(150_000)})`],
    ['steps', `sequence ${'[a where b]'.repeat(50_000)}`],
    ['pipes', `any where true${'| head 1'.repeat(100_000)}`],
    ['keys', `sequence by a${', a'.repeat(300_000)} [a where b] [a where b]`],
  ])('a long row of %s is read', (_, text) => {
    expect(text.length).toBeLessThan(LIMITS.textLength);
    expect(explained(text).result.understood).toBe('full');
  });

  it('a list with more values than anyone writes is kept as text', () => {
    const { result, codes } = explained(
      `any where a in ("x"${', "y"'.repeat(LIMITS.values)}) and b == 1 and c == 2`,
    );
    expect(codes).toEqual(['result-too-large']);
    expect(result.understood).toBe('partial');
    expect(result.indicators).toEqual([]);
  });

  it('tests inside many relations are counted as often as they are listed', () => {
    const tests = 'a == 1 and '.repeat(30_000);
    const text = `any where ${'child of [any where '.repeat(9)}${tests} true${']'.repeat(9)}`;
    const { result, codes } = explained(text);
    expect(codes).toContain('result-too-large');
    expect(JSON.stringify(result).length).toBeLessThan(250_000_000);
  });

  it.each<[string, string]>([
    ['quotes', `any where a == ${'"'.repeat(300_001)}`],
    ['single quotes on lines', `any where ${"'\n".repeat(100_000)}`],
    ['open raw strings', `any where a == """${'\n"""'.repeat(100_001)}`],
    ['backticks', '`'.repeat(300_001)],
    ['open comments', '/*'.repeat(300_000)],
    ['open brackets', `sequence ${'['.repeat(200_000)}`],
    ['closing brackets', `sequence ${']'.repeat(200_000)}`],
    ['open indexes', `any where a${'[1'.repeat(200_000)}`],
    ['exclamation marks', `sequence ${'!'.repeat(200_000)}`],
    ['commas', `any where a in (${','.repeat(200_000)})`],
    ['operators', `any where a ${'== '.repeat(200_000)}`],
    ['untils', `sequence [a where b] ${'until '.repeat(100_000)}`],
    ['missing operators', `any where ${'a '.repeat(200_000)}`],
    ['escapes', `any where a == "${'\\u{'.repeat(200_000)}"`],
    ['dollars', `any where ${'$a and '.repeat(50_000)}b`],
  ])('%s in a row cost no more than their length', (_, text) => {
    const { result } = explained(text);
    expect(['partial', 'none']).toContain(result.understood === 'full' ? 'partial' : result.understood);
    expect(result.diagnostics.length).toBeLessThan(1_500);
  });

  it('names that JavaScript knows are only names', () => {
    const { result } = explained(
      'constructor where __proto__ == 1 and toString.constructor : "x" and valueOf(a) == 1 | hasOwnProperty',
    );
    expect(result.sources).toEqual([{ kind: 'category', value: 'constructor' }]);
    expect(result.indicators.map(({ field }) => field)).toEqual(['__proto__', 'toString.constructor']);
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['eql-unknown-function', 'eql-unknown-pipe']);
  });

  it('variables that JavaScript knows are only names', () => {
    const { result } = explained('any where _arraysearch(a, __proto__, __proto__.b == 1)');
    expect(result.indicators.map(({ field }) => field)).toEqual(['a.b']);
  });

  it.each(['\0', '\ud800', '\u202e', '\x1b[31m', '<script>alert(1)</script>'])(
    'odd characters are kept: %j',
    (text) => {
      expect(explained(`any where a == "${text}"`).result.indicators[0]?.values).toEqual([text]);
    },
  );
});
