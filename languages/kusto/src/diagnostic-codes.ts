import type { DiagnosticCode } from '@rulescope/logic';

/** The diagnostics of Kusto texts, as data: a row a code, each with the paragraph that `rulescope help` prints. */
export const CODES = {
  syntax: {
    code: 'kql-syntax',
    severity: 'error',
    title: 'Kusto would not take the query',
    help: "Microsoft's own parser cannot read the query at this place: a bracket or quotation mark that is never closed, a missing operator or bar, or text that is not KQL at all. What could still be read is shown, and the query counts as partly understood. Mend the query, or leave the text out of the source if it is none.",
  },
  parserFailed: {
    code: 'kql-parser-failed',
    severity: 'error',
    title: 'The parser of KQL failed',
    help: "Microsoft's parser of KQL could not be loaded, or gave up on this text. In Node it is loaded by itself; a page must await `loadParser` before the first query. If a text makes the parser fail, please report it: no text should.",
  },
  reservedName: {
    code: 'kql-reserved-name',
    severity: 'warning',
    title: 'A name is a word of the language',
    help: "Some words of the language, such as first or last, can be names only in brackets and quotes: ['first']. Kusto refuses the query as it stands. It is read as the name that was meant.",
  },
  missingSeparator: {
    code: 'kql-missing-separator',
    severity: 'warning',
    title: 'A semicolon is missing behind a statement',
    help: 'Kusto wants a semicolon between the statements of one query, such as behind each `let`. Without it the portal refuses the query, or runs only the part at the cursor. The statement is read as if the semicolon stood there.',
  },
  noSource: {
    code: 'kql-no-source',
    severity: 'warning',
    title: 'The query starts with a bar and names no table',
    help: 'A query starts with the table that it reads. This text starts with `|`, as pieces of documentation do, and cannot be run as it stands. Its operators are read; put the table before them.',
  },
  noTable: {
    code: 'kql-no-table',
    severity: 'info',
    title: 'The text is a condition without a table',
    help: 'The text holds a condition alone, as some converters of Sigma rules write it, and no table to ask it of. It is read as the condition of a `where`. Put a table and `| where` before it to run it.',
  },
  quotedName: {
    code: 'kql-quoted-name',
    severity: 'info',
    title: 'A quoted text stands where a column is meant',
    help: "Kusto reads a text in quotes as a constant, so that a condition such as 'process.name' == \"x\" compares two constants and holds for all events or for none. A column is meant here and it is read as one. Write the name in brackets and quotes: ['process.name'].",
  },
  assignment: {
    code: 'kql-assignment',
    severity: 'warning',
    title: 'One equals sign in a condition',
    help: 'In a condition `==` and `=~` compare; a single equals sign gives a name to what stands behind it, which Kusto refuses here. It is read as `==`, as it is meant, where one value stands behind it; a longer condition is kept as unknown text, since its author may have meant any part of it. Write `==`.',
  },
  textAlone: {
    code: 'kql-text-alone',
    severity: 'info',
    title: 'A text stands alone where a condition is wanted',
    help: 'Only `search` and `find` take a text alone as a condition. Elsewhere Kusto refuses it, though converters of Sigma rules write keywords so. It is read as a text that is looked for in all columns. Write `* contains "x"`, or use `search`.',
  },
  notDefinedHere: {
    code: 'kql-not-defined-here',
    severity: 'info',
    title: 'A name that only the workspace defines',
    help: 'The name is no column, `let` or function of the language: the workspace may define it as a function, a watchlist or a table. What it stands for is not known here and the part stays unknown text. That does not make the query less understood.',
  },
  subquery: {
    code: 'kql-subquery',
    severity: 'info',
    title: 'The condition compares with what another query finds',
    help: 'The values to compare with come from a query that is run first, so that the text alone does not say them. The condition stays unknown text, and the other query is shown beside it as a nested query.',
  },
  notATest: {
    code: 'kql-not-a-test',
    severity: 'info',
    title: 'A condition between computed values',
    help: 'The condition compares values in a way for which the common model has no test, such as the order of two columns or a text looked for in a list that is computed. It was understood, and is shown as its text. It is not counted as an indicator.',
  },
  wordPart: {
    code: 'kql-part-of-word',
    severity: 'info',
    title: 'The start or end of a word is shown as a regex',
    help: 'The operators hasprefix and hassuffix look for a word that starts or ends with a text. The common model has whole words and parts of texts, but no parts of words: the test is shown as the regular expression that says the same.',
  },
  badRegex: {
    code: 'kql-bad-regex',
    severity: 'warning',
    title: 'The regular expression cannot work',
    help: 'Kusto does not take this pattern: a group or class is not closed, a parenthesis closes nothing, a repeat has nothing before it, or it has what Kusto’s engine lacks, such as look-around (`(?=`, `(?<!`) and references back (`\\1`). The pattern is kept as it is. Escape the character with a backslash if you mean it literally.',
  },
  recursion: {
    code: 'kql-recursion',
    severity: 'warning',
    title: 'A name is defined by itself',
    help: 'A `let` uses its own name, directly or through others, or names stand for names more than 50 times. Kusto does not allow that. The name is read as a table or column of the workspace.',
  },
  wrongArguments: {
    code: 'kql-wrong-arguments',
    severity: 'warning',
    title: 'The function is called with too few arguments',
    help: 'The function needs more arguments than it was given, so that nothing can be said of what it answers. The condition is kept as unknown text. Look the function up in the reference of the Kusto Query Language.',
  },
  unionColumns: {
    code: 'kql-union-columns',
    severity: 'info',
    title: 'The legs of a union give one name to different columns',
    help: 'A column behind a union is filled from one column of the events in one leg and from another one in the next. What is compared with it is asked of any of these columns, whichever leg an event comes from; whether it is empty is asked of the name that the union gives it, as of a computed column, and is not counted as an indicator. Put the condition into each leg to ask it of one column alone.',
  },
  unknownPart: {
    code: 'kql-unknown-part',
    severity: 'warning',
    title: 'A part of the query is not understood',
    help: 'Microsoft allows this here, but we do not know what it means for the events that the query finds. The part is kept as unknown text, and the query counts as partly understood. Please report it with the query.',
  },
} as const satisfies Record<string, DiagnosticCode>;

/** Every diagnostic that only Kusto texts give. */
export const diagnosticCodes: readonly DiagnosticCode[] = Object.values(CODES);
