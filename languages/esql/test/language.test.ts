import { reporter } from '@rulescope/logic/parsing';
import { behavesLikeLanguage, runCases, runGoldenPairs } from '@rulescope/testing';
import { language, parsePipeline, printPipeline } from '../src/index.ts';
import { SAMPLES } from './samples.ts';

/** The tree of a text without what it says of places. */
function bare(text: string): unknown {
  const tree = parsePipeline(text, reporter(text));
  return JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'span' ? undefined : value)));
}

/** Broken text is printed as it is, but what is around it may read it otherwise then. */
function roundTrip(text: string): readonly [unknown, unknown] | null {
  const to = reporter(text);
  const tree = parsePipeline(text, to);
  const odd = to.diagnostics.some(({ severity, code }) => severity === 'error' || code === 'esql-bad-escape');
  return odd ? null : [bare(text), bare(printPipeline(tree))];
}

const SOUP = [
  'from a-*,b',
  ' metadata _id',
  'row ',
  'show info',
  'set x = 1;',
  ' | ',
  ' | where ',
  ' | eval ',
  ' | stats ',
  ' | inline stats ',
  ' | keep ',
  ' | drop ',
  ' | rename ',
  ' | sort ',
  ' | limit 5',
  ' | grok a "%{X:b}"',
  ' | dissect ',
  ' | enrich p-q on r with s = t',
  ' | mv_expand ',
  ' | lookup join i on ',
  ' | fork (where a == 1) (',
  ' | completion ',
  ' | rerank ',
  ' | change_point a as b, c',
  ' | nothing ',
  ' by ',
  ' as ',
  ' on ',
  ' with ',
  ' desc nulls first',
  ' and ',
  ' or ',
  ' not ',
  ' in ',
  ' in (from x',
  ' is ',
  ' like ',
  ' rlike ',
  'a.b.c',
  '`d e`',
  'f*',
  '@timestamp',
  '?p',
  '??q',
  'true',
  'null',
  '1',
  '.5e3',
  '30 days',
  '"x*"',
  '"""y"""',
  '"\\d"',
  '"',
  '`',
  "'",
  '\\',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '{"a": 1}',
  ',',
  ':',
  '::ip',
  '==',
  '=~',
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
  ';',
  'to_lower(',
  'case(a == 1, ',
  'coalesce(',
  'starts_with(',
  'cidr_match(',
  'count(*)',
  'match(',
  'kql("',
  'unknown(',
  '// comment\n',
  '/*',
  '*/',
  '\n',
  '🦊',
];

behavesLikeLanguage(language, {
  samples: SAMPLES,
  soup: SOUP,
  nest: (depth) => `from a | where ${'('.repeat(depth)}b == 1${')'.repeat(depth)}`,
  comments: /\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
  roundTrip,
});

behavesLikeLanguage(
  { ...language, name: 'Elastic ES|QL in functions' },
  {
    samples: SAMPLES.slice(0, 1),
    soup: SOUP,
    nest: (depth) => `from a | where ${'to_lower('.repeat(depth)}b${')'.repeat(depth)} == "c"`,
    comments: /\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
  },
);

runGoldenPairs(language);
runCases(language, new URL('./cases/', import.meta.url));
