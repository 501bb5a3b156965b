import type { DiagnosticCode } from '@rulescope/logic';

/** The diagnostics of Sigma texts, as data: a row a code, each with the paragraph that `rulescope help` prints. */
export const CODES = {
  yamlSyntax: {
    code: 'sigma-yaml-syntax',
    severity: 'error',
    title: 'The YAML is not valid',
    help: 'The text breaks a rule of YAML 1.2 at this place: often a tab used as indentation, a missing quote, or a value with a colon that needs quotes. What could still be read is shown, and the rule counts as partly understood. Most Sigma tools refuse the file: mend it.',
  },
  duplicateKey: {
    code: 'sigma-duplicate-key',
    severity: 'error',
    title: 'A key stands twice in one map',
    help: 'YAML forbids the same key twice in one map, and most tools keep only the last without a word, so that part of the rule is lost. Here both are kept and the rule counts as partly understood. Join the two lists, or move one into a selection of its own.',
  },
  aliasCycle: {
    code: 'sigma-alias-cycle',
    severity: 'error',
    title: 'A YAML alias contains itself',
    help: 'A YAML alias (*name) stands for the value at its anchor (&name). This one stands inside its own anchor, so that what it stands for has no end. Write the value out.',
  },
  unknownAnchor: {
    code: 'sigma-unknown-anchor',
    severity: 'error',
    title: 'A value that starts with * has no quotes',
    help: 'In YAML an unquoted value that starts with * is an alias: it stands for the value at an anchor (&name) before it, and there is none of that name. Mostly a wildcard was meant: put the value in single quotes.',
  },
  badRegex: {
    code: 'sigma-bad-regex',
    severity: 'warning',
    title: 'The regular expression cannot work',
    help: 'No engine takes this pattern: a group or class is not closed, a parenthesis closes nothing, or a repeat has nothing before it. The pattern is kept as it is. Escape the character with a backslash if you mean it literally.',
  },
  notARule: {
    code: 'sigma-not-a-rule',
    severity: 'error',
    title: 'This document is no Sigma rule, correlation or filter',
    help: 'A Sigma document is a YAML map that holds one of `detection` (a rule), `correlation` (a correlation rule) or `filter` (a filter). This one holds none of them. If the file is not meant to be a rule, leave it out of the source.',
  },
  missingTitle: {
    code: 'sigma-missing-title',
    severity: 'warning',
    title: 'The rule has no title',
    help: 'The Sigma specification makes `title` mandatory. Lists show the rule as untitled until it has one.',
  },
  missingLogsource: {
    code: 'sigma-missing-logsource',
    severity: 'warning',
    title: 'The rule has no log source',
    help: 'The Sigma specification makes `logsource` mandatory: without category, product or service nothing says which events the rule is to be run on. Add at least one of them.',
  },
  badDetection: {
    code: 'sigma-bad-detection',
    severity: 'error',
    title: 'The detection is not a map of selections',
    help: 'The value of `detection` must be a map: named selections and a `condition`. Without it there is nothing to look for.',
  },
  missingCondition: {
    code: 'sigma-missing-condition',
    severity: 'error',
    title: 'There is no condition',
    help: 'The Sigma specification makes `condition` mandatory: without it nothing says how the selections belong together. The selections are shown, but the rule has no filter of its own. Add a condition, such as `condition: selection`.',
  },
  badCondition: {
    code: 'sigma-bad-condition',
    severity: 'error',
    title: 'The condition cannot be read',
    help: 'A condition is made of names of selections, `and`, `or`, `not`, parentheses, and `1 of`, `all of` or `N of` before a name with wildcards or `them`. The place that is marked breaks that grammar; the part that could be read is kept, and the rest is unknown.',
  },
  unknownSelection: {
    code: 'sigma-unknown-selection',
    severity: 'error',
    title: 'The condition names a selection that does not exist',
    help: 'Every name in a condition must be a key of `detection`, letter by letter, and every pattern such as `filter_*` must fit at least one. This one does not, so that the part of the condition that uses it is unknown. Look for a spelling mistake.',
  },
  unusedSelection: {
    code: 'sigma-unused-selection',
    severity: 'warning',
    title: 'A selection is never used',
    help: 'The condition never mentions this selection, so it changes nothing. Its tests are shown but they are no indicators of the rule. Use it in the condition or delete it.',
  },
  emptySelection: {
    code: 'sigma-empty-selection',
    severity: 'error',
    title: 'A selection or list holds nothing',
    help: 'A selection must hold at least one field or keyword, and a list at least one value: tools differ in what they make of an empty one (always, never, or an error). Fill it or delete it.',
  },
  badSelection: {
    code: 'sigma-bad-selection',
    severity: 'error',
    title: 'This is neither a value nor a list of values',
    help: 'The value of a field is a string, number, boolean, null, or a list of them; a selection is a map of fields, a list of such maps, or a list of keywords. A map or list in this place has no meaning in Sigma. Flatten it, or give it a selection of its own.',
  },
  unknownModifier: {
    code: 'sigma-unknown-modifier',
    severity: 'error',
    title: 'There is no such modifier',
    help: 'The Sigma Modifiers appendix (version 2.1.0) does not list the modifier after the `|`. What it would do to the values is unknown, so the field and its values are kept as unknown text. Look for a spelling mistake.',
  },
  badModifierUse: {
    code: 'sigma-bad-modifier-use',
    severity: 'error',
    title: 'A modifier cannot be applied here',
    help: 'The modifier does not fit the value (such as `gt` on text that is no number, or `base64` on a value with wildcards) or another modifier of the same field. The field with that value is kept as unknown text. The Sigma Modifiers appendix says what each modifier may be applied to.',
  },
  idleModifier: {
    code: 'sigma-idle-modifier',
    severity: 'warning',
    title: 'A modifier that changes nothing',
    help: 'The modifier has no effect here: `contains` beside `re` (a regular expression is searched for anywhere already), `cased` beside `re` (which is case-sensitive already), `all` on a single value (which the specification does not allow). Remove it, so that readers are not misled.',
  },
  badCidr: {
    code: 'sigma-bad-cidr',
    severity: 'error',
    title: 'Not a network in CIDR notation',
    help: 'The `cidr` modifier takes an IPv4 or IPv6 network such as 10.0.0.0/8 or fe80::/10. This value is none, so the test can never match.',
  },
  nullInList: {
    code: 'sigma-null-in-list',
    severity: 'warning',
    title: 'null in a list of values',
    help: 'The Sigma specification does not allow null as one of several values, since null is a type of its own; some tools drop it. It is read here as "or the field is null". Write a selection of its own with `field: null` and join the two in the condition.',
  },
  placeholder: {
    code: 'sigma-placeholder',
    severity: 'info',
    title: 'A placeholder that your environment fills in',
    help: 'A %name% under the `expand` modifier stands for values that only your environment knows, such as its administrators or its jump servers. The rule is fully understood, but that test is shown as unknown, since nothing in the text says which values it stands for.',
  },
  badAggregation: {
    code: 'sigma-bad-aggregation',
    severity: 'error',
    title: 'The aggregation after the pipe cannot be read',
    help: 'The old form of Sigma allows `| count(field) by group > number` (also min, max, avg, sum) and `| near selection` after a condition. This text is neither. The form is retired: write a Sigma correlation rule instead.',
  },
  legacyAggregation: {
    code: 'sigma-legacy-aggregation',
    severity: 'info',
    title: 'An aggregation in the retired pipe form',
    help: 'Aggregations after a pipe in the condition are no part of the Sigma specification any more, and current converters refuse them. The rule is read as it was meant. A correlation rule says the same today.',
  },
  badCorrelation: {
    code: 'sigma-bad-correlation',
    severity: 'error',
    title: 'The correlation is not complete or not valid',
    help: 'A correlation needs a `type` that the specification knows, a list of `rules`, a `timespan` such as 10m, `group-by`, and for the types that count or measure a `condition` with gt, gte, lt, lte, eq or neq and, save for event_count, a `field`. The message says which of them is wrong.',
  },
  ruleNotFound: {
    code: 'sigma-rule-not-found',
    severity: 'info',
    title: 'Another rule is named that is not here',
    help: 'A correlation or filter names a rule by its id or name, and that rule is not in this text (or, in a catalog, in none of its sources). What that rule looks for is unknown here. Build a catalog of the sources that hold both, or put the documents into one file, with --- between them.',
  },
  correlationCycle: {
    code: 'sigma-correlation-cycle',
    severity: 'error',
    title: 'Correlations that name each other in a circle',
    help: 'The rules that a correlation names may be correlations themselves, but none may lead back to where it started. The circle is cut at the place that is marked.',
  },
  filterNotNegated: {
    code: 'sigma-filter-not-negated',
    severity: 'warning',
    title: 'A filter that keeps what it describes',
    help: 'A filter is joined to its rules with AND exactly as its condition is written. Without a `not` the rules fire only on what the filter describes, where most authors mean the opposite; the example in the specification has the same trap. Write `condition: not selection` to leave those events out.',
  },
  filterLogsource: {
    code: 'sigma-filter-logsource',
    severity: 'warning',
    title: "A filter whose log source is not the rule's",
    help: 'A filter is applied to a rule that it names only if each of category, product and service that the filter gives is the same in the rule. It is not, so the filter does nothing to that rule. Make the log sources agree.',
  },
  unknownAction: {
    code: 'sigma-unknown-action',
    severity: 'error',
    title: 'An action that Sigma does not have',
    help: 'In files of several documents `action` may be `global` (what follows inherits this document), `reset` (stop inheriting) or `repeat` (inherit the document before). The document is read as if it had no action.',
  },
} as const satisfies Readonly<Record<string, DiagnosticCode>>;

/** The rows of the registry, for `rulescope help` and the pages. */
export const diagnosticCodes: readonly DiagnosticCode[] = Object.values(CODES);
