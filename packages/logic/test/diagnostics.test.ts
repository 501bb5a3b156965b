import { describe, expect, it } from 'vitest';
import { diagnostic, lineStarts, positionAt, SHARED_CODES } from '../src/index.ts';

describe('lines', () => {
  it('end with \\n, \\r\\n and a lone \\r', () => {
    expect(lineStarts('')).toEqual([0]);
    expect(lineStarts('a\nb\r\nc\rd')).toEqual([0, 2, 5, 7]);
    expect(lineStarts('a\n')).toEqual([0, 2]);
    expect(lineStarts('\r\r\n')).toEqual([0, 1, 3]);
  });

  it.each([
    [0, 1, 1],
    [1, 1, 2],
    [2, 2, 1],
    [4, 2, 3],
    [5, 3, 1],
    [7, 4, 1],
    [8, 4, 2],
  ])('offset %i of "a\\nb\\r\\nc\\rd" is %i:%i', (offset, line, column) => {
    expect(positionAt(lineStarts('a\nb\r\nc\rd'), offset)).toEqual({ line, column });
  });

  it('count columns in UTF-16 units', () => {
    expect(positionAt(lineStarts('x\n😀y'), 4)).toEqual({ line: 2, column: 3 });
  });
});

describe('diagnostics', () => {
  it('take severity from the registry and place from the span', () => {
    const row = { code: 'text-too-large', severity: 'error' } as const;
    expect(diagnostic(row, 'Too large.', [3, 5], lineStarts('ab\ncd'))).toEqual({
      severity: 'error',
      code: 'text-too-large',
      message: 'Too large.',
      span: [3, 5],
      line: 2,
      column: 1,
    });
  });

  it('that all languages share are explained, each in one paragraph', () => {
    for (const { code, title, help } of SHARED_CODES) {
      expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(title, code).toMatch(/^\S.{4,78}[^\s.]$/);
      expect(help, code).toMatch(/^\S[^\n]{60,}\.$/);
    }
    expect(new Set(SHARED_CODES.map(({ code }) => code)).size).toBe(SHARED_CODES.length);
  });
});
