import { toResult } from '@rulescope/logic';
import { describe, expect, it } from 'vitest';
import { language, readSigma } from '../src/index.ts';

const RULE = 'title: One\nlogsource: {product: p}\ndetection: {s: {f: 1}, condition: s}\n';

function codes(text: string): readonly string[] {
  const { rules, diagnostics } = readSigma(text);
  return [...diagnostics, ...rules.flatMap((rule) => rule.diagnostics)].map(({ code }) => code);
}

describe('files of several documents', () => {
  it('give one rule a document, each with its offset and text', () => {
    const text = `${RULE}---\n${RULE.replace('One', 'Two')}`;
    const { rules } = readSigma(text);
    expect(
      rules.map((rule) => [rule.metadata.title, text.slice(rule.offset, rule.offset + rule.text.length)]),
    ).toEqual([
      ['One', RULE.trimEnd()],
      ['Two', RULE.replace('One', 'Two').trimEnd()],
    ]);
  });

  it('inherit from `action: global` until `action: reset`', () => {
    const text = [
      'action: global\ntitle: Base\nlogsource: {product: p}\ndetection: {condition: s}\n',
      'logsource: {service: q}\ndetection: {s: {f: 1}}\n',
      'title: Other\ndetection: {s: {f: 2}}\n',
      'action: reset\ntitle: Own\nlogsource: {product: z}\ndetection: {s: {f: 3}, condition: s}\n',
    ].join('---\n');
    const { rules } = readSigma(text);
    expect(
      rules.map(({ metadata, sources, understood }) => [metadata.title, sources[0]?.value, understood]),
    ).toEqual([
      ['Base', 'p//q', 'full'],
      ['Other', 'p//', 'full'],
      ['Own', 'z//', 'full'],
    ]);
    for (const rule of rules) {
      for (const [start, end] of rule.stages.flatMap((stage) => stage.spans)) {
        expect(start).toBeGreaterThanOrEqual(rule.offset);
        expect(end).toBeLessThanOrEqual(rule.offset + rule.text.length);
      }
    }
  });

  it('`action: repeat` inherits the document before', () => {
    const { rules } = readSigma(`${RULE}---\naction: repeat\ndetection: {s: {f: 2}}\n`);
    expect(rules.map(({ indicators }) => indicators[0]?.values)).toEqual([[1], [2]]);
  });

  it('empty documents are passed over', () => {
    expect(readSigma(`---\n---\n${RULE}---\n`).rules).toHaveLength(1);
  });
});

describe('what is no rule is named', () => {
  it.each([
    ['', ['empty-text']],
    ['# nothing\n', ['empty-text']],
    ['just text', ['sigma-not-a-rule']],
    ['- a\n- b\n', ['sigma-not-a-rule']],
    ['title: x\nlevel: low\n', ['sigma-not-a-rule']],
    ['title: x\nlogsource: {product: p}\ndetection: 5\n', ['sigma-bad-detection']],
    ['detection: {s: {f: 1}, condition: s}\n', ['sigma-missing-title', 'sigma-missing-logsource']],
    [`action: later\n${RULE}`, ['sigma-unknown-action']],
  ])('%j', (text, expected) => {
    expect(codes(text)).toEqual(expected);
  });
});

describe('broken YAML', () => {
  it('is located, and what can be read is read', () => {
    const { rules, diagnostics } = readSigma(`${RULE}references:\n\t- x\n`);
    const all = [...diagnostics, ...rules.flatMap((rule) => rule.diagnostics)];
    expect(all[0]).toMatchObject({ code: 'sigma-yaml-syntax', severity: 'error', line: 5 });
    expect(rules[0]?.understood).toBe('partial');
    expect(rules[0]?.indicators[0]?.values).toEqual([1]);
  });

  it('with the same key twice keeps both, and says so', () => {
    const { rules } = readSigma(
      'title: t\nlogsource: {product: p}\ndetection:\n  s:\n    f: 1\n    f: 2\n  condition: s\n',
    );
    expect(rules[0]?.diagnostics).toMatchObject([{ code: 'sigma-duplicate-key', line: 6, column: 5 }]);
    expect(rules[0]?.understood).toBe('partial');
    expect(rules[0]?.indicators.map(({ values }) => values)).toEqual([[1], [2]]);
  });

  it('with a bad document still gives the others', () => {
    const { rules, diagnostics } = readSigma(`${RULE}---\n{{{\n---\n${RULE}`);
    expect(rules.filter((rule) => rule.understood === 'full')).toHaveLength(2);
    expect(diagnostics.map(({ code }) => code)).toContain('sigma-yaml-syntax');
  });
});

it('a text of which a document cannot be read is not understood in full', () => {
  const parsed = language.parse(`${RULE}---\nfoo: [unclosed\n---\n${RULE}`);
  expect(toResult(parsed, null).understood).toBe('partial');
});

describe('anchors, merge keys, line ends', () => {
  it('an alias stands for its anchor', () => {
    const { rules } = readSigma(
      'title: t\nlogsource: {product: p}\ndetection:\n  a: &x {f: [1, 2]}\n  b: {<<: *x, g: 3}\n  condition: a or b\n',
    );
    expect(rules[0]?.understood).toBe('full');
    expect(rules[0]?.indicators.map(({ field, values }) => [field, values])).toEqual([
      ['f', [1, 2]],
      ['g', [3]],
      ['f', [1, 2]],
    ]);
  });

  it('an alias in itself is cut', () => {
    expect(codes('title: t\nlogsource: {product: p}\ndetection:\n  a: &x [*x]\n  condition: a\n')).toContain(
      'sigma-alias-cycle',
    );
    expect(
      codes('title: t\nlogsource: {product: p}\ndetection:\n  a: *nowhere\n  condition: a\n').length,
    ).toBeGreaterThan(0);
  });

  it('a byte order mark and CRLF change nothing', () => {
    const plain = readSigma(RULE).rules[0];
    const windows = readSigma(`\ufeff${RULE.replaceAll('\n', '\r\n')}`).rules[0];
    expect(windows?.understood).toBe('full');
    expect(windows?.metadata).toEqual(plain?.metadata);
    expect(windows?.indicators.map(({ field, values }) => [field, values])).toEqual([['f', [1]]]);
  });
});

describe('metadata', () => {
  it('is as written, text for text', () => {
    const text = `title: 2024
id: abc
name: n
related:
  - {id: x, type: similar}
  - {type: derived}
status: test
description: |
  Two
  lines.
license: MIT
author: [A, B]
references: https://example.org
date: 2026-01-02
modified: 2026/01/03
logsource: {category: c, product: p, service: s, definition: d}
fields: [f]
falsepositives: [None, 3]
level: high
tags: [attack.t1059]
scope: [server]
detection: {s: {f: 1}, condition: s}
`;
    expect(readSigma(text).rules[0]?.metadata).toEqual({
      title: '2024',
      id: 'abc',
      name: 'n',
      related: [{ id: 'x', type: 'similar' }],
      taxonomy: null,
      status: 'test',
      description: 'Two\nlines.\n',
      license: 'MIT',
      author: 'A, B',
      references: ['https://example.org'],
      date: '2026-01-02',
      modified: '2026/01/03',
      logsource: { category: 'c', product: 'p', service: 's', definition: 'd' },
      fields: ['f'],
      falsepositives: ['None', '3'],
      level: 'high',
      tags: ['attack.t1059'],
      scope: ['server'],
    });
  });
});

it('language.parse gives queries without what the rule says of itself', () => {
  const parsed = language.parse(`${RULE}---\n${RULE}`);
  expect(parsed.queries.map(({ offset }) => offset)).toEqual([0, RULE.length + 4]);
  expect(Object.keys(parsed.queries[0] ?? {})).not.toContain('metadata');
});
