import { isDeepStrictEqual } from 'node:util';
import { type Language, LIMITS, type ParsedText, SHARED_CODES, type Span, toResult } from '@rulescope/logic';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultsOf } from './invariants.ts';
import { damaged, tokenSoup, truncations } from './mutations.ts';

export interface Sample {
  /** Names the sample where a check fails: a file, a title. */
  readonly name: string;
  readonly text: string;
}

/** What the suite must know of a language. */
export interface LanguageTraits {
  /** Texts of the language, right and wrong ones; at least one. */
  readonly samples: readonly Sample[];
  /** Tokens of the language, of which texts without sense are made. */
  readonly soup: readonly string[];
  /** A text in which something is nested as deep as told, such as that many parentheses. */
  readonly nest: (depth: number) => string;
  /** The parts of a sample that the spans of its stages must cover; the whole text where it is left out. */
  readonly covered?: (text: string) => readonly Span[];
  /** Comments, which stages need not cover; with the flag `g`. */
  readonly comments?: RegExp;
  /**
   * What a sample holds, and what it holds after it was printed and parsed again, as plain values without
   * spans that must be equal; null for a sample that does not allow it.
   */
  readonly roundTrip?: (text: string) => readonly [parsed: unknown, reparsed: unknown] | null;
}

/** Truncated texts parsed in one run, over all samples. */
const TRUNCATIONS = 3_000;

/**
 * The suite that every language passes, run in the language's own test file: it never throws, is
 * deterministic, bounded in depth and size, gives valid and consistent JSON, covers its texts with stages,
 * and locates its diagnostics.
 */
export function behavesLikeLanguage(language: Language, traits: LanguageTraits): void {
  describe(`${language.name} behaves like a language`, () => {
    describeCodes(language);
    describeSamples(language, traits);
    describeBrokenTexts(language, traits);
    describeBounds(language, traits);
  });
}

function describeCodes(language: Language): void {
  it('explains each diagnostic that it gives', () => {
    const codes = language.diagnosticCodes.map(({ code }) => code);
    expect(new Set(codes).size, 'every code once').toBe(codes.length);
    const shared: readonly string[] = SHARED_CODES.map(({ code }) => code);
    expect(codes.filter((code) => shared.includes(code))).toEqual([]);
    for (const { code, title, help } of language.diagnosticCodes) {
      expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(title, code).toMatch(/^\S.{4,78}[^\s.]$/);
      expect(help, code).toMatch(/^\S[^\n]{60,}\.$/);
    }
  });
}

function describeSamples(
  language: Language,
  { samples, covered, comments, roundTrip }: LanguageTraits,
): void {
  it('has samples', () => {
    expect(samples.length).toBeGreaterThan(0);
  });

  it('gives valid and consistent results', () => {
    expectNoFaults(samples, (text) => faultsOf(language, text, language.parse(text)));
  });

  it('covers the text with the spans of its stages', () => {
    expectNoFaults(samples, (text) => {
      const parts = covered?.(text) ?? [[0, text.length]];
      return uncovered(text, language.parse(text), parts, comments).map((rest) => `not covered: ${rest}`);
    });
  });

  it('gives the same result each time, whatever it parsed in between', () => {
    const results = samples.map(({ text }) => deepFreeze(language.parse(text)));
    const before = JSON.stringify(results);
    samples.forEach(({ name, text }, i) => {
      expect(isDeepStrictEqual(language.parse(text), results[i]), name).toBe(true);
    });
    expect(JSON.stringify(results)).toBe(before);
  });

  if (roundTrip === undefined) return;
  it('parses what it prints to the same', () => {
    for (const { name, text } of samples) {
      const pair = roundTrip(text);
      if (pair !== null) expect(pair[1], name).toEqual(pair[0]);
    }
  });
}

function describeBrokenTexts(language: Language, { samples, soup }: LanguageTraits): void {
  const faults = (text: string): readonly string[] => faultsOf(language, text, language.parse(text));

  it('stands samples that end too early', () => {
    const cuts = Math.max(1, Math.floor(TRUNCATIONS / samples.length));
    expectNoFaults(samples, (text) =>
      truncations(text, cuts).flatMap((cut) => faults(cut).map((fault) => `up to ${cut.length}: ${fault}`)),
    );
  });

  it('stands samples with characters deleted or doubled', () => {
    const texts = samples.map(({ text }) => text);
    fc.assert(
      fc.property(damaged(texts), (text) => {
        expect(faults(text)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('stands its own tokens in any order', () => {
    fc.assert(
      fc.property(tokenSoup(soup), (text) => {
        expect(faults(text)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('stands any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(faults(text)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
}

function describeBounds(language: Language, { samples, nest }: LanguageTraits): void {
  it('parses what a person would nest, and says where the rest is too deep', () => {
    expect(codesOf(language.parse(nest(20)))).not.toContain('nesting-too-deep');
    const text = nest(100_000);
    const parsed = language.parse(text);
    expect(codesOf(parsed)).toContain('nesting-too-deep');
    expect(faultsOf(language, text, parsed)).toEqual([]);
  });

  it('does not parse what is larger than any rule', () => {
    const sample = samples[0]?.text ?? '';
    const text = sample.padEnd(LIMITS.textLength + 1, ' ');
    const parsed = language.parse(text);
    expect(codesOf(parsed)).toContain('text-too-large');
    expect(toResult(parsed, null).understood).toBe('none');
    expect(faultsOf(language, text, parsed)).toEqual([]);
  });
}

/** Fails with the first few faults, each with the name of its sample. */
function expectNoFaults(samples: readonly Sample[], faults: (text: string) => readonly string[]): void {
  const found: string[] = [];
  for (const { name, text } of samples) {
    found.push(...faults(text).map((fault) => `${name}: ${fault}`));
    if (found.length > 20) break;
  }
  expect(found).toEqual([]);
}

function codesOf(parsed: ParsedText): readonly string[] {
  return [...parsed.diagnostics, ...parsed.queries.flatMap((query) => query.diagnostics)].map(
    ({ code }) => code,
  );
}

/** The texts between the spans of all stages, white space and comments left out. */
function uncovered(
  text: string,
  parsed: ParsedText,
  parts: readonly Span[],
  comments: RegExp | undefined,
): readonly string[] {
  const spans = parsed.queries.flatMap((query) => query.stages.flatMap((stage) => stage.spans));
  const ordered = [...spans].sort((a, b) => a[0] - b[0]);
  const rests: string[] = [];
  for (const [start, end] of parts) {
    let at = start;
    for (const span of [...ordered.filter((one) => one[0] < end), [end, end] as const]) {
      if (span[0] > at) rests.push(text.slice(at, span[0]));
      at = Math.max(at, Math.min(span[1], end));
    }
  }
  return rests
    .map((rest) => (comments === undefined ? rest : rest.replace(comments, '')).trim())
    .filter((rest) => rest !== '');
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
