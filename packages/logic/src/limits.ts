/** The bounds that keep hostile rules from costing more than a moment. Each has a diagnostic of its own. */
export const LIMITS = {
  /** UTF-16 units of one text. */
  textLength: 4_000_000,
  /** Levels of nesting: parentheses, subsearches, YAML collections. */
  depth: 200,
  /** Values and their literals in the tests of one query, after every expansion; a test or Unknown without values is one. */
  values: 200_000,
  /** The same of all queries of one text together. */
  valuesOfText: 1_000_000,
  /** Diagnostics of one code in one query. */
  diagnostics: 200,
  /** Literals that one value may expand into. */
  expansions: 5_000,
} as const;
