import type { Diagnostic, LanguageId, LocatedQuery } from '@rulescope/logic';
import type { RuleMetadata } from '../types.ts';
import type { Glance } from './glance.ts';

/** What a rule looks for; `language` is null where it is written in none that Rulescope reads. */
export type RuleQuery = Omit<LocatedQuery, 'language'> & { readonly language: LanguageId | null };

/** A rule as its file gives it. Offsets are offsets of the file's text. */
export interface ReadRule {
  /** What it is written for: `sigma`, `splunk` … A source may say another name for all its rules. */
  readonly platform: string;
  /** An empty title is filled in from the name of the file. */
  readonly metadata: RuleMetadata;
  /** What the rule looks for; its `id` is the source's own, its `offset` that of `text` in the file. */
  readonly query: RuleQuery;
  /** The rule's own text. */
  readonly text: string;
  /** What other rules may call it when they refer to it. */
  readonly names: readonly string[];
  /** The rules that it refers to, by one of their names. */
  readonly references: readonly string[];
}

/** What one file holds. */
export interface ReadFile {
  readonly rules: readonly ReadRule[];
  /** What concerns no rule: parts of the file that hold none. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A file of a source as text; the path is the one within the source, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/**
 * What a file is to a format: one that holds rules, or is meant to; or one that stands beside the rules and holds
 * none, such as a macro, which is no mistake.
 */
export type FileRole = 'rules' | 'beside-rules';

/**
 * One format of rule files. Everything is pure: text in, data out; nothing that is wrong with a text is thrown.
 * Many formats share an ending, so that a file is told by a look at its text.
 */
export interface RuleFormat {
  /** A short name, part of the key of cached analyses. */
  readonly name: string;
  /** The language that the whole text of a file is written in; null where its queries stand within something else. */
  readonly language: LanguageId | null;
  /** Whether a file of this name may be one of this format. */
  readonly matches: (path: string) => boolean;
  /**
   * Whether a file may be one of this format whose name says nothing of that, such as `.txt`: where no rule is in it,
   * it was none that anybody meant to be read. Absent where there are no such names.
   */
  readonly mayMatch?: (path: string) => boolean;
  /** What a file is that `matches`; null where it is none of this format. Cheap: no parsing. */
  readonly recognises: (glance: Glance) => FileRole | null;
  /** The files beside the rules that reading rules depends on, by their paths; absent where there are none. */
  readonly context?: (path: string) => boolean;
  /** Reads a file alone: what its rules refer to is left open. `context` has the source's files that it asked for. */
  readonly read: (text: string, context: readonly SourceFile[]) => ReadFile;
  /** Reads several files together, their rules' references to each other followed; absent where rules have none. */
  readonly readLinked?: (texts: readonly string[]) => readonly ReadFile[];
}
