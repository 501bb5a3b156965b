import { describe, expect, it } from 'vitest';
import type { LocatedQuery, ParsedText } from '../src/index.ts';
import { and, emptyQuery, or, test, toResult, worst } from '../src/index.ts';

const a = test({ field: 'a', op: 'exists', values: [], caseSensitive: null, span: [0, 1] });
const b = test({ field: 'b', op: 'exists', values: [], caseSensitive: null, span: [0, 1] });

describe('makers', () => {
  it('let one expression stand for itself, and keep several or none in their list', () => {
    expect(and([a])).toBe(a);
    expect(or([a])).toBe(a);
    expect(and([a, b])).toEqual({ and: [a, b] });
    expect(or([])).toEqual({ or: [] });
  });

  it('take the worst of several', () => {
    expect(worst([])).toBe('full');
    expect(worst(['full', 'partial', 'full'])).toBe('partial');
    expect(worst(['partial', 'none'])).toBe('none');
  });
});

describe('toResult', () => {
  const note = { severity: 'info', code: 'x', message: 'm', span: [0, 0], line: 1, column: 1 } as const;
  const query = (id: string | null, understood: 'full' | 'none'): LocatedQuery => ({
    ...emptyQuery('spl', understood),
    id,
    offset: 3,
    standalone: true,
    diagnostics: [{ ...note, code: `of-${id}` }],
  });
  const parsed = (...queries: LocatedQuery[]): ParsedText => ({
    language: 'spl',
    queries,
    diagnostics: [note],
  });

  it('is the one query of a text, with the diagnostics of both', () => {
    const result = toResult(parsed(query('q', 'full')), null);
    expect(result).toEqual({
      schema: 1,
      ...emptyQuery('spl', 'full'),
      id: 'q',
      diagnostics: [note, { ...note, code: 'of-q' }],
    });
    expect(toResult(parsed(query('q', 'full')), 'given').id).toBe('given');
  });

  it('holds the queries of a text with several, understood as well as the worst', () => {
    const queries = [query('q', 'full'), query(null, 'none')];
    const result = toResult(parsed(...queries), 'file');
    expect(result).toMatchObject({
      id: 'file',
      understood: 'none',
      queries,
      diagnostics: [note],
      stages: [],
    });
  });

  it('of a text without a query is understood not at all', () => {
    const result = toResult(parsed(), null);
    expect(result.understood).toBe('none');
    expect(result).not.toHaveProperty('queries');
  });
});
