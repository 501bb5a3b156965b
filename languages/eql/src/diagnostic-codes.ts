import type { DiagnosticCode } from '@rulescope/logic';

/** The diagnostics that only EQL gives. */
export const CODES = {
  syntax: {
    code: 'eql-syntax',
    severity: 'error',
    title: 'This breaks the grammar of EQL',
    help: 'The place that is marked cannot stand there by the EQL syntax reference, and Elasticsearch would refuse the query. The part from there to the next "and", "or" or closing bracket is kept as unknown text; what is around it is read. The message says what was expected.',
  },
  missingWhere: {
    code: 'eql-missing-where',
    severity: 'error',
    title: 'An event category and "where" are missing',
    help: 'An event query is a category, the word "where" and a condition, such as `process where process.name == "cmd.exe"`. Without a category write `any where …`; to match every event of a category, `process where true`.',
  },
  unclosedString: {
    code: 'eql-unclosed-string',
    severity: 'error',
    title: 'A string or comment is never closed',
    help: 'A string ends with the quote it began with, on the same line; a name in backticks with a backtick; a comment that starts with /* ends with */. This one does not, so that what follows may be read wrongly. Close it, or escape a quote inside a string with a backslash.',
  },
  badEscape: {
    code: 'eql-bad-escape',
    severity: 'warning',
    title: 'An escape that EQL does not have',
    help: 'In a string in double quotes a backslash starts an escape: \\n, \\r, \\t, \\\\, \\" or \\u{200f}. Elasticsearch refuses others. The backslash is kept here as it is written. Double it, or write the string between three double quotes, in which a backslash is only a backslash.',
  },
  keywordCase: {
    code: 'eql-keyword-case',
    severity: 'warning',
    title: 'A keyword in capitals',
    help: 'The keywords of EQL are lower-case; Elasticsearch takes "AND", "OR" or "NOT" for a name and refuses the query. It is read as the keyword here. Write it in lower case.',
  },
  unknownFunction: {
    code: 'eql-unknown-function',
    severity: 'error',
    title: 'There is no such function',
    help: 'Neither the EQL function reference nor the dialects of Endgame and Elastic Endpoint know the function, so the comparison that uses it is kept as unknown text. Look for a spelling mistake; capitals do not matter.',
  },
  badArguments: {
    code: 'eql-bad-arguments',
    severity: 'error',
    title: 'A function has arguments that it cannot take',
    help: 'The EQL function reference gives the number and kind of the arguments of each function. This call has fewer or more, or of another kind, so it is kept as unknown text.',
  },
  unknownPipe: {
    code: 'eql-unknown-pipe',
    severity: 'error',
    title: 'There is no such pipe',
    help: 'Elasticsearch knows the pipes head and tail, the Endgame dialect also count, filter, sort, unique and unique_count. What this one does to the events is unknown.',
  },
  unknownRelation: {
    code: 'eql-unknown-relation',
    severity: 'error',
    title: 'There is no such relation between events',
    help: 'The relations are `child of`, `descendant of` and `event of` (Endgame and Elastic Endpoint). This one is none of them; the query in its brackets is read all the same.',
  },
  unknownVariable: {
    code: 'eql-unknown-variable',
    severity: 'error',
    title: 'A variable that nothing declares',
    help: 'A name that starts with $ stands for an element of the array that an _arraysearch around it walks through, and is declared by its second argument. This one is declared nowhere, so the test on it is shown with the name as it is.',
  },
  notACondition: {
    code: 'eql-not-a-condition',
    severity: 'error',
    title: 'A value where a condition is expected',
    help: 'A condition is true or false: a comparison, a function that answers yes or no, true, false, or a boolean field. A computed value or null alone is none of these; perhaps an operator before it is missing.',
  },
  hyphen: {
    code: 'eql-hyphen-in-field',
    severity: 'warning',
    title: 'A field name with a hyphen outside of backticks',
    help: 'Outside of backticks a hyphen subtracts (EQL syntax reference, "Escape a field name"), so that Elasticsearch refuses to compare this with a text. It is read as one field here. Write the name between backticks, such as `my-field`.',
  },
  freeText: {
    code: 'eql-free-text',
    severity: 'warning',
    title: 'A text alone, as if the whole event were searched',
    help: 'The EQL syntax reference has no search in all fields: a condition compares a field, and Elasticsearch refuses a string that stands alone. Converters of Sigma rules write keywords so all the same, and it is read as they mean it: the text anywhere in the event. Name the field that holds it.',
  },
  literalWildcard: {
    code: 'eql-literal-wildcard',
    severity: 'warning',
    title: 'A star that is only a star',
    help: 'Under ==, != and in a * is the character itself (EQL syntax reference, "Differences from Endgame EQL syntax"): the test asks for a value that holds a star, which is hardly meant. Wildcards work under the operators : and like and in the function wildcard.',
  },
  endgameSyntax: {
    code: 'eql-endgame-syntax',
    severity: 'warning',
    title: 'Syntax of the older Endgame dialect',
    help: 'Endgame\'s EQL has it, the EQL of Elasticsearch does not (EQL syntax reference, "Differences from Endgame EQL syntax"): single quotes, ?"raw" strings, = for ==, joins, fork, method calls, the pipes count, filter, sort, unique and unique_count, and some functions. It is understood, but Elasticsearch would refuse the query.',
  },
  endpointSyntax: {
    code: 'eql-endpoint-syntax',
    severity: 'info',
    title: 'Elastic Endpoint has this, Elasticsearch has not',
    help: "The behaviour rules of Elastic Endpoint may compare two fields, name a step of a sequence (`as event0`), walk through arrays with _arraysearch and ask for a process's ancestors. It is understood; the EQL of Elasticsearch does not take it.",
  },
  computed: {
    code: 'eql-computed-comparison',
    severity: 'info',
    title: 'A comparison of two computed values',
    help: 'Both sides are worked out from fields, or an ordering is asked of two fields. The language knows this, and the rule is understood; but no single test on a field says the same, so it is shown as unknown text.',
  },
  sameElement: {
    code: 'eql-same-element',
    severity: 'info',
    title: 'Several conditions on one element of an array',
    help: 'All conditions inside an _arraysearch must hold for one and the same element. They are shown as tests on the fields of the elements, which another element of the array may satisfy each: the rule is a little narrower than its tests.',
  },
  badRegex: {
    code: 'eql-bad-regex',
    severity: 'warning',
    title: 'A regular expression that is broken',
    help: 'A group, class or quote is not closed, a parenthesis closes nothing, or an operator has nothing before or behind it. Elasticsearch reads the syntax of Lucene: `"`, `<`, `&`, `~` are operators, and there are no groups that start with `(?`. The pattern is kept as it is. Escape the character with a backslash (two in a string in double quotes) if you mean it literally.',
  },
  regexAnchor: {
    code: 'eql-regex-anchor',
    severity: 'warning',
    title: 'An anchor that is only a character',
    help: 'regex takes regular expressions of Lucene, which always match the whole value and have no anchors: ^ and $ stand for themselves (Elasticsearch, "Regular expression syntax"), so that the pattern asks for a value that holds them. Leave them out.',
  },
  sequenceRule: {
    code: 'eql-sequence-rule',
    severity: 'warning',
    title: 'A sequence or sample that Elasticsearch refuses',
    help: 'The EQL syntax reference asks for maxspan where a step is a missing event (![…]), for at least one step that is none, for runs from 1 to 100, for a time with a unit in maxspan, for the same number of join keys in each step, for join keys in a sample, and allows no maxspan, runs, until or missing events in a sample.',
  },
} as const satisfies Readonly<Record<string, DiagnosticCode>>;

/** The rows of the registry, for `rulescope help` and the pages. */
export const diagnosticCodes: readonly DiagnosticCode[] = Object.values(CODES);
