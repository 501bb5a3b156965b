import type { AttackRelease } from '@rulescope/knowledge';
import type { Understood } from '@rulescope/logic';
import type { NotUnderstood, Problem, RuleSource } from './types.ts';

/** How far a build has come. */
export interface BuildProgress {
  readonly done: number;
  readonly total: number;
  readonly path: string;
}

export interface BuildOptions {
  readonly sources: readonly RuleSource[];
  /** The catalog file to write or replace. */
  readonly output: string;
  /** The folder of cached analyses; null builds without a cache, and even where nothing has changed. */
  readonly cacheFolder: string | null;
  /** The release of ATT&CK to resolve tags against; v19.1 where it is left out. */
  readonly attack?: AttackRelease;
  readonly onProgress?: (progress: BuildProgress) => void;
}

/** What a build says of a rule that is not understood in full. */
export type ReportedRule = Pick<NotUnderstood, 'id' | 'source' | 'path' | 'understood' | 'diagnostic'>;

/** A rule whose id another one has already, so that it is catalogued under its place. */
export interface DuplicateId extends Pick<NotUnderstood, 'id' | 'source' | 'path'> {
  /** The id that both say, with their platform before it. */
  readonly wanted: string;
  /** Where the rule is that keeps it. */
  readonly keeper: Pick<NotUnderstood, 'source' | 'path'>;
}

/** What a build did. */
export interface BuildReport {
  readonly output: string;
  /** Whether the catalog was written: else the old one was left, since nothing has changed or no rule was found. */
  readonly written: boolean;
  /** Whether the old catalog is what these sources give: it is left as it is, unless the build uses no cache. */
  readonly unchanged: boolean;
  readonly files: number;
  readonly rules: number;
  /** Files of rules that were not analysed anew. */
  readonly cached: number;
  readonly understood: Readonly<Record<Understood, number>>;
  /** The rules that are not understood in full, and why. A diagnostic's place is that in the rule's file. */
  readonly notUnderstood: readonly ReportedRule[];
  readonly problems: readonly Problem[];
  /** The rules that did not get the id that they say. */
  readonly duplicates: readonly DuplicateId[];
  /** What went on beside the rules that a person may want to know, such as a cache that could not be used. */
  readonly notes: readonly string[];
  readonly milliseconds: number;
}
