import fc from 'fast-check';

/** The starts of a text, cut at about `count` places spread over it. */
export function truncations(text: string, count: number): readonly string[] {
  const step = Math.max(1, Math.ceil(text.length / count));
  const cuts: string[] = [];
  for (let end = 0; end < text.length; end += step) cuts.push(text.slice(0, end));
  return cuts;
}

/** A text with a few characters deleted or doubled: what typing and pasting do to rules. */
export function damaged(texts: readonly string[]): fc.Arbitrary<string> {
  const damage = fc.record({
    place: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    length: fc.integer({ min: 1, max: 8 }),
    doubled: fc.boolean(),
  });
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(damage, { minLength: 1, maxLength: 4 }))
    .map(([text, damages]) =>
      damages.reduce((before, { place, length, doubled }) => {
        const start = Math.floor(place * before.length);
        const end = start + length;
        return doubled
          ? before.slice(0, end) + before.slice(start)
          : before.slice(0, start) + before.slice(end);
      }, text),
    );
}

/** Texts made of a language's own tokens in any order, with or without white space between them. */
export function tokenSoup(tokens: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(fc.constantFrom(...tokens), { maxLength: 40 }), fc.constantFrom('', ' ', '\n', '\r\n  '))
    .map(([parts, between]) => parts.join(between));
}
