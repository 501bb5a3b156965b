import type { DiagnosticCode } from '@rulescope/logic';

/** The diagnostics that only ES|QL gives. */
export const CODES = {
  syntax: {
    code: 'esql-syntax',
    severity: 'error',
    title: 'This breaks the grammar of ES|QL',
    help: 'The place that is marked cannot stand there by the ES|QL reference, and Elasticsearch would refuse the query. The part from there to the next "and", "or", comma, pipe or closing bracket is kept as unknown text; what is around it is read. The message says what was expected.',
  },
  unclosedString: {
    code: 'esql-unclosed-string',
    severity: 'error',
    title: 'A string or comment is never closed',
    help: 'A string ends with the quote it began with, on the same line; one in three quotes with three quotes; a name in backticks with a backtick; a comment that starts with /* ends with */. This one does not, so that what follows may be read wrongly. Close it, or escape a quote inside a string with a backslash.',
  },
  badEscape: {
    code: 'esql-bad-escape',
    severity: 'warning',
    title: 'An escape that ES|QL does not have',
    help: 'In a string in double quotes a backslash starts an escape: \\n, \\r, \\t, \\\\ or \\". Elasticsearch refuses others. Before a star or question mark outside of patterns the backslash is left out here, as converters of rules mean it; else it is kept as it is written. Double it, or write the string between three double quotes, in which a backslash is only a backslash.',
  },
  singleEquals: {
    code: 'esql-single-equals',
    severity: 'warning',
    title: 'A comparison with one equals sign',
    help: 'In a condition = sets nothing and compares nothing: equality is == (ES|QL reference, "Equality"), and Elasticsearch refuses the query. It is read as == here. Write two equals signs.',
  },
  strayWord: {
    code: 'esql-stray-word',
    severity: 'warning',
    title: 'A word before the query that is no part of it',
    help: 'A query starts with a source command: from, row, show or ts. The word before it is left over, perhaps from a code block that named a language, and Elasticsearch would refuse the query. Take it out; the query behind it is read.',
  },
  otherLanguage: {
    code: 'esql-other-language',
    severity: 'error',
    title: 'This is a query in another language',
    help: 'The text starts as a query of SQL (such as those of osquery) does, and no command of ES|QL does. It is kept as it is and nothing of it is understood. Give its language where the rule names it.',
  },
  missingSource: {
    code: 'esql-missing-source',
    severity: 'error',
    title: 'The query does not say what it reads',
    help: 'A query starts with a source command: from, row, show or ts (ES|QL reference, "Source commands"). The commands are read as if one stood before them. Start the query with from and the patterns of the indices.',
  },
  unknownCommand: {
    code: 'esql-unknown-command',
    severity: 'warning',
    title: 'A command that is not known here',
    help: 'No command of the ES|QL reference is called so. What it does to the events is unknown, so that its text is kept as an unknown part of the condition and the query is understood partly. Look for a spelling mistake.',
  },
  misplacedSource: {
    code: 'esql-misplaced-source',
    severity: 'error',
    title: 'A source command behind a pipe',
    help: 'from, row, show and ts can only start a query or a subquery in parentheses (ES|QL reference, "Source commands"). Elasticsearch would refuse it here; a pipe may be left over.',
  },
  unknownFunction: {
    code: 'esql-unknown-function',
    severity: 'error',
    title: 'There is no such function',
    help: 'The ES|QL reference does not know the function, so the comparison that uses it is kept as unknown text. Look for a spelling mistake; capitals do not matter.',
  },
  badArguments: {
    code: 'esql-bad-arguments',
    severity: 'error',
    title: 'A function or command has arguments that it cannot take',
    help: 'By its page in the ES|QL reference the function or command takes other arguments. What depends on it is kept as unknown text. The message says what is missing.',
  },
  notACondition: {
    code: 'esql-not-a-condition',
    severity: 'error',
    title: 'A value where a condition is expected',
    help: 'A condition is true or false: a comparison, a function that answers yes or no, true, false, or a boolean column. A text, a number or null alone is none of these; perhaps an operator before it is missing.',
  },
  nullComparison: {
    code: 'esql-null-comparison',
    severity: 'warning',
    title: 'A comparison with null is never true',
    help: 'A comparison with null gives null, and where drops the row (ES|QL reference, "Working with NULL values"). It is kept as unknown text. Write `is null` or `is not null`.',
  },
  computed: {
    code: 'esql-computed-comparison',
    severity: 'info',
    title: 'A comparison that no test on one field says',
    help: 'Both sides are worked out (from fields, the time of the search, other rows), or an ordering is asked of two fields. The language knows this, and the rule is understood; but no single test on a field says the same, so it is shown as unknown text.',
  },
  conditions: {
    code: 'esql-conditions-not-shown',
    severity: 'info',
    title: 'Values are chosen by more conditions than are shown',
    help: 'A case() chooses among so many values that its conditions are not repeated where the value is tested, nor listed as a query inside the stage. The language knows this, and the rule is understood; but what these conditions ask of the events is not shown. Split the case into several.',
  },
  parameter: {
    code: 'esql-parameter',
    severity: 'info',
    title: 'A value that the caller of the query gives',
    help: 'A name behind a question mark stands for a value that is given with the request and not in the text (ES|QL reference, "Query parameters"). What it is compared with is shown as unknown text.',
  },
  subquery: {
    code: 'esql-subquery',
    severity: 'info',
    title: 'A condition whose values another query finds',
    help: 'The values of the list are those that a query in parentheses finds. The query is shown as a query of its own inside the stage; the condition itself is unknown text, since its values are known only when it runs.',
  },
  embedded: {
    code: 'esql-embedded-query',
    severity: 'info',
    title: 'A query in another language inside of a function',
    help: 'KQL("…") holds a query in the Kibana Query Language, QSTR("…") one in Lucene\'s. Whoever called the parser did not say how to read them, or they are no plain text, so the call is shown as unknown text.',
  },
  fuzzy: {
    code: 'esql-fuzzy',
    severity: 'info',
    title: 'A fuzzy match',
    help: 'The option `fuzziness` matches values that differ by a few letters from the one that is given. The model has no test for that, so the match is kept as unknown text; it lowers nothing. Rules mean by it what is nearly a name, and exclude the name itself beside it.',
  },
  matchOptions: {
    code: 'esql-match-options',
    severity: 'info',
    title: 'A full-text search with options that the test does not show',
    help: 'Options of match and match_phrase, such as fuzziness, analyzer or minimum_should_match, change which texts are found (ES|QL reference, "MATCH"). The test shows the words that are looked for; with the options more or fewer texts match.',
  },
  lookup: {
    code: 'esql-lookup-columns',
    severity: 'info',
    title: 'Columns come from a policy or index that is not here',
    help: 'enrich without `with` and lookup join add all columns of an enrich policy or a lookup index, and those are not in the text. A name behind it that is not set by the query is shown as a field of the event, though it may be such a column.',
  },
  badRegex: {
    code: 'esql-bad-regex',
    severity: 'warning',
    title: 'A regular expression that is broken',
    help: 'A group, class or quote is not closed, a parenthesis closes nothing, or an operator has nothing before or behind it. Elasticsearch reads the syntax of Lucene: `"`, `<`, `&`, `~` are operators, and there are no groups that start with `(?`. The pattern is kept as it is. Escape the character with a backslash (two in a string in double quotes) if you mean it literally.',
  },
  regexAnchor: {
    code: 'esql-regex-anchor',
    severity: 'warning',
    title: 'An anchor that is only a character',
    help: 'rlike takes regular expressions of Lucene, which always match the whole value and have no anchors: ^ and $ stand for themselves (Elasticsearch, "Regular expression syntax"), so that the pattern asks for a value that holds them. Leave them out.',
  },
  needlessEscape: {
    code: 'esql-lone-backslash',
    severity: 'warning',
    title: 'A backslash that escapes nothing in a pattern of like',
    help: 'In a pattern of like a backslash escapes a star, a question mark and itself (ES|QL reference, "LIKE"). This one stands before another character: it is read as a backslash here, as it is surely meant, but Elasticsearch may take it away. Double it in the pattern: four in a string in double quotes, two between three quotes.',
  },
} as const satisfies Readonly<Record<string, DiagnosticCode>>;

/** The rows of the registry, for `rulescope help` and the pages. */
export const diagnosticCodes: readonly DiagnosticCode[] = Object.values(CODES);
