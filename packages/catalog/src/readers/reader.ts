import type { Diagnostic, LocatedQuery } from '@rulescope/logic';
import type { RuleMetadata } from '../types.ts';

/** A rule as its file gives it. Offsets are offsets of the file's text. */
export interface ReadRule {
  readonly metadata: RuleMetadata;
  /** What the rule looks for; its `id` is the source's own, its `offset` that of `text` in the file. */
  readonly query: LocatedQuery;
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

/** Reads one format of rule files. Pure: text in, data out; nothing that is wrong with a text is thrown. */
export interface RuleReader {
  /** A short name, part of the key of cached analyses. */
  readonly format: string;
  /** Whether a file of this name is one of this format; the path is the one within the source. */
  readonly matches: (path: string) => boolean;
  /** Reads a file alone: what its rules refer to is left open. */
  readonly read: (text: string) => ReadFile;
  /** Reads several files together, their rules' references to each other followed. */
  readonly readLinked: (texts: readonly string[]) => readonly ReadFile[];
}
