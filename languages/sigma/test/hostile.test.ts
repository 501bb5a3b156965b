import { LIMITS, toResult } from '@rulescope/logic';
import { schemaFaults } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { language } from '../src/index.ts';

const HEAD = 'title: t\nlogsource: {product: p}\n';

function explained(text: string) {
  const result = toResult(language.parse(text), 'hostile');
  expect(schemaFaults(result)).toEqual([]);
  const all = [result, ...(result.queries ?? [])].flatMap(({ diagnostics }) => diagnostics);
  return { result, codes: [...new Set(all.map(({ code }) => code))] };
}

/** `&a0 [x, …]`, then lists that each name the one before ten times. */
function aliasBomb(levels: number, first: string): string {
  const lists = Array.from(
    { length: levels },
    (_, i) => `    l${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]\n`,
  );
  return `${HEAD}detection:\n    l0: &a0 ${first}\n${lists.join('')}    condition: all of l*\n`;
}

describe('hostile texts end in a clear diagnostic', () => {
  it.each([
    ['keywords', '[lol, lol, lol]'],
    ['maps', '[{f: 1}, {g|contains|windash: " -a -b -c"}]'],
    ['nothing', '[]'],
  ])('alias bombs of %s', (_, first) => {
    const { result, codes } = explained(aliasBomb(12, first));
    expect(codes).toContain('result-too-large');
    expect(result.understood).not.toBe('full');
    expect(JSON.stringify(result).length).toBeLessThan(400_000_000);
  });

  it('an alias bomb in the metadata costs nothing', () => {
    const lists = Array.from(
      { length: 20 },
      (_, i) => `x${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]\n`,
    );
    const { result } = explained(
      `x0: &a0 [lol]\n${lists.join('')}${HEAD}tags: *a20\ndetection: {s: {f: 1}, condition: s}\n`,
    );
    expect(result.understood).toBe('full');
  });

  it('ten megabytes are not parsed', () => {
    const { result, codes } = explained(`${HEAD}description: ${'x'.repeat(10_000_000)}\n`);
    expect(codes).toEqual(['text-too-large']);
    expect(result.understood).toBe('none');
  });

  it('a text as long as allowed, with as many keys as fit, is read', () => {
    const keys = Array.from({ length: 100_000 }, (_, i) => `    f${i}: ${i}\n`).join('');
    expect(keys.length).toBeLessThan(LIMITS.textLength);
    const { result } = explained(`${HEAD}detection:\n  s:\n${keys}  condition: s\n`);
    expect(result.indicators).toHaveLength(100_000);
  });

  it.each<[string, string]>([
    ['parentheses', `${'('.repeat(100_000)}s${')'.repeat(100_000)}`],
    ['open parentheses', '('.repeat(100_000)],
    ['nots', `${'not '.repeat(100_000)}s`],
  ])('100,000 nested %s', (_, condition) => {
    const { result, codes } = explained(`${HEAD}detection:\n  s: {f: 1}\n  condition: ${condition}\n`);
    expect(codes).toContain('nesting-too-deep');
    expect(result.understood).toBe('partial');
  });

  it.each<[string, string]>([
    ['flow lists', '['.repeat(100_000)],
    ['closed flow lists', '['.repeat(5_000) + ']'.repeat(5_000)],
    ['block lists', `${'- '.repeat(100_000)}x`],
    ['complex keys', `${'? '.repeat(100_000)}x`],
  ])('100,000 nested %s of YAML', (_, value) => {
    const { result, codes } = explained(`${HEAD}detection:\n  s:\n    ${value}\n  condition: s\n`);
    expect(result.understood).not.toBe('full');
    expect(codes.length).toBeGreaterThan(0);
  });

  it('300 levels of YAML are too many', () => {
    const { codes } = explained(
      `${HEAD}detection:\n  s: ${'['.repeat(300)}x${']'.repeat(300)}\n  condition: s\n`,
    );
    expect(codes).toContain('nesting-too-deep');
  });

  it('a condition that repeats a long selection is cut', () => {
    const values = Array.from({ length: 1000 }, (_, i) => `v${i}`).join(', ');
    const condition = Array(5000).fill('s').join(' or ');
    const { result, codes } = explained(
      `${HEAD}detection:\n  s: {f: [${values}]}\n  condition: ${condition}\n`,
    );
    expect(codes).toContain('result-too-large');
    expect(result.understood).toBe('partial');
  });

  it('half of a hundred selections can be chosen in too many ways', () => {
    const selections = Array.from({ length: 100 }, (_, i) => `  s${i}: {f: ${i}}\n`).join('');
    const { codes } = explained(`${HEAD}detection:\n${selections}  condition: 50 of s*\n`);
    expect(codes).toContain('result-too-large');
  });

  it.each([
    '(a+)+$',
    '(.*)*x',
    '(?=a)b',
    '(',
    '[',
    '\\',
    '(?<n>x)\\k<n>',
    '(a|'.repeat(5000),
    'a{1000000}{1000000}',
  ])('the regex %.20s is kept, never run', (pattern) => {
    const { result } = explained(
      `${HEAD}detection:\n  s: {f|re: ${JSON.stringify(pattern)}}\n  condition: s\n`,
    );
    expect(result.indicators[0]?.values).toEqual([pattern]);
  });

  it('the aggregation of a condition takes no longer for odd white space', () => {
    const { codes } = explained(
      `${HEAD}detection:\n  s: {f: 1}\n  condition: s | count() by ${' '.repeat(500_000)}x\n`,
    );
    expect(codes).toContain('sigma-bad-aggregation');
  });

  it('100,000 documents and 100,000 anchors', () => {
    expect(explained('---\n'.repeat(10_000)).codes).toEqual(['empty-text']);
    expect(explained('---\n'.repeat(900_000)).codes).toEqual(['text-too-large']);
    const anchors = Array.from({ length: 30_000 }, (_, i) => `    f${i}: &a${i} x\n    g${i}: *a${i}\n`).join(
      '',
    );
    expect(explained(`${HEAD}detection:\n  s:\n${anchors}  condition: s\n`).result.understood).toBe('full');
  });

  it('documents that inherit much, many times, are cut off and said to be', () => {
    const selections = Array.from({ length: 1000 }, (_, i) => `s${i}: {A: 1}`).join(', ');
    const rest = '---\nlogsource: {product: x}\n'.repeat(2000);
    const { result, codes } = explained(
      `action: global\ntitle: t\ndetection: {${selections}, condition: 1 of s*}\n${rest}`,
    );
    expect(codes).toContain('result-too-large');
    expect(result.understood).not.toBe('full');
    expect(JSON.stringify(result).length).toBeLessThan(250_000_000);
  });

  it('correlations that name each other nine times a level stay small', () => {
    const levels = Array.from(
      { length: 39 },
      (_, i) =>
        `title: t\nname: c${i}\ncorrelation: {type: temporal, rules: [${Array(9)
          .fill(`c${i + 1}`)
          .join(', ')}], group-by: [u], timespan: 1h}\n`,
    );
    const base = `${HEAD}name: c39\ndetection: {s: {f: 1}, condition: s}\n`;
    const { result, codes } = explained([...levels, base].join('---\n'));
    expect(codes).toContain('result-too-large');
    expect(JSON.stringify(result).length).toBeLessThan(100_000_000);
  });

  it('a condition that uses up its budget to the last value says so', () => {
    const selections = Array.from({ length: 1000 }, (_, i) => `  s${i}: {A: 1}\n`).join('');
    const condition = Array(201).fill('all of s*').join(' or ');
    const { result, codes } = explained(`${HEAD}detection:\n${selections}  condition: ${condition}\n`);
    expect(result.understood).toBe('partial');
    expect(codes).toEqual(['result-too-large']);
  });

  it('thousands of patterns over thousands of selections are too many', () => {
    const selections = Array.from({ length: 3000 }, (_, i) => `  s${i}: {A: 1}\n`).join('');
    const condition = Array.from({ length: 20_000 }, (_, i) => `1 of z${i}*`).join(' or ');
    expect(explained(`${HEAD}detection:\n${selections}  condition: ${condition}\n`).codes).toContain(
      'result-too-large',
    );
  });

  it('names that JavaScript knows are only names', () => {
    const { result } = explained(
      `${HEAD}detection:\n  __proto__: {constructor: 1}\n  toString: {__proto__|contains: x}\n  condition: __proto__ and toString\n`,
    );
    expect(result.understood).toBe('full');
    expect(result.indicators.map(({ field }) => field)).toEqual(['constructor', '__proto__']);
  });

  it.each(['\0', '\ud800', '\u202e', '\x1b[31m', '<script>alert(1)</script>'])(
    'odd characters are kept: %j',
    (text) => {
      const { result } = explained(
        `${HEAD}detection:\n  s: {f|contains: ${JSON.stringify(text)}}\n  condition: s\n`,
      );
      expect(result.indicators[0]?.values).toEqual([text]);
    },
  );
});
