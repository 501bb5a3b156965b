import type { Language } from '@rulescope/logic';
import { lowerPattern, type Piece } from '@rulescope/logic/parsing';
import { expect, it } from 'vitest';

const TEXTS: readonly string[] = [
  '',
  '*',
  '**',
  '***',
  'a',
  'a*',
  '*a',
  '*a*',
  '**a',
  'a**',
  '*a*b',
  'a*b',
  '?',
  '?*',
  '*?',
  'a?',
  '*?*',
];

/** Checks that a language lowers patterns as `lowerPattern` does, by whatever shorter way it goes. */
export function lowersWildcards(language: Language, query: (pattern: string) => string): void {
  it.each(TEXTS)('%j is lowered as the model says', (text) => {
    const pieces = [...text].map(
      (unit): Piece => (unit === '*' || unit === '?' ? { wild: unit } : { text: unit }),
    );
    const { op, value } = lowerPattern(pieces);
    const [first] = language.parse(query(text)).queries;
    expect(first?.indicators[0]).toMatchObject({ op, values: op === 'exists' ? [] : [value] });
  });
}
