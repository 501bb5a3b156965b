import { reporter } from '@rulescope/logic/parsing';
import { behavesLikeLanguage, printsAnyThreeTokens, runCases, runGoldenPairs } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { language, parseLucene, parseLuceneTree, printLucene } from '../src/index.ts';
import { SAMPLES } from './samples.ts';

/** The tree of a text without what it says of places. */
function bare(text: string): unknown {
  const tree = parseLuceneTree(text, reporter(text));
  return JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'span' ? undefined : value)));
}

/** Broken text is printed as it is, but what is around it may read it otherwise then. */
function roundTrip(text: string): readonly [unknown, unknown] | null {
  const tree = parseLuceneTree(text, reporter(text));
  return tree.sound ? [bare(text), bare(printLucene(tree))] : null;
}

/** The tokens of the language, whole and broken. */
const SOUP: readonly string[] = [
  'a',
  'process.name:',
  'b:',
  '*:',
  '_exists_:',
  'message:',
  'winlog.channel:',
  ' AND ',
  ' OR ',
  ' NOT ',
  ' && ',
  ' || ',
  '!',
  '! ',
  '+',
  '-',
  '- ',
  ' and ',
  '(',
  ')',
  '"x y"',
  '"',
  '~',
  '~2',
  '^2.5',
  '^',
  '*',
  '?',
  'x*',
  '*x*',
  '/r[a-z]+/',
  '/',
  '\\/',
  '[1 TO 2]',
  '{a TO *]',
  '[',
  '}',
  ' TO ',
  '>5',
  '<=b',
  '\\',
  '\\*',
  '\\u0041',
  '10.0.0.0\\/8',
  'true',
  '5',
  '\n',
  '🦊',
];

behavesLikeLanguage(language, {
  samples: SAMPLES,
  soup: SOUP,
  nest: (depth) => `${'('.repeat(depth)}a:1${')'.repeat(depth)}`,
  roundTrip,
});

runGoldenPairs(language);
runCases(language, new URL('./cases/', import.meta.url));

describe('parseLucene', () => {
  it('reads a text inside another one, with offsets of its own', () => {
    const query = parseLucene('a:1 AND b:x*');
    expect(query).toMatchObject({ language: 'lucene', understood: 'full', diagnostics: [] });
    expect(query.indicators.map(({ field, span }) => [field, span])).toEqual([
      ['a', [0, 3]],
      ['b', [8, 12]],
    ]);
  });

  it('reads an empty text as no event', () => {
    expect(parseLucene(' ').where).toEqual({ or: [] });
  });
});

printsAnyThreeTokens({ soup: SOUP, roundTrip });
