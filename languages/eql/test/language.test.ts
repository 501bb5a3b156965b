import { reporter } from '@rulescope/logic/parsing';
import { behavesLikeLanguage, runCases, runGoldenPairs } from '@rulescope/testing';
import { language, parseEql, printEql } from '../src/index.ts';
import { SAMPLES } from './samples.ts';

/** The tree of a text without what it says of places; the options of a step are places only. */
function bare(text: string): unknown {
  const tree = parseEql(text, reporter(text));
  return JSON.parse(
    JSON.stringify(tree, (key, value: unknown) => (key === 'span' || key === 'options' ? undefined : value)),
  );
}

/** Broken text is printed as it is, but what is around it may read it otherwise then. */
function roundTrip(text: string): readonly [unknown, unknown] | null {
  const to = reporter(text);
  const tree = parseEql(text, to);
  if (to.diagnostics.some(({ severity }) => severity === 'error')) return null;
  return [bare(text), bare(printEql(tree))];
}

behavesLikeLanguage(language, {
  samples: SAMPLES,
  soup: [
    'process',
    ' where ',
    'any where ',
    'sequence ',
    'sample ',
    'join ',
    'by ',
    'with maxspan=5m',
    'with runs=3',
    'as event0',
    'fork',
    'until ',
    ' and ',
    ' or ',
    ' not ',
    ' AND ',
    ' in ',
    ' in~ ',
    ' like ',
    ' regex~ ',
    'a.b[0].c',
    '?d',
    '$e.f',
    '`g h`',
    'true',
    'null',
    '1',
    '.5e3',
    '30s',
    '"x*"',
    '"""y"""',
    "'z'",
    '?"r"',
    '"',
    '`',
    "'",
    '\\',
    '(',
    ')',
    '[',
    ']',
    '![',
    ',',
    ':',
    '==',
    '=',
    '!=',
    '<',
    '>=',
    '+',
    '-',
    '*',
    '/',
    '%',
    '.',
    '?',
    '|',
    '| head 5',
    '| unique a b',
    '| filter ',
    '| count',
    'length(',
    'startsWith~(',
    ':length()',
    '_arraysearch(a, $e, ',
    'descendant of [',
    'unknown(',
    '// comment\n',
    '/*',
    '*/',
    '\n',
    '🦊',
  ],
  nest: (depth) => `process where ${'('.repeat(depth)}a == 1${')'.repeat(depth)}`,
  comments: /\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
  roundTrip,
});

runGoldenPairs(language);
runCases(language, new URL('./cases/', import.meta.url));
