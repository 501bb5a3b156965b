import type { Diagnostic, LocatedQuery, Span } from '@rulescope/logic';

/** What a Sigma document is: a rule, a correlation of other rules, or a filter that is applied to rules. */
export type SigmaKind = 'rule' | 'correlation' | 'filter';

/** The log source of a rule (Sigma Rules Specification, "LogSource"). */
export interface SigmaLogsource {
  readonly category: string | null;
  readonly product: string | null;
  readonly service: string | null;
  readonly definition: string | null;
}

/** A named relation to another rule (Sigma Rules Specification, "Identification"). */
export interface SigmaRelated {
  readonly id: string;
  readonly type: string;
}

/** What a rule says of itself. Missing text is null, a missing list is empty; values are as written. */
export interface SigmaMetadata {
  readonly title: string | null;
  readonly id: string | null;
  readonly name: string | null;
  readonly related: readonly SigmaRelated[];
  readonly taxonomy: string | null;
  readonly status: string | null;
  readonly description: string | null;
  readonly license: string | null;
  readonly author: string | null;
  readonly references: readonly string[];
  readonly date: string | null;
  readonly modified: string | null;
  readonly logsource: SigmaLogsource;
  readonly fields: readonly string[];
  readonly falsepositives: readonly string[];
  readonly level: string | null;
  readonly tags: readonly string[];
  readonly scope: readonly string[];
}

/** The name or id of another rule, as a correlation or a filter gives it. */
export interface RuleReference {
  readonly name: string;
  readonly span: Span;
  /** Where the span starts, one-based. */
  readonly line: number;
  readonly column: number;
}

/** One Sigma document: what it says of itself, and what it looks for. */
export interface SigmaRule extends LocatedQuery {
  readonly kind: SigmaKind;
  readonly metadata: SigmaMetadata;
  /** The document's own text, from its first character to its last. */
  readonly text: string;
  /** The rules that a correlation or a filter names; empty for a rule. */
  readonly references: readonly RuleReference[];
  /** A correlation's `generate`: the rules that it names also stand alone. */
  readonly generate: boolean;
  /** True once `linkSigma` has resolved what the rule names: it does so once. */
  readonly linked: boolean;
}

/** What one Sigma text holds. Diagnostics of a rule are the rule's; these concern the rest of the text. */
export interface SigmaFile {
  readonly rules: readonly SigmaRule[];
  readonly diagnostics: readonly Diagnostic[];
}
