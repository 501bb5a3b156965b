import { type IndicatorTexts, placesOf } from './indicator-texts.ts';

/**
 * Finds the rules that have a text without white space, in lower case, as a part of one of their values, in the order
 * of their numbers. The values are gone through as one text, which takes a few milliseconds for those of ten thousand
 * rules, and no index.
 */
export function valueSearch(texts: () => IndicatorTexts): (part: string) => ReadonlySet<number> {
  return (part) => {
    const found = new Set<number>();
    for (const place of placesOf(texts(), part)) {
      for (const rule of texts().rulesAt(place)) found.add(rule);
    }
    return new Set(Uint32Array.from(found).sort());
  };
}
