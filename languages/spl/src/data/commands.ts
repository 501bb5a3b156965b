import type { StageKind } from '@rulescope/logic';
import table from './commands.json' with { type: 'json' };

/** A row of `commands.json`: a command of the Search Reference, and what kind of stage it is. */
export interface CommandRow {
  readonly name: string;
  readonly kind: StageKind;
  /** The name that the stage is shown by, where the command has several. */
  readonly canonical?: string;
  /** Where it can do nothing without any. */
  readonly arguments?: 'required';
  /** The fields that it adds to each event, beside those that its arguments name. */
  readonly adds?: readonly string[];
  /** True where its rows are no events any more, and their columns other ones. */
  readonly reshapes?: boolean;
}

/** The commands of the Search Reference, in `commands.json`. */
export const COMMANDS: ReadonlyMap<string, CommandRow> = new Map(
  (table as readonly CommandRow[]).map((row) => [row.name, row]),
);
