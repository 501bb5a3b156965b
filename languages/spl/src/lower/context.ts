import type { Expression, NestedQuery, Source, Span, StageKind } from '@rulescope/logic';
import type { Budget } from '@rulescope/logic/parsing';
import type { CommandRow } from '../data/commands.ts';
import type { SplEnvironment } from '../environment.ts';
import type { SyntaxContext } from '../syntax/context.ts';
import type { Fields } from './fields.ts';

/** A pipeline inside another one: its query, and what its names mean where it ends. */
export interface LoweredPipeline {
  readonly query: NestedQuery;
  readonly flow: Flow;
}

/** Lowers a pipeline inside another one. */
type LowerNested = (part: NestedPart, context: LowerContext) => LoweredPipeline;

export interface NestedPart {
  readonly syntax: SyntaxContext;
  readonly span: Span;
  /** What names mean where it starts; those of the event where it is a search of its own. */
  readonly fields: Fields;
  /** What stands at its start without a pipe: a search, or a command (a search that is no command is still one). */
  readonly start: 'search' | 'command';
  /** True where what it finds is not wanted. */
  readonly negated: boolean;
}

/** What lowering needs, wherever it is. */
export interface LowerContext {
  readonly syntax: SyntaxContext;
  readonly environment: SplEnvironment;
  readonly budget: Budget;
  /** Where the search starts. */
  readonly start: number;
  /** How many searches are around this one. */
  readonly depth: number;
  /** How many characters searches inside others may still have together: each level shows its text again. */
  readonly nested: { left: number };
  /** True in the search of `map`: `$name$` stands for a value that another search finds. */
  readonly templated: boolean;
  readonly lowerNested: LowerNested;
}

/** What a pipeline has come to after a command. */
export interface Flow {
  readonly fields: Fields;
  /** True once events were put together: only group-by keys are still theirs. */
  readonly aggregated: boolean;
  /** True once rows were left out by their number. */
  readonly limited: boolean;
  /** The filters on events so far, all of which an event must pass; added to in place, as `fields` are. */
  readonly filters: Expression[];
  readonly sources: readonly Source[];
  /** The fields that the last command which chooses them has named; absent where none did. */
  readonly chosen?: readonly string[];
  /** How often results of other searches were put under its own: each time the filters are nested deeper. */
  readonly unions: number;
}

/** A command of a pipeline. */
export interface Command {
  /** As the search calls it, in lower case; empty for the implied search. */
  readonly name: string;
  readonly row: CommandRow | null;
  /** From the pipe on. */
  readonly span: Span;
  /** Behind the name. */
  readonly arguments: Span;
  /** True for the first of a pipeline that starts with events. */
  readonly first: boolean;
}

/** What a command was lowered to. */
export interface Lowered {
  readonly where: Expression | null;
  readonly flow: Flow;
  readonly understood: boolean;
  readonly queries?: readonly NestedQuery[];
  readonly name?: string;
  readonly kind?: StageKind;
  /** Where the command ends and macros without a pipe start, if it does not end where the next pipe is. */
  readonly end?: number;
}

export type LowerCommand = (command: Command, flow: Flow, context: LowerContext) => Lowered;
