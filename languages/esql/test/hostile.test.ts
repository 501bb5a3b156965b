import { toResult } from '@rulescope/logic';
import { schemaFaults } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { language } from '../src/index.ts';

/** Texts that cost a careless parser time or stack: each must end, in time that grows as the text does. */
const MANY = 20_000;

function many(part: (i: number) => string, between: string, count = MANY): string {
  return Array.from({ length: count }, (_, i) => part(i)).join(between);
}

function explained(text: string) {
  const result = toResult(language.parse(text), 'hostile');
  return { result, codes: [...new Set(result.diagnostics.map(({ code }) => code))] };
}

describe('hostile texts end in a clear diagnostic', () => {
  it.each<[string, string]>([
    ['parentheses', `from a | where ${'('.repeat(MANY)}b == 1${')'.repeat(MANY)}`],
    ['open parentheses', `from a | where ${'('.repeat(MANY)}`],
    ['nots', `from a | where ${'not '.repeat(MANY)}b == 1`],
    ['signs', `from a | where b == ${'- '.repeat(MANY)}1`],
    ['calls', `from a | where ${'to_lower('.repeat(MANY)}b`],
    ['choices', `from a | where ${'case(b == 1, '.repeat(MANY)}`],
    ['lists', `from a | where ${'b in ('.repeat(MANY)}`],
    ['arrays', `from a | where b == ${'['.repeat(MANY)}`],
    ['options', `from a | where match(b, "c", ${'{"d": '.repeat(MANY)}`],
    ['subqueries of from', 'from ('.repeat(MANY)],
    ['subqueries of in', `from a | where ${'b in (from c | where '.repeat(MANY)}`],
    ['branches', `from a ${'| fork (where b == 1 '.repeat(MANY)}`],
  ])('nested %s', (_, text) => {
    const { result, codes } = explained(text);
    expect(codes).toContain('nesting-too-deep');
    expect(result.understood).toBe('partial');
    expect(schemaFaults(result)).toEqual([]);
    expect(JSON.stringify(result).length).toBeLessThan(50_000_000);
  });

  it.each<[string, string]>([
    ['brackets that close nothing', ')'.repeat(MANY)],
    ['quotation marks', '"a '.repeat(MANY)],
    ['raw strings that are never closed', '""" '.repeat(MANY)],
    ['comments that are never closed', '/* '.repeat(MANY)],
    ['back-ticks', '`'.repeat(MANY)],
    ['pipes', '|'.repeat(MANY)],
    ['unknown functions', `from a | where ${many((i) => `to_lowe${i}(b) == "c"`, ' or ')}`],
    ['unknown commands', `from a ${'| nothing '.repeat(MANY)}`],
    ['a list without an end', `from a | where b in (${'"c", '.repeat(MANY)}`],
    ['junk', `from a | where ${'🦊 '.repeat(MANY)}`],
  ])('%s', (_, text) => {
    const { result, codes } = explained(text);
    expect(codes.length).toBeGreaterThan(0);
    expect(result.understood).not.toBe('full');
    expect(result.diagnostics.length).toBeLessThan(3_000);
  });

  it.each<[string, string]>([
    ['sums', `from a | where b == 1${' + 1'.repeat(MANY)}`],
    ['ands', `from a | where b == 1${' and c == 2'.repeat(MANY)}`],
    ['casts', `from a | where b${'::string'.repeat(MANY)} == "c"`],
    ['commands', `from a ${'| where b == 1 '.repeat(MANY)}`],
    ['columns', `from a | keep ${many((i) => `c${i}`, ', ')}`],
    ['renames', `from a | rename ${many((i) => `c${i} as c${i + 1}`, ', ')} | where c${MANY} == 1`],
    [
      'names that are built upon each other',
      `from a | eval ${many((i) => `c${i + 1} = c${i}`, ', ')} | where c9 == 1`,
    ],
    [
      'functions that are built upon each other',
      `from a | eval ${many(() => 'b = to_lower(b)', ', ')} | where b == "c"`,
    ],
    [
      'choices that are built upon each other',
      `from a | eval ${many((i) => `c${i + 1} = case(b == ${i}, c${i}, d)`, ', ')} | where c9 == 1`,
    ],
    [
      'fallbacks that are built upon each other',
      `from a | eval ${many((i) => `c${i + 1} = coalesce(c${i}, d${i})`, ', ')} | where c${MANY} == 1`,
    ],
    [
      'texts that double',
      `from a | eval c0 = "x", ${many((i) => `c${i + 1} = concat(c${i}, c${i})`, ', ')} | where c40 == d`,
    ],
    [
      'branches',
      `from a | eval ${many((i) => `c${i} = ${i}`, ', ', 2_000)} | fork ${many(() => '(where b == 1)', ' ', 2_000)}`,
    ],
  ])('long texts of %s are read whole', (_, text) => {
    const { result } = explained(text);
    expect(result.understood).toBe('full');
    expect(JSON.stringify(result).length).toBeLessThan(50_000_000);
  });

  it('names that JavaScript knows are only names', () => {
    const { result } = explained(
      'from constructor | where __proto__ == 1 and toString.constructor == "x" and valueOf(a) == 1 and b::constructor == 2 | hasOwnProperty',
    );
    expect(result.sources).toEqual([{ kind: 'index', value: 'constructor' }]);
    expect(result.indicators.map(({ field }) => field)).toEqual(['__proto__', 'toString.constructor']);
    expect(result.diagnostics.map(({ code }) => code)).toEqual([
      'esql-unknown-command',
      'esql-unknown-function',
      'esql-bad-arguments',
    ]);
  });

  it.each(['\0', '\ud800', '\u202e', '\x1b[31m', '<script>alert(1)</script>'])(
    'odd characters are kept: %j',
    (text) => {
      expect(explained(`from a | where b == "${text}"`).result.indicators[0]?.values).toEqual([text]);
    },
  );

  it('a case of more values than are followed keeps its conditions', () => {
    const chosen = (count: number): string =>
      `from a | eval s = case(${many((i) => `b == ${i}, ${i + 1}`, ', ', count)}, 0) | where s > 3`;
    const { result, codes } = explained(chosen(41));
    expect(result.indicators.filter(({ field }) => field === 'b')).toHaveLength(41);
    expect(codes).toEqual([]);
    const more = explained(chosen(MANY));
    expect(more.codes).toEqual(['esql-conditions-not-shown']);
    expect(more.result.understood).toBe('full');
  });

  it('cases that are added up again and again are listed once', () => {
    const sums = many((i) => `s${i + 1} = s${i} + c`, ', ', MANY);
    const { result } = explained(`from a | eval s0 = 0, c = case(b == 1, 2, 0), ${sums} | where s9 > 3`);
    expect(result.indicators.filter(({ field }) => field === 'b')).toHaveLength(1);
  });

  it('conditions that repeat each other are cut short', () => {
    const names = many((i) => `c${i + 1} = case(c${i} == 1 or c${i} == 2, 1, 2)`, ', ', 200);
    const { result } = explained(`from a | eval ${names} | where c200 == 1`);
    expect(JSON.stringify(result).length).toBeLessThan(50_000_000);
  });

  it('more values than anyone would read are too many', () => {
    const { codes } = explained(
      `from a | where ${many(() => `b in (${'"c",'.repeat(99)}"d")`, ' or ', 2_500)}`,
    );
    expect(codes).toContain('result-too-large');
  });
});
