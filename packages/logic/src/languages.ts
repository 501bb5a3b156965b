/** A language that rules are written in. */
interface KnownLanguage {
  /** Whose rules are written in it; a rule's id in a catalog begins with it. */
  readonly platform: string;
  /** Its package. */
  readonly room: `@rulescope/${string}`;
}

/**
 * The languages that rules are written in, by the ids that requests, answers and catalogs name them by. What else must
 * know each of them follows from this table, or has a test that compares it (ARCHITECTURE, "To add a language").
 */
export const LANGUAGES = {
  sigma: { platform: 'sigma', room: '@rulescope/sigma' },
  spl: { platform: 'splunk', room: '@rulescope/spl' },
  kql: { platform: 'kusto', room: '@rulescope/kusto' },
  eql: { platform: 'elastic', room: '@rulescope/eql' },
  kuery: { platform: 'elastic', room: '@rulescope/kuery' },
  lucene: { platform: 'elastic', room: '@rulescope/lucene' },
  esql: { platform: 'elastic', room: '@rulescope/esql' },
} as const satisfies Readonly<Record<string, KnownLanguage>>;

export type LanguageId = keyof typeof LANGUAGES;
export type Platform = (typeof LANGUAGES)[LanguageId]['platform'];

/** The ids of the languages, in the order in which they are listed. */
export const LANGUAGE_IDS: readonly LanguageId[] = Object.keys(LANGUAGES) as LanguageId[];
