/** A word that answers use in a sense of their own. */
export interface GlossaryEntry {
  /** As answers have it, and short enough to be asked for: `rulescope help blind`. */
  readonly word: string;
  /** What it stands beside: the part of an answer in which a reader meets it. */
  readonly where: string;
  /** One paragraph of plain text. */
  readonly meaning: string;
}

/** The words that need a word of their own, in the order in which a reader of a rule meets them. */
export const GLOSSARY: readonly GlossaryEntry[] = [
  {
    word: 'understood',
    where: 'rules and stages',
    meaning:
      'How much of a text was taken apart. In full: every condition is in the logic that is shown, but for names that only your environment defines. In part: something is left as text, and a diagnostic says what and where. Not: nothing could be read, or the language is not read.',
  },
  {
    word: 'environment',
    where: 'how well a rule is understood',
    meaning:
      'What defines the names that a rule uses and its files do not: macros, lookups, functions, parameters, placeholders. Such a name is shown as unknown with its text; what it stands for takes part in no comparison. Name the folder that defines it with --source, or keep it in the source that is built.',
  },
  {
    word: 'indicator',
    where: 'rules',
    meaning:
      'One value of one test that a rule looks for: a field, an operator and a value, such as CommandLine contains "-urlcache". It is the unit in which rules are counted and compared, across languages and products.',
  },
  {
    word: 'term',
    where: 'search terms',
    meaning:
      'A text that is looked for anywhere in an event, without a field. It is the same indicator as a term of another rule only, never as a test of a field.',
  },
  {
    word: 'excluded',
    where: 'exclusions and indicators',
    meaning:
      'Under a NOT: the rule does not want events that have it. Excluded values are counted apart from those that are looked for.',
  },
  {
    word: 'threshold',
    where: 'indicators',
    meaning:
      'A test of what the query itself has worked out, such as count > 10. It is marked derived, is listed apart, and is never counted or compared.',
  },
  {
    word: 'derived',
    where: 'indicators',
    meaning:
      'Said of a test whose field no event carries: the query works its value out, by counting or by computing. It is a threshold, no indicator. Said of a release of ATT&CK: it was put together from MITRE’s data, and is not MITRE’s own file.',
  },
  {
    word: 'implied',
    where: 'indicators',
    meaning:
      'Said of a test that another one brings with it: field!="x" in Splunk finds only events that have the field. It is shown, for it decides, and never counted.',
  },
  {
    word: 'via',
    where: 'indicators',
    meaning:
      'Where a test was taken over from: a macro, a lookup’s table, a name that let defines, another document of the file. The rule’s own text does not have it.',
  },
  {
    word: 'counted as',
    where: 'indicators',
    meaning:
      'The canonical field, or the canonical indicator, under which a test is counted together with those of other languages: process.name counts as Image.',
  },
  {
    word: 'canonical',
    where: 'fields',
    meaning:
      'A field that is known under one name for all languages and products, so that tests of it are the same indicator wherever they stand. The names are those of Sigma’s taxonomy and of Windows’ events.',
  },
  {
    word: 'native',
    where: 'fields',
    meaning:
      'A field that its product documents and that has no name of its own across products. It is counted among the rules of that product.',
  },
  {
    word: 'unknown',
    where: 'fields, events, logic',
    meaning:
      'Of a field: no documentation that Rulescope has names it; it may be your own, or misspelt. Of an event: nothing speaks against the rule, but whether the event carries all fields that it tests is not known, or a part of the rule is unknown itself. In the logic: a text that was not understood, or a name that nothing here defines.',
  },
  {
    word: 'event coverage',
    where: 'rules',
    meaning:
      'For each event that a rule’s log source can mean, whether the fields that the rule tests are in it, and so what the rule can see there.',
  },
  {
    word: 'full',
    where: 'event coverage',
    meaning: 'The event carries all that the rule tests: on such events the rule works as it is written.',
  },
  {
    word: 'noisier',
    where: 'event coverage',
    meaning:
      'The rule can fire, but an exclusion tests a field that the event does not carry and never applies: expect more false positives.',
  },
  {
    word: 'partial',
    where: 'event coverage',
    meaning:
      'The rule can fire, but not in all the ways in which it is written: an alternative tests a field that the event does not carry.',
  },
  {
    word: 'blind',
    where: 'event coverage',
    meaning: 'The rule can never fire: it asks for a field that the event does not carry.',
  },
  {
    word: 'alternative',
    where: 'event coverage',
    meaning:
      'An event that tells of the same activity as the one that the log source means first, and that may be there in its place: Security 4688 in place of Sysmon 1.',
  },
  {
    word: 'selector',
    where: 'indicators',
    meaning:
      'A test that picks events, such as by an event ID, and says nothing of what they show. Rules that share nothing else do not look for the same.',
  },
  {
    word: 'copy',
    where: 'the same rule elsewhere',
    meaning:
      'A rule of one platform that tests the same indicators as another and has its title or its id, or that one of them names as related: mostly one rule in two sources, or a deprecated copy. Counts have all copies as one.',
  },
];
