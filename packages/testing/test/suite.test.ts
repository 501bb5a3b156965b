import { type LocatedQuery, type ParsedText, testsOf } from '@rulescope/logic';
import { describe, expect, it } from 'vitest';
import { behavesLikeLanguage, faultsOf } from '../src/index.ts';
import { toy } from './toy.ts';

behavesLikeLanguage(toy, {
  samples: [
    { name: 'two words', text: 'alpha !beta' },
    { name: 'lines and comments', text: 'alpha # beta\r\n!!gamma\rod-d\n' },
    { name: 'nothing', text: '' },
  ],
  soup: ['alpha', '!', '#', '-', '\n', 'é'],
  nest: (depth) => `${'!'.repeat(depth)}alpha`,
  comments: /#.*/g,
  roundTrip: (text) => {
    const fields = (from: string): unknown =>
      toy.parse(from).queries.map((query) => testsOf(query.where ?? { and: [] }).map(({ field }) => field));
    return [fields(text), fields(text.replace(/\s+/g, ' '))];
  },
});

describe('faultsOf', () => {
  const text = 'alpha !beta\nod-d';
  const good = toy.parse(text);
  const [query] = good.queries;
  const withQuery = (change: Partial<LocatedQuery>): ParsedText => ({
    ...good,
    queries: query === undefined ? [] : [{ ...query, ...change }],
  });
  const stages = query?.stages ?? [];
  const [indicator] = query?.indicators ?? [];

  it('finds none in a good result', () => {
    expect(faultsOf(toy, text, good)).toEqual([]);
  });

  it.each<[string, ParsedText]>([
    ['says that its language is sigma', { ...good, language: 'sigma' }],
    [
      'is no plain JSON',
      { ...good, diagnostics: [], queries: [...good.queries], extra: undefined } as ParsedText,
    ],
    ['must NOT have unevaluated properties', withQuery({ extra: 1 } as Partial<LocatedQuery>)],
    ['offset 99 is outside of the text', withQuery({ offset: 99 })],
    ["indicators are not collect's", withQuery({ indicators: [] })],
    ["exclusions are not collect's", withQuery({ exclusions: [] })],
    [
      "terms are not collect's",
      withQuery({ terms: [{ value: 'x', polarity: 'include', path: '/stages/0' }] }),
    ],
    ['is under a Not', withQuery({ indicators: indicator ? [{ ...indicator, path: '/stages/1' }] : [] })],
    ['is understood better than its worst stage', withQuery({ understood: 'full' })],
    ['its index is 0', withQuery({ stages: stages.map((stage) => ({ ...stage, index: 0 })) })],
    [
      'is outside of the text',
      withQuery({ stages: stages.map((stage) => ({ ...stage, spans: [[5, 99]] })) }),
    ],
    [
      'starts before the one before it ends',
      withQuery({
        stages: stages.map((stage) => ({
          ...stage,
          spans: [
            [2, 4],
            [0, 1],
          ],
        })),
      }),
    ],
    ['outside of the text', withQuery({ where: { unknown: { text: 'x', span: [3, 2] } } })],
    [
      'diagnostic toy-other is not in the registry',
      withQuery({
        diagnostics: (query?.diagnostics ?? []).map((found) => ({ ...found, code: 'toy-other' })),
      }),
    ],
    [
      'diagnostic toy-odd is error, not warning',
      withQuery({
        diagnostics: (query?.diagnostics ?? []).map((found) => ({ ...found, severity: 'error' })),
      }),
    ],
    [
      '12 is 2:1, not 1:1',
      withQuery({ diagnostics: (query?.diagnostics ?? []).map((found) => ({ ...found, line: 1 })) }),
    ],
  ])('finds: %s', (fault, parsed) => {
    expect(faultsOf(toy, text, parsed).join('\n')).toContain(fault);
  });
});
