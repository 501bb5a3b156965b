import type { DiagnosticCode } from '@rulescope/logic';

/** The diagnostics that only SPL gives. */
export const CODES = {
  unclosedQuote: {
    code: 'spl-unclosed-quote',
    severity: 'error',
    title: 'A quote, back-tick or bracket is never closed',
    help: 'Nothing closes this quotation mark, back-tick or square bracket, so Splunk refuses the search. It was read as an ordinary character, and the pipes behind it as pipes. Close it, or put a backslash before a quotation mark that belongs to the text.',
  },
  unclosedParenthesis: {
    code: 'spl-unclosed-parenthesis',
    severity: 'error',
    title: 'A parenthesis is never closed',
    help: 'The command ends before the parenthesis that opened here is closed. It was read as if it were closed at the end of the command. Close it where it belongs: what stands behind it may belong to another alternative.',
  },
  unexpected: {
    code: 'spl-unexpected',
    severity: 'error',
    title: 'Something stands where nothing can',
    help: 'The search does not follow the grammar of its command here: an operator without an operand, a closing parenthesis too many, a value without a field. The part is kept as unknown text and the rest was read. Correct it: Splunk refuses the search, or reads it otherwise than it looks.',
  },
  emptyCommand: {
    code: 'spl-empty-command',
    severity: 'error',
    title: 'There is no command behind the pipe',
    help: 'A pipe is followed by another pipe or by the end of the search. Splunk refuses a pipe without a command. Remove the pipe, or write the command that is missing.',
  },
  badArguments: {
    code: 'spl-bad-arguments',
    severity: 'error',
    title: 'The arguments of a command are not as it wants them',
    help: 'The command is known, but what stands behind it is not what its page of the Search Reference describes: a part that it needs is missing or out of place. What the command does to the events is not known then. Compare it with the documentation of the command.',
  },
  macroTooDeep: {
    code: 'spl-macro-too-deep',
    severity: 'error',
    title: 'A macro is expanded without end',
    help: 'The macro calls itself, directly or through others, more than 40 levels deep, or its expansion is larger than any search. It is left out here. Look for the definition that calls itself.',
  },
  unknownMacro: {
    code: 'spl-unknown-macro',
    severity: 'info',
    title: 'Nothing defines the macro',
    help: 'The definition of this macro is not among the files of the source, so what it stands for is unknown. At the head of a search it is taken for the name of a source of events, elsewhere for a part of the condition that is not known. Add the macro files to the source (`macros/*.yml` or `macros.conf`) to have it expanded.',
  },
  filterMacro: {
    code: 'spl-filter-macro',
    severity: 'info',
    title: 'A macro that is a place for your own exclusions',
    help: 'By convention a macro whose name ends with `_filter` stands at the end of a rule and lets every event pass until somebody writes their own exclusions into it. Nothing defines it here, so it is read as one that lets every event pass.',
  },
  evaluatedMacro: {
    code: 'spl-evaluated-macro',
    severity: 'info',
    title: 'A macro whose text is computed when the search runs',
    help: 'The macro is defined with `iseval = 1`: its definition is an eval expression, and what the expression gives when the search starts is the text that the macro stands for. So what it asks for is not known here. It is kept as unknown text and lowers nothing.',
  },
  unknownLookup: {
    code: 'spl-unknown-lookup',
    severity: 'info',
    title: 'The content of a lookup is not known',
    help: 'The content of this lookup is not among the files of the source, so what it finds is not known: tests on the fields that it gives are shown as tests on computed values. Without OUTPUT a lookup gives every column of its table, so that behind it each name that the search has not written before may be one of them. Add the table (`lookups/*.csv`, with its definition) to the source to have it read.',
  },
  unknownOption: {
    code: 'spl-unknown-option',
    severity: 'error',
    title: 'The command has no such option',
    help: 'The page of this command in the Search Reference lists no option of this name, so Splunk refuses the search, or takes the words for something else. What the option was to change is not known. Check its spelling, or whether it belongs to another command.',
  },
  unknownCommand: {
    code: 'spl-unknown-command',
    severity: 'info',
    title: 'A command that Splunk does not bring along',
    help: 'The Search Reference has no command of this name: it comes from an app, or is misspelt. What it does to the events is not known, so it is shown as a stage of its own; the tests of the other stages stand. Check the spelling.',
  },
  lowercaseOperator: {
    code: 'spl-lowercase-operator',
    severity: 'warning',
    title: 'An operator in lower case',
    help: 'Splunk wants AND, OR, NOT and IN in capital letters. In the search command a lower-case one is a word that is searched for in the event, and has been read so; in where and eval it can be nothing else than the operator, and has been read as that. Write it in capital letters.',
  },
  gluedOperator: {
    code: 'spl-glued-operator',
    severity: 'warning',
    title: 'An operator is glued to its neighbour',
    help: 'There is no space between an operator such as AND and the function or word behind it. It was read as two words. Put a space between them: Splunk may take the whole for one name.',
  },
  computedComparison: {
    code: 'spl-computed-comparison',
    severity: 'info',
    title: 'A comparison of two values that are not known',
    help: 'Neither side of this comparison is a constant: it compares two fields, or a field with something computed, in a way that no test on one field says. It is kept as unknown text; what it means for an event depends on the event itself.',
  },
  commaMissing: {
    code: 'spl-comma-missing',
    severity: 'warning',
    title: 'An equals sign where a comma belongs',
    help: 'match() takes two arguments, a field and a pattern. Here they are joined by an equals sign, so Splunk sees one argument, which it refuses. It was read as it is meant. Put a comma between the two.',
  },
  exclamationMark: {
    code: 'spl-exclamation-mark',
    severity: 'warning',
    title: 'An exclamation mark instead of NOT',
    help: 'The documentation of eval and where knows NOT, and != between two values, but no exclamation mark before an expression. It was read as NOT, as it is meant. Write NOT.',
  },
  escapedStar: {
    code: 'spl-escaped-star',
    severity: 'warning',
    title: 'A backslash before a star',
    help: 'A star is a wildcard in the search command, and by the Search Manual a backslash cannot escape it; Splunk may take it for a wildcard all the same. It was read as a literal star, as it is meant. Use `where` with match() or like() to look for a star.',
  },
  unmatchableTerm: {
    code: 'spl-unmatchable-term',
    severity: 'warning',
    title: 'TERM of something that is no term',
    help: 'TERM() finds only what stands between major breakers (spaces, brackets, quotation marks, commas, semicolons …) as one indexed term. The text holds such a breaker, so no event can ever match it. Search for the quoted phrase instead.',
  },
  wildcardTerm: {
    code: 'spl-wildcard-term',
    severity: 'info',
    title: 'A search term with a wildcard',
    help: 'A bare word with a wildcard is compared with the whole terms of an event; it is shown as a text that the event contains, which is a little wider: `fail*` does not find `unfailing`, the text `fail` would.',
  },
  singleQuotedField: {
    code: 'spl-single-quoted-field',
    severity: 'warning',
    title: 'Single quotes in a search',
    help: 'Only eval, where and commands that use their expressions know field names in single quotes. In the search command and in the where clause of tstats the quotes belong to the name, and no field is called so. It was read without them. Use double quotes, or none.',
  },
  dottedField: {
    code: 'spl-dotted-field',
    severity: 'info',
    title: 'A field name with dots and without quotes',
    help: 'In eval and where a dot joins two texts, so that a field name with dots has to stand in single quotes. It was read as the name of one field, as its author surely meant it. Write it in single quotes.',
  },
  unknownFunction: {
    code: 'spl-unknown-function',
    severity: 'info',
    title: 'A function that Splunk does not bring along',
    help: 'The Search Reference has no evaluation function of this name. What depends on it is not known. Check the spelling.',
  },
  badRegex: {
    code: 'spl-bad-regex',
    severity: 'warning',
    title: 'A regular expression that no engine takes',
    help: 'The pattern has a group or class that is not closed, or repeats nothing. Splunk refuses it, so the rule never finds anything. Correct the pattern; a backslash before a quotation mark belongs to the quotation mark.',
  },
  badNetwork: {
    code: 'spl-bad-network',
    severity: 'warning',
    title: 'cidrmatch with something that is no network',
    help: 'cidrmatch takes a network in CIDR notation, such as "10.0.0.0/8", as its first argument. This is none, so no address is in it.',
  },
  subsearch: {
    code: 'spl-subsearch',
    severity: 'info',
    title: 'A condition that another search finds',
    help: 'What the subsearch finds becomes a part of this condition when the search runs, so it is not known beforehand. The subsearch is shown as a query of its own.',
  },
} as const satisfies Readonly<Record<string, DiagnosticCode>>;

export const diagnosticCodes: readonly DiagnosticCode[] = Object.values(CODES);
