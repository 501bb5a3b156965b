import type { DiagnosticCode } from '@rulescope/logic';

/** The diagnostics that only the Kibana Query Language gives. */
export const CODES = {
  syntax: {
    code: 'kuery-syntax',
    severity: 'error',
    title: 'This breaks the grammar of the Kibana Query Language',
    help: 'Kibana would refuse the query at the place that is marked. The part from there to the next "and", "or" or closing bracket is kept as unknown text; what is around it is read. Between two conditions "and" or "or" must stand, and ( ) : < > " * { } inside a value without quotes need a backslash before them.',
  },
  unclosedString: {
    code: 'kuery-unclosed-string',
    severity: 'error',
    title: 'A quotation mark is never closed',
    help: 'A phrase ends with the next quotation mark that has no backslash before it, and here there is none. A backslash before the last quotation mark is often the reason: write it twice to end a phrase with a backslash.',
  },
  badEscape: {
    code: 'kuery-bad-escape',
    severity: 'warning',
    title: 'A backslash that escapes nothing',
    help: 'Outside of quotes a backslash stands before one of ( ) : < > " * { } and \\, before t, r, n, u with four digits, or before and, or, not; Kibana refuses others. The backslash is kept here as it is written. Double it, or put the value in quotes.',
  },
  literalWildcard: {
    code: 'kuery-literal-wildcard',
    severity: 'warning',
    title: 'A star that is only a star',
    help: 'Between quotes and behind <, <=, > and >= a star is the character itself: the test asks for a value that holds a star, which is hardly meant. For a wildcard write the value without quotes, with a backslash before each space, quotation mark, colon and bracket in it.',
  },
  wordsTogether: {
    code: 'kuery-words-together',
    severity: 'info',
    title: 'Several words without quotes are one value',
    help: 'The Kibana Query Language does not part a value at its spaces: on a keyword field all the words together, with the spaces between them, are the one value that must be there. Put them in quotes to make that plain, or write (one or two) for either of them.',
  },
  foreignOperator: {
    code: 'kuery-foreign-operator',
    severity: 'warning',
    title: 'An equals sign is no operator',
    help: 'The Kibana Query Language compares with a colon, and negates with not. With =, == or != between them the words around it are a search for each of these words in all fields, which is hardly meant. Write `field: value` or `not field: value`.',
  },
  analysedWildcard: {
    code: 'kuery-analysed-wildcard',
    severity: 'info',
    title: 'A wildcard on an analysed field',
    help: 'A text field holds the single words of a text, in lower case: `abc*` asks for a word that starts so, anywhere in the text, and a pattern with a space or punctuation inside hardly matches at all. The test shows the pattern as it is written; without a field it is shown as a text that the event contains.',
  },
  sameElement: {
    code: 'kuery-same-element',
    severity: 'info',
    title: 'Several conditions on one nested object',
    help: 'All conditions inside `field:{ … }` must hold for one and the same object of the list. They are shown as tests on the fields of the objects, which another object may satisfy each: the query is a little narrower than its tests.',
  },
  matchAll: {
    code: 'kuery-match-all',
    severity: 'info',
    title: 'An empty query matches every event',
    help: 'A query without any condition asks for nothing, so every event of its indices matches. Rules that look for new terms, or whose filters do the work, are written so; anything else has probably lost its query.',
  },
} as const satisfies Readonly<Record<string, DiagnosticCode>>;

/** The rows of the registry, for `rulescope help` and the pages. */
export const diagnosticCodes: readonly DiagnosticCode[] = Object.values(CODES);
