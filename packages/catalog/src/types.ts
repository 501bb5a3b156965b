import type { AttackRelease, EventCoverage, FieldStatus, Nearness, RuleAttack } from '@rulescope/knowledge';
import type { Diagnostic, LanguageId, Operator, Result, Understood } from '@rulescope/logic';
import type { Overlap, OverlapSubject } from './overlap-types.ts';

/** Where the rules come from that a catalog holds: one folder or file, as `rulescope.yml` names it. */
export interface RuleSource {
  /** A short name of letters, digits, `-` and `_`, unique in the catalog. */
  readonly name: string;
  /** A folder or a file, absolute. */
  readonly path: string;
  /**
   * The platform that all its rules count as; null where each rule's own format says it: `sigma`, `splunk`,
   * `elastic`, `kusto`. It starts every rule id.
   */
  readonly platform: string | null;
  /** The licence of the rules that do not name their own: an SPDX id, or a few words. */
  readonly licence: string | null;
  /** The address of a rule's file, with `{path}` for its path within the source. */
  readonly link: string | null;
}

/** What a rule says of itself, whatever the format of its file. */
export interface RuleMetadata {
  readonly kind: string;
  readonly title: string;
  readonly description: string | null;
  readonly status: string | null;
  readonly severity: string | null;
  /** How much a finding of it counts, from 0 to 100, on platforms that add such scores up. */
  readonly riskScore: number | null;
  readonly author: string | null;
  readonly licence: string | null;
  readonly date: string | null;
  readonly modified: string | null;
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
  readonly tags: readonly string[];
  readonly related: readonly { readonly id: string; readonly type: string }[];
  readonly logsource: {
    readonly product: string | null;
    readonly category: string | null;
    readonly service: string | null;
    readonly definition: string | null;
  } | null;
  /** What else it says, in its own order: what only some platforms know, such as data sources and tests. */
  readonly facts: readonly RuleFact[];
}

/** Something that a rule says of itself, by the name that a reader is shown. */
export interface RuleFact {
  readonly name: string;
  readonly values: readonly string[];
}

/** What was found in a rule; `language` is null where it is written in none that Rulescope reads. */
export type RuleResult = Omit<Result, 'language'> & { readonly language: LanguageId | null };

/** A rule in a list. */
export interface RuleSummary {
  /** `platform/id`, or `platform/source/path#ordinal` where the rule has no id, or not one of its own. */
  readonly id: string;
  readonly platform: string;
  readonly source: string;
  /** Within the source, with `/`. */
  readonly path: string;
  /** Null where it is none that Rulescope reads. */
  readonly language: LanguageId | null;
  readonly kind: string;
  readonly title: string;
  readonly status: string | null;
  readonly severity: string | null;
  readonly author: string | null;
  readonly understood: Understood;
}

/** A rule, whole. */
export interface CatalogRule extends RuleSummary {
  /** Zero-based position in its file. */
  readonly ordinal: number;
  readonly standalone: boolean;
  readonly metadata: RuleMetadata;
  /** The address of its file, where the source has a link template. */
  readonly link: string | null;
  /**
   * The rule's own text. Offsets in `result` are offsets of this text; of a query that stands in a YAML value, say,
   * a stage's `text` is the query's own, and its spans are where that stands here.
   */
  readonly text: string;
  readonly result: RuleResult;
  /** Its place in the catalog's release of ATT&CK, from its tags. */
  readonly attack: RuleAttack;
  /** The verdict for each event that the rule's log source can mean. */
  readonly events: readonly EventCoverage[];
  /** The rules that it names, then those that name it. */
  readonly related: readonly RelatedRule[];
  /** Deprecated or unsupported. */
  readonly retired: boolean;
  /** The same rule in other places: counts have all of them as one. */
  readonly copies: readonly RuleSummary[];
}

/** What makes two indicators the same one: everything is compared without regard to case, save regexes. */
export interface IndicatorKey {
  /** The canonical field; null for terms. */
  readonly field: string | null;
  readonly op: Operator;
  readonly value: string;
  /**
   * What the value alone does not say: `whole-value` of a regex that must match all of it, or the encodings of which
   * nothing tells the literals, joined by `|`; else empty.
   */
  readonly encoding: string;
}

export type Polarity = 'include' | 'exclude';

/** How many rules test an indicator. */
export interface RuleCount {
  readonly total: number;
  readonly byPlatform: Readonly<Record<string, number>>;
}

/** How a rule writes a test, its values apart. */
export interface WrittenTest {
  readonly field: string | null;
  /** Functions around the field, innermost first. */
  readonly through: readonly string[];
  readonly op: Operator;
}

/**
 * One indicator that a value of a test of a rule is, and how many other rules test the same, in whatever language. The
 * key is canonical: the same for all of them. A value that stands for several indicators has a row for each; where it
 * does so by its transforms, it has one row, that of the literal that it is written as, or else of the first.
 */
export interface IndicatorCount extends IndicatorKey {
  readonly polarity: Polarity;
  readonly written: WrittenTest;
  /** The value as this rule writes it, and the transforms it applies. */
  readonly shown: string;
  readonly transforms: readonly string[];
  /** Whether the field is a canonical one, or one that its product documents. */
  readonly status: FieldStatus;
  /** True where it picks events, such as by their id, and says nothing of what they show. */
  readonly selector: boolean;
  /** True where only this case will do: counts have it with those that any case will do for. */
  readonly caseSensitive: boolean;
  /** Other rules that have it with the same polarity; a rule counts once however often it tests it. */
  readonly others: RuleCount;
  /** Indicators that are nearly the same, counted apart. */
  readonly near: readonly NearCount[];
  /** What else the value stands for after its transforms: each is looked for as well. */
  readonly literals: readonly LiteralCount[];
}

/** A literal that a value stands for, and how many other rules have it. */
export interface LiteralCount extends IndicatorKey {
  readonly others: RuleCount;
}

/** An indicator that is near one of a rule, and how many other rules have it. */
export interface NearCount extends IndicatorKey {
  /** What the rule's own test is, seen from this one: it asks for more events (`broader`), for fewer, or for others. */
  readonly relation: Nearness;
  readonly others: RuleCount;
}

/** An indicator that every event of another one has, too, and how many other rules look for it. */
export interface BroaderIndicator extends IndicatorKey {
  readonly others: RuleCount;
}

/** What a rule looks for, and the broader indicators by which other rules catch it. */
export interface BroaderIndicators extends IndicatorKey {
  /** How many broader ones there are. */
  readonly total: number;
  /** The closest, those with the longest values first; at most 20. */
  readonly broader: readonly BroaderIndicator[];
}

/** A way in which rules of a language write an indicator. */
export interface WrittenForm extends WrittenTest {
  readonly language: LanguageId | null;
  readonly value: string;
  /** Of the rules that were read for it. */
  readonly rules: number;
}

/** An indicator, the rules behind it, and the indicators around it. */
export interface IndicatorRules extends IndicatorKey, Pick<BroaderIndicators, 'total' | 'broader'> {
  readonly including: readonly RuleSummary[];
  readonly excluding: readonly RuleSummary[];
  /** How rules that look for it write it, those of most rules first; of 300 rules where more look for it. */
  readonly written: readonly WrittenForm[];
  /** Indicators that are nearly the same for a rule that looks for it, counted apart. */
  readonly near: readonly NearCount[];
}

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/**
 * What rules can be listed by. `technique` counts a technique's sub-techniques too; `event` is an event on which
 * the rule can fire, wholly or in part, named by `eventValue`; `verdict` what the newest version of an event shows
 * of the rule, named by `verdictValue`, blind ones included; `field` a canonical field that it tests; `diagnostic` a
 * code that it was given; `missing` a name that it uses and nothing defines, such as `macro wineventlog_security`.
 */
export const FACETS = [
  'platform',
  'source',
  'language',
  'kind',
  'product',
  'logsource',
  'tactic',
  'technique',
  'event',
  'verdict',
  'field',
  'status',
  'severity',
  'understood',
  'author',
  'diagnostic',
  'missing',
] as const;
export type FacetName = (typeof FACETS)[number];

/** Whether deprecated and unsupported rules count: they do not unless `retired` is true. */
export interface Retired {
  readonly retired?: boolean;
}

/** The rules that have all of the given values, whatever their case, save that of `platform` and `source`. */
export interface RuleFilter extends Partial<Readonly<Record<FacetName, string>>>, Retired {}

/** One value of a facet, and how many rules have it. */
export interface FacetValue {
  readonly value: string;
  /** What a reader is shown: a technique's or an event's name beside its id. */
  readonly label: string;
  readonly rules: number;
}

/** A facet of the rules of a filter, its own value left out of the filter: what else could be chosen. */
export interface Facet {
  readonly name: FacetName;
  /** Most rules first; at most as many as were asked for. The chosen value is always among them. */
  readonly values: readonly FacetValue[];
  /** How many values there are in all. */
  readonly total: number;
}

/** Another rule that a rule names in `related`, or that names this one. */
export interface RelatedRule {
  readonly direction: 'names' | 'named-by';
  /** The relation as the rule that names it calls it: derived, obsolete, merged, renamed, similar. */
  readonly type: string;
  /** The id as written. */
  readonly id: string;
  /** Null where the catalog has no such rule. */
  readonly rule: RuleSummary | null;
}

/** One value that rules look for in a field. */
export interface FieldIndicator extends IndicatorKey {
  readonly rules: number;
}

export interface RuleList {
  readonly total: number;
  readonly rules: readonly RuleSummary[];
}

/** A rule that is not understood in full, and why. */
export interface NotUnderstood extends RuleSummary {
  /** The first error that was found in it, else the first diagnostic; null where there is none. */
  readonly diagnostic: Diagnostic | null;
}

/** A file that could not be read, or a part of one that holds no rule, with the reason. */
export interface Problem {
  readonly source: string;
  readonly path: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Figures of a whole catalog. */
export interface CatalogStats {
  readonly rules: number;
  readonly files: number;
  readonly problems: number;
  readonly indicators: number;
  /** How many rules are deprecated or unsupported, whether they were counted or not. */
  readonly retired: number;
  /** By source and platform: a source may hold rules of several. */
  readonly sources: readonly {
    readonly name: string;
    readonly platform: string;
    readonly rules: number;
    readonly understood: Readonly<Record<Understood, number>>;
  }[];
  /** How often each diagnostic code was given, most frequent first. */
  readonly diagnostics: readonly { readonly code: string; readonly count: number }[];
}

/** How well the rules of one language in a source are understood, and their fields known. */
export interface CoverageRow {
  readonly source: string;
  readonly platform: string;
  /** Null for rules in languages that are not read. */
  readonly language: LanguageId | null;
  readonly rules: number;
  readonly understood: Readonly<Record<Understood, number>>;
  /** How many tested values have a canonical field, one that its product documents, or neither. Terms have none. */
  readonly fields: Readonly<Record<FieldStatus, number>>;
}

/** A field that is neither canonical nor known from its product. */
export interface UnknownField {
  /** The name that rules are counted by. */
  readonly field: string;
  readonly platform: string;
  /** How many tested values have it. */
  readonly values: number;
}

/** What Rulescope itself understands of a catalog, and what it does not. */
export interface UnderstandingReport {
  readonly rows: readonly CoverageRow[];
  /** The fields that are not known, those of most values first; at most 100. */
  readonly unknownFields: readonly UnknownField[];
  /** How many such fields there are. */
  readonly unknownFieldTotal: number;
  /** How many rules each diagnostic was given to, and those that each missing name stands in; at most 100 of each. */
  readonly diagnostics: Facet;
  readonly missing: Facet;
}

/** A catalog that is open for reading. Every answer is plain data. */
export interface Catalog {
  readonly path: string;
  /** When it was built, ISO 8601. */
  readonly builtAt: string;
  readonly sources: readonly RuleSource[];
  readonly stats: (options?: Retired) => CatalogStats;
  /** The rule of an id; where none has it, the only one that has it in other letters' case. */
  readonly rule: (id: string) => CatalogRule | null;
  readonly rules: (filter: RuleFilter, page: Page) => RuleList;
  /** Full-text search over title, description, values and rule text; a user's words, never query syntax. */
  readonly search: (words: string, page: Page, filter?: RuleFilter) => RuleList;
  /** The facets that are asked for, each with at most `most` values. */
  readonly facets: (filter: RuleFilter, names: readonly FacetName[], most: number) => readonly Facet[];
  /** The values that most rules look for in a canonical field, those of deprecated and unsupported rules left out. */
  readonly fieldIndicators: (
    field: string,
    page: Page,
  ) => {
    readonly total: number;
    readonly indicators: readonly FieldIndicator[];
  };
  /** The canonical fields that rules call by a name, those that are called so most often first. */
  readonly fieldsCalled: (name: string) => readonly string[];
  /** The release of ATT&CK that the rules' tags were resolved against. */
  readonly attack: AttackRelease;
  readonly indicatorCounts: (ruleId: string, options?: Retired) => readonly IndicatorCount[];
  readonly indicator: (key: IndicatorKey, options?: Retired) => IndicatorRules;
  /** For what a rule looks for, the broader indicators that other rules in force look for. */
  readonly broaderIndicators: (ruleId: string) => readonly BroaderIndicators[];
  /** The rules that share the most and the rarest indicators with a subject; 20 of them unless `limit` says more. */
  readonly overlap: (subject: OverlapSubject, options?: Retired & { readonly limit?: number }) => Overlap;
  /** What is understood of the rules, what is not, and what stands in the way. */
  readonly understanding: (options?: Retired) => UnderstandingReport;
  readonly problems: () => readonly Problem[];
  /**
   * The rules that are not understood in full, deprecated and unsupported ones among them, in the order of
   * sources and paths, those in languages that are not read last. A diagnostic's place is that in the rule's own text.
   */
  readonly notUnderstood: (page: Page) => {
    readonly total: number;
    readonly rules: readonly NotUnderstood[];
  };
  readonly close: () => void;
}
