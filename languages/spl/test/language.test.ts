import { behavesLikeLanguage, runCases, runGoldenPairs } from '@rulescope/testing';
import { language } from '../src/index.ts';
import { SAMPLES, SOUP } from './samples.ts';

behavesLikeLanguage(language, {
  samples: SAMPLES,
  soup: SOUP,
  nest: (depth) => `index=main ${'('.repeat(depth)}status=404${')'.repeat(depth)}`,
});

behavesLikeLanguage(
  { ...language, name: 'Splunk SPL in subsearches' },
  {
    samples: SAMPLES.slice(0, 1),
    soup: SOUP,
    nest: (depth) => `index=main ${'[search user=a '.repeat(depth)}${']'.repeat(depth)}`,
  },
);

behavesLikeLanguage(
  { ...language, name: 'Splunk SPL in expressions' },
  {
    samples: SAMPLES.slice(0, 1),
    soup: SOUP,
    nest: (depth) => `index=main | where ${'lower('.repeat(depth)}user${')'.repeat(depth)}="a"`,
  },
);

runGoldenPairs(language);
runCases(language, new URL('./cases/', import.meta.url));
