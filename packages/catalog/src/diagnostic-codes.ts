import type { Diagnostic, DiagnosticCode } from '@rulescope/logic';
import { diagnostic } from '@rulescope/logic';

/** The diagnostics that reading files and cataloguing rules give, beside those of logic and the languages. */
export const diagnosticCodes = [
  {
    code: 'duplicate-id',
    severity: 'warning',
    title: 'Another rule has the same id',
    help: 'Two rules of one platform have the same id, so links and references to it are ambiguous. The first one keeps it: sources count in the order in which they are named, then paths, then the order within a file. The other one is catalogued under its place, as `platform/source/path#ordinal`. Give the rule an id of its own, or leave the copy out of the source.',
  },
  {
    code: 'file-unreadable',
    severity: 'error',
    title: 'The file or folder cannot be read',
    help: 'The operating system refused to give the file or folder: it lacks a permission, a link leads nowhere, or it is not an ordinary file. The build went on without it. Check the permissions and the link, or leave it out of the source.',
  },
  {
    code: 'not-utf-8',
    severity: 'warning',
    title: 'The text is not valid UTF-8',
    help: 'Some bytes of the file are not UTF-8, the encoding of rule files. Each is read as U+FFFD, the replacement character, so a value that holds one will match nothing. Save the file as UTF-8.',
  },
  {
    code: 'no-rule',
    severity: 'warning',
    title: 'The file holds no rule',
    help: 'The name of the file is that of a rule file, but nothing in it is a rule. A format is told by the keys at the top of the file: Sigma rules have `detection`, `correlation` or `filter`, Splunk security_content detections `name` and `search`, Anvilogic armory rules `logic` and `logic_format`, Elastic rules the tables `rule` or `hunt`, Sentinel rules `name`, `query` and `tactics` or what else they have. If the file belongs there (the configuration of another tool, say), ignore this; else check that it was written completely.',
  },
  {
    code: 'no-search',
    severity: 'error',
    title: 'The rule has nothing to run',
    help: 'The file is that of a rule, but the key that holds its search (`search`, `logic`, `query`) is missing or empty, so that there is nothing to read. Check that the file was written completely.',
  },
  {
    code: 'language-not-read',
    severity: 'info',
    title: 'The language of the rule is not read yet',
    help: 'The rule is written in a language that this version of Rulescope does not read, such as SQL. It is catalogued with all that its file says of it, and found by its words, but what it looks for is not taken apart: it has no indicators.',
  },
  {
    code: 'yaml-invalid',
    severity: 'error',
    title: 'The YAML of the file is broken',
    help: 'The file is not valid YAML at the place given, so that a part of it may not have been read. A value that holds ": " or starts with a character that means something in YAML needs quotes; indentation is made of blanks, never of tabs.',
  },
  {
    code: 'toml-invalid',
    severity: 'error',
    title: 'The TOML of the file is broken',
    help: 'The file is not valid TOML at the place given, and TOML has no parts that could be read alone: no rule of the file is catalogued. A query over several lines stands between three quotes; backslashes in it are escapes unless these are single quotes; no key may be given twice.',
  },
  {
    code: 'json-invalid',
    severity: 'error',
    title: 'The JSON of the file is broken',
    help: 'The file holds an ARM template with rules of Microsoft Sentinel, or rules that Kibana has exported, but it is not valid JSON at the place given: no rule of it is catalogued, of an export with one rule a line none of that line. Look for a missing or superfluous comma, a text that is not closed, or a line break within a text.',
  },
  {
    code: 'conf-invalid',
    severity: 'error',
    title: 'A line of the configuration file says nothing',
    help: 'In a `.conf` file of Splunk a line is a header between square brackets, a setting `name = value`, or a comment that begins with `#`. Splunk passes over any other one without a word, and so does Rulescope; a part of the search may be missing. A value of several lines needs a backslash as the very last character of each line but the last, with no blank behind it.',
  },
  {
    code: 'conf-json-invalid',
    severity: 'warning',
    title: 'A setting that should be JSON is not',
    help: 'Splunk Enterprise Security keeps annotations, risks and drilldown searches as JSON in settings of `savedsearches.conf`. This one is not valid JSON, so that what it says of the rule is missing: its techniques of ATT&CK, say, or its risk score. Look for a missing quotation mark or comma.',
  },
  {
    code: 'conf-overridden',
    severity: 'info',
    title: 'Another search counts for the stanza',
    help: 'A `savedsearches.conf` in a folder `local` has a search for a stanza of this name, which Splunk runs in place of this one. The one in `local` is the rule; this one is left out. Nothing is to be done, unless the two belong to different apps: then give one of them another name.',
  },
  {
    code: 'elastic-no-query',
    severity: 'info',
    title: 'The rule has no query of its own',
    help: 'What the rule looks for is kept elsewhere: a machine-learning job finds anomalies, and a saved query is kept in Kibana. The rule is catalogued with all that its file says of it, but there are no tests on fields of events to show.',
  },
  {
    code: 'elastic-filter-unknown',
    severity: 'warning',
    title: 'A filter beside the query is not understood',
    help: 'A rule of Elastic may have filters beside its query, written in Elasticsearch’s query DSL. This one is of a kind, or has options, that Rulescope does not read: it is shown as text, and the rule is understood in part. Read are match_phrase, match, term, terms, wildcard, prefix, regexp, range, exists, bool, match_all and match_none.',
  },
  {
    code: 'elastic-filter-backslash',
    severity: 'warning',
    title: 'A backslash in a filter’s wildcard pattern is an escape',
    help: 'In the value of a `wildcard` filter a backslash makes the next character stand for itself, and is dropped: `C:\\Temp\\*` looks for `C:Temp*`, literally. A path has each backslash twice there, and four times in a TOML string between double quotes.',
  },
  {
    code: 'elastic-filter-regex',
    severity: 'warning',
    title: 'A filter’s regular expression is broken, or has anchors',
    help: 'A `regexp` filter holds a regular expression of Lucene, which always matches the whole value. Broken ones are refused by Elasticsearch: a group, class or quote that is not closed, an operator with nothing before or behind it, a group that starts with `(?`. There are no anchors: ^ and $ stand for themselves, so that the pattern asks for a value that holds them.',
  },
  {
    code: 'elastic-filter-analysed',
    severity: 'warning',
    title: 'A filter compares with the single words of a text field',
    help: 'A text field such as `message` holds the words of its text, in lower case, and not the text. A `term` or `terms` filter compares its value with one of these words, unchanged: a value with a capital or a blank is never found, and `match` or `match_phrase` is what was meant. A pattern of `prefix`, `wildcard` or `regexp` must match one word, not the text; the test shows it as it is written.',
  },
  {
    code: 'elastic-filter-optional',
    severity: 'warning',
    title: 'Clauses of a filter decide nothing',
    help: 'In a `bool` filter with `must` or `filter` the clauses under `should` only make an event score higher: one that matches none of them is found as well, and they are left out of what the rule looks for. If one of them must match, write `minimum_should_match = 1`.',
  },
  {
    code: 'unknown-field',
    severity: 'warning',
    title: 'A field is most likely misspelt',
    help: 'Nothing that Rulescope knows has a field of this name, but what the query looks at has one that differs in a letter or two, or in case only. A test on a field that does not exist never holds. Check the name against the one proposed; if it is a field of your own, ignore this: the rule is understood all the same, and counted under the name that it has.',
  },
  {
    code: 'unknown-table',
    severity: 'warning',
    title: 'A table is most likely misspelt',
    help: 'No table of this name is known, but one whose name differs in a letter or two, or in case only. A query of a table that does not exist fails, or finds nothing. Check the name against the one proposed; if it is a table or a function of your own workspace, ignore this.',
  },
  {
    code: 'unknown-logsource',
    severity: 'warning',
    title: 'A log source is most likely misspelt',
    help: 'No category, service, product, source type or data model of this name is known, but one whose name differs in a letter or two. The rule looks at no events then, or is converted without those conditions that its log source stands for. Check the name against the one proposed; if it is a log source of your own, ignore this.',
  },
  {
    code: 'too-many-indicators',
    severity: 'warning',
    title: 'The rule has more indicators than are counted',
    help: 'All queries of the rule together test more than 200,000 values. The rule is counted under the first of them only, so that counts and comparisons miss the rest; what it looks for is shown whole. Keep long lists in a lookup of your platform.',
  },
  {
    code: 'reader-failed',
    severity: 'error',
    title: 'Rulescope failed on this file',
    help: 'Reading the file made Rulescope itself fail. That is a mistake in Rulescope whatever the file holds: please report it, with the file if you can. The build went on without it.',
  },
] as const satisfies readonly DiagnosticCode[];

type Code = (typeof diagnosticCodes)[number]['code'];

/** The registry's row of a code. */
export function catalogCode(code: Code): DiagnosticCode {
  const row = diagnosticCodes.find((candidate) => candidate.code === code);
  if (row === undefined) throw new Error(`No diagnostic code ${code}`);
  return row;
}

/** A diagnostic of a file as a whole: it points at the file's first character. */
export function fileDiagnostic(row: Pick<DiagnosticCode, 'code' | 'severity'>, message: string): Diagnostic {
  return diagnostic(row, message, [0, 0], [0]);
}
