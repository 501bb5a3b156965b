import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Language, LanguageId, Result, Test } from '@rulescope/logic';
import { LANGUAGE_IDS, toResult } from '@rulescope/logic';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PROJECT_ROOT } from './shared-files.ts';

/** A text and what must be understood of it, written by hand from a language's documentation. */
export interface GoldenPair {
  readonly language: LanguageId;
  readonly name: string;
  /** Title and section of the page that the pair rests on. */
  readonly documentation: string;
  readonly text: string;
  /** Keys of the result, each as the JSON contract has it; see `expectGolden` for what may be left out. */
  readonly expect: Readonly<Record<string, unknown>>;
}

/** All golden pairs: `packages/logic/golden/LANGUAGE.yml`. */
export function goldenPairs(): readonly GoldenPair[] {
  const folder = join(PROJECT_ROOT, 'packages', 'logic', 'golden');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yml'))
    .sort()
    .flatMap((file) => {
      const language = LANGUAGE_IDS.find((id) => id === basename(file, '.yml'));
      if (language === undefined) throw new Error(`${file} is not named after a language`);
      const pairs: readonly Omit<GoldenPair, 'language'>[] = parse(readFileSync(join(folder, file), 'utf8'));
      return pairs.map((pair) => ({ language, ...pair }));
    });
}

/** Runs the golden pairs of a language as a suite of its own. */
export function runGoldenPairs(language: Language): void {
  const pairs = goldenPairs().filter((pair) => pair.language === language.id);
  describe(`${language.name} golden pairs`, () => {
    it('exist', () => {
      expect(pairs.length).toBeGreaterThan(0);
    });
    it.each(pairs)('$name', (pair) => {
      expectGolden(toResult(language.parse(pair.text), null), pair);
    });
  });
}

/**
 * Runs the hand-made cases of a language, which are written as golden pairs are: `*.yml` files in a folder of its
 * own tests, such as `new URL('./cases/', import.meta.url)`.
 */
export function runCases(language: Language, folder: URL): void {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yml'));
  describe.each(files.sort())(`${language.name} cases: %s`, (file) => {
    const cases: readonly Omit<GoldenPair, 'language'>[] = parse(readFileSync(new URL(file, folder), 'utf8'));
    it.each(cases)('$name', (given) => {
      expectGolden(toResult(language.parse(given.text), null), { language: language.id, ...given });
    });
  });
}

/**
 * Fails where a result differs from a golden pair. Every key that the pair names must be equal, lists in
 * length and order too. What a pair leaves out is not compared, save in a test: what is left out of a test
 * must have the value that is common (no functions, no transforms, any, not derived, not implied, no `via`,
 * no `expanded`, `flags`, `anchored` or `literals`); only its span may be left out freely.
 */
export function expectGolden(result: Result, pair: GoldenPair): void {
  const wanted = complete(pair.expect);
  expect(restrict(result, wanted)).toEqual(wanted);
}

const TEST_DEFAULTS: Omit<Test, 'field' | 'op' | 'values' | 'caseSensitive' | 'span'> = {
  through: [],
  quantifier: 'any',
  transforms: [],
  derived: false,
  implied: false,
  via: null,
};

/** The keys of a test that are left out of the JSON where they say nothing. */
const OPTIONAL_TEST_KEYS = ['canonical', 'expanded', 'flags', 'anchored', 'literals'] as const;

/** A pair's value with the common values of its tests filled in. */
export function complete(wanted: unknown): unknown {
  if (Array.isArray(wanted)) return wanted.map(complete);
  if (!isRecord(wanted)) return wanted;
  const entries = Object.entries(wanted).map(([key, value]) => [key, complete(value)] as const);
  return { ...(isTest(wanted) ? TEST_DEFAULTS : {}), ...Object.fromEntries(entries) };
}

/** What of a value is compared with a completed pair's value. */
function restrict(value: unknown, wanted: unknown): unknown {
  if (Array.isArray(wanted) && Array.isArray(value)) {
    return value.map((item, i) => (i < wanted.length ? restrict(item, wanted[i]) : item));
  }
  if (!isRecord(wanted) || !isRecord(value)) return value;
  const keys = new Set(Object.keys(wanted));
  if (isTest(wanted)) for (const key of OPTIONAL_TEST_KEYS) keys.add(key);
  if (isExpression(wanted) && !Object.keys(wanted).every((key) => key in value)) return value;
  return Object.fromEntries(
    [...keys].filter((key) => key in value).map((key) => [key, restrict(value[key], wanted[key])]),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTest(value: Readonly<Record<string, unknown>>): boolean {
  return 'op' in value && 'values' in value;
}

/** Of an expression of another kind than the one wanted, all is shown. */
function isExpression(value: Readonly<Record<string, unknown>>): boolean {
  return ['and', 'or', 'not', 'test', 'unknown'].some((key) => key in value);
}
