import table from './options.json' with { type: 'json' };

/** A row of `options.json`: the options of commands, as their pages of the Search Reference list them. */
export interface OptionsRow {
  readonly commands: readonly string[];
  /** Options that are true or false. */
  readonly flags: readonly string[];
  /** Options of any other value. */
  readonly values: readonly string[];
}

/** The options of the commands of which all are listed, in `options.json`. */
export const OPTIONS: ReadonlyMap<string, OptionsRow> = new Map(
  (table as readonly OptionsRow[]).flatMap((row) => row.commands.map((command) => [command, row] as const)),
);
