import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import type { LanguageTraits } from './suite.ts';

/** Checks that any three tokens that make a query are printed so that they are read the same. */
export function printsAnyThreeTokens({
  soup,
  roundTrip,
}: Required<Pick<LanguageTraits, 'soup' | 'roundTrip'>>): void {
  it('prints any three tokens that make a query so that they are read the same', () => {
    const changed: string[] = [];
    for (const first of soup)
      for (const second of soup)
        for (const third of soup) {
          const pair = roundTrip(first + second + third);
          if (pair !== null && !isDeepStrictEqual(pair[0], pair[1])) changed.push(first + second + third);
        }
    expect(changed).toEqual([]);
  });
}
