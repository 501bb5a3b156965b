import { languageByName, languageByText, languages } from '@rulescope/catalog';
import { expect, test } from 'vitest';

test('every language is told by the names of its files', () => {
  expect(languages.map(({ id }) => id)).toEqual(['sigma']);
  expect(['rule.yml', 'a/RULE.YAML', 'rule.txt', 'yml'].map(languageByName)).toEqual([
    'sigma',
    'sigma',
    null,
    null,
  ]);
});

test('a text is told by what only its language has', () => {
  expect(languageByText('title: x\nlogsource:\n  product: windows\n')).toBe('sigma');
  expect(languageByText('--- \n"detection" : {}')).toBe('sigma');
  expect(languageByText('index=main detection: x')).toBeNull();
});
