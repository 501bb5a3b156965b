import { describe, expect, it } from 'vitest';
import { linkSigma, readSigma } from '../src/index.ts';

const HEAD = 'title: t\nlogsource: {product: p}\n';

/** The diagnostics of a text: code, message, and the text that is marked. */
function said(text: string) {
  const { rules, diagnostics } = readSigma(text);
  return [...diagnostics, ...rules.flatMap((rule) => rule.diagnostics)].map(({ code, message, span }) => ({
    code,
    message,
    marked: text.slice(...span),
  }));
}

describe('messages say what to do', () => {
  it.each<[string, string, string, string]>([
    [
      'a misspelt modifier',
      'detection: {s: {f|endwith: x}, condition: s}',
      'sigma-unknown-modifier',
      '"endswith"',
    ],
    [
      'a misspelt selection',
      'detection: {filter: {f: x}, condition: filtr}',
      'sigma-unknown-selection',
      '"filter"',
    ],
    [
      'another language’s and',
      'detection:\n  s: {f: x}\n  t: {g: y}\n  condition: s && t',
      'sigma-bad-condition',
      '"and"',
    ],
    [
      'another language’s not',
      'detection:\n  s: {f: x}\n  condition: s and ! s',
      'sigma-bad-condition',
      '"!"',
    ],
    [
      'a wildcard without quotes',
      'detection:\n  s:\n    CommandLine: *evil*\n  condition: s',
      'sigma-unknown-anchor',
      'quotes',
    ],
    [
      'a key in capitals',
      'detection:\n  s: {f: x}\n  Condition: s',
      'sigma-missing-condition',
      '"Condition"',
    ],
    [
      'a value with a colon',
      'detection:\n  s:\n    f: a: b\n  condition: s',
      'sigma-yaml-syntax',
      'needs quotes',
    ],
    [
      'a path in double quotes',
      'detection:\n  s:\n    f: "C:\\cmd"\n  condition: s',
      'sigma-yaml-syntax',
      'single quotes',
    ],
    ['a tab', 'detection:\n\ts: {f: x}\n', 'sigma-yaml-syntax', 'blanks'],
    [
      'a regex that cannot work',
      "detection: {s: {f|re: '(unclosed'}, condition: s}",
      'sigma-bad-regex',
      'never closed',
    ],
  ])('%s', (_, detection, code, advice) => {
    const found = said(HEAD + detection).find((one) => one.code === code);
    expect(found?.message).toContain(advice);
  });

  it('a value that is not understood keeps its field', () => {
    const [rule] = readSigma(`${HEAD}detection: {s: {f|gt: abc}, condition: s}`).rules;
    expect(rule?.where).toMatchObject({ unknown: { text: 'f|gt: abc' } });
  });

  it('what is wrong with a correlation is marked at its key', () => {
    const text =
      'title: t\ncorrelation:\n  type: event_cont\n  rules: [a]\n  group-by: [u]\n  timespan: 5 minutes\n';
    const found = said(text).filter(({ code }) => code === 'sigma-bad-correlation');
    expect(found.map(({ marked }) => marked)).toEqual(['type: event_cont', 'timespan: 5 minutes']);
    expect(found[0]?.message).toContain('"event_count"');
  });
});

it('what is linked is not linked again', () => {
  const base = 'title: Base\nid: base\nlogsource: {product: p}\ndetection: {s: {f: 1}, condition: s}\n';
  const filter = 'title: F\nlogsource: {product: p}\nfilter: {rules: [base], s: {u: x}, condition: not s}\n';
  const once = linkSigma([readSigma(`${base}---\n${filter}`).rules]);
  expect(once[0]?.[0]?.exclusions).toHaveLength(1);
  expect(linkSigma(once)).toBe(once);
});
