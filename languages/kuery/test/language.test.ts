import { reporter } from '@rulescope/logic/parsing';
import { behavesLikeLanguage, printsAnyThreeTokens, runCases, runGoldenPairs } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { language, parseKuery, parseKueryTree, printKuery } from '../src/index.ts';
import { SAMPLES } from './samples.ts';

/** The tree of a text without what it says of places. */
function bare(text: string): unknown {
  const tree = parseKueryTree(text, reporter(text));
  return JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'span' ? undefined : value)));
}

/** Broken text is printed as it is, but what is around it may read it otherwise then. */
function roundTrip(text: string): readonly [unknown, unknown] | null {
  const tree = parseKueryTree(text, reporter(text));
  return tree.sound ? [bare(text), bare(printKuery(tree))] : null;
}

/** The tokens of the language, whole and broken. */
const SOUP: readonly string[] = [
  'process.name',
  'a',
  'user.*',
  '*',
  ':',
  ': ',
  ' and ',
  ' AND ',
  ' or ',
  ' not ',
  'NOT',
  'or',
  'and',
  '(',
  ')',
  '{',
  '}',
  ':{ ',
  '<',
  '<=',
  ' > ',
  '>=',
  '"x"',
  '"',
  '"*y*"',
  '\\',
  '\\:',
  '\\*',
  '\\u0041',
  '\\u00',
  '\\and',
  '\\x',
  '5',
  '10.0.0.0/8',
  'true',
  'null',
  'x*',
  '*x*',
  'a*b',
  'message: ',
  'winlog.channel: ',
  '\u00a0',
  '\n',
  '🦊',
];

behavesLikeLanguage(language, {
  samples: SAMPLES,
  soup: SOUP,
  nest: (depth) => `${'('.repeat(depth)}a: 1${')'.repeat(depth)}`,
  roundTrip,
});

runGoldenPairs(language);
runCases(language, new URL('./cases/', import.meta.url));

describe('parseKuery', () => {
  it('reads a text inside another one, with offsets of its own', () => {
    const query = parseKuery('a: 1 and b: x*');
    expect(query).toMatchObject({ language: 'kuery', understood: 'full', diagnostics: [] });
    expect(query.indicators.map(({ field, span }) => [field, span])).toEqual([
      ['a', [0, 4]],
      ['b', [9, 14]],
    ]);
  });

  it('reads an empty text as every event', () => {
    expect(parseKuery('').where).toEqual({ and: [] });
  });
});

printsAnyThreeTokens({ soup: SOUP, roundTrip });
