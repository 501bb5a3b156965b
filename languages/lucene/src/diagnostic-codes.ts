import type { DiagnosticCode } from '@rulescope/logic';

/** The diagnostics that only Lucene's query syntax gives. */
export const CODES = {
  syntax: {
    code: 'lucene-syntax',
    severity: 'error',
    title: "This breaks the grammar of Lucene's query syntax",
    help: 'Elasticsearch would refuse the query at the place that is marked. The part from there to the next AND, OR or closing parenthesis is kept as unknown text; what is around it is read. In a value + - ! ( ) { } [ ] ^ " ~ * ? : \\ and / need a backslash before them, and so does a space.',
  },
  unclosed: {
    code: 'lucene-unclosed',
    severity: 'error',
    title: 'A phrase, regular expression or range is never closed',
    help: 'A phrase ends with a quotation mark, a regular expression with a slash, a range with ] or }. Here the end is missing, so that what follows may be read wrongly. A quotation mark, a slash or a bracket that is meant literally needs a backslash before it.',
  },
  optionalClause: {
    code: 'lucene-optional-clause',
    severity: 'info',
    title: 'A clause that decides nothing',
    help: 'Lucene turns AND, OR and NOT into clauses that must, should or must not match, from left to right and without the usual precedence: `a OR b AND c` asks for b and c, and a only makes a match score higher. The clause that is marked is such an optional one beside others that must match, so it is left out of the condition. Put parentheses around what belongs together.',
  },
  orNot: {
    code: 'lucene-or-not',
    severity: 'warning',
    title: 'OR beside an excluded clause does not join it',
    help: 'A clause with NOT, ! or - before it is excluded from the whole group, whatever operator stands beside it: `a OR NOT b` finds what has a and has not b, as `a AND NOT b` does. For either of the two write `a OR (NOT b)`.',
  },
  lowercaseOperator: {
    code: 'lucene-lowercase-operator',
    severity: 'warning',
    title: 'An operator in small letters is a word',
    help: 'AND, OR and NOT are operators in capital letters only. In small letters they are words that are looked for, so that the clauses around them are not joined as they seem to be. Write the operator in capitals, or put the word in quotes.',
  },
  loneOperator: {
    code: 'lucene-lone-operator',
    severity: 'warning',
    title: 'An operator with a space behind it is a word',
    help: 'The operators +, - and ! belong to the clause that they touch. With a space behind it the character is a word of its own that is looked for, and what follows it is neither asked for nor excluded. Remove the space, or write NOT.',
  },
  wordsTogether: {
    code: 'lucene-words-together',
    severity: 'info',
    title: 'Several words without an operator are one text',
    help: 'The query string query does not part a text at its spaces: the words go to the analyzer of the field together. On a keyword field they are one value with spaces in it; only on a text field any of the words will do. Write OR between the words, or put them in quotes.',
  },
  analysedPattern: {
    code: 'lucene-analysed-pattern',
    severity: 'info',
    title: 'A pattern on an analysed field',
    help: 'A text field holds the single words of a text, in lower case: a wildcard or regular expression is compared with one word at a time, anywhere in the text. The test shows it as it is written; a wildcard without a field is shown as a text that the event contains.',
  },
  escapedRange: {
    code: 'lucene-escaped-range',
    severity: 'warning',
    title: 'A < or > that cannot be escaped',
    help: 'A value that starts with < or > is a range, with a backslash before it too: the query string query documents that these characters cannot be escaped, only removed. The test asks for values below or above the text that follows. A phrase in quotes is compared as it is.',
  },
  fuzzy: {
    code: 'lucene-fuzzy',
    severity: 'info',
    title: 'A fuzzy term',
    help: 'A term with a tilde behind it matches all terms that are at most two (or so many as the number says) changes of a character away from it. No test says that, so it is shown as unknown text; the query is understood all the same.',
  },
  proximity: {
    code: 'lucene-proximity',
    severity: 'info',
    title: 'Words near each other',
    help: 'A phrase with a tilde and a number behind it matches where its words are at most so many moves away from the phrase. It is shown as a test for all of the words, which is a little wider: how near they are to each other no test says.',
  },
  badRegex: {
    code: 'lucene-bad-regex',
    severity: 'warning',
    title: 'A regular expression that is broken',
    help: 'A group, class or quote is not closed, a parenthesis closes nothing, or an operator has nothing before or behind it. Elasticsearch reads the syntax of Lucene: `"`, `<`, `&`, `~` are operators, and there are no groups that start with `(?`. The pattern is kept as it is. Escape the character with a backslash if you mean it literally.',
  },
  regexAnchor: {
    code: 'lucene-regex-anchor',
    severity: 'warning',
    title: 'An anchor that is only a character',
    help: 'Between slashes stand regular expressions of Lucene, which always match the whole value and have no anchors: ^ and $ stand for themselves (Elasticsearch, "Regular expression syntax"), so that the pattern asks for a value that holds them. Leave them out.',
  },
} as const satisfies Readonly<Record<string, DiagnosticCode>>;

/** The rows of the registry, for `rulescope help` and the pages. */
export const diagnosticCodes: readonly DiagnosticCode[] = Object.values(CODES);
