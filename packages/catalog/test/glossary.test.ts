import { expect, test } from 'vitest';
import { GLOSSARY } from '../src/index.ts';

test('every word is there once and has a paragraph', () => {
  const words = GLOSSARY.map(({ word }) => word);
  expect(new Set(words).size).toBe(words.length);
  for (const { word, where, meaning } of GLOSSARY) {
    expect(word).toBe(word.toLowerCase());
    expect(where).not.toBe('');
    expect(meaning).toMatch(/^[A-Z].{40,}\.$/s);
  }
});

test('the words that answers use are among them', () => {
  const verdicts = ['full', 'noisier', 'partial', 'blind', 'unknown'];
  const marks = ['derived', 'implied', 'via', 'counted as', 'canonical', 'native', 'term', 'understood'];
  expect(GLOSSARY.map(({ word }) => word)).toEqual(
    expect.arrayContaining([...verdicts, ...marks, 'alternative', 'copy']),
  );
});
