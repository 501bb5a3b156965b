/** A search macro: a text that stands for another one (Splunk, Knowledge Manager Manual, "Use search macros in searches"). */
export interface MacroDefinition {
  /** Without the number of its arguments. */
  readonly name: string;
  /** The names that stand between dollar signs in the definition, such as `field` for `$field$`. */
  readonly parameters: readonly string[];
  readonly definition: string;
}

/** A lookup table whose content is known. */
export interface LookupTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Whether its key columns are compared with regard to case, and which hold wildcards. */
  readonly caseSensitive: boolean;
  readonly wildcardColumns: readonly string[];
}

/** What a search needs to know of the place that it runs in. A name that is missing here is Unknown with a note. */
export interface SplEnvironment {
  /** By `macroKey`: two macros of one name may differ in their number of arguments. */
  readonly macros: ReadonlyMap<string, MacroDefinition>;
  /** Macros, by `macroKey`, whose definition is an eval expression (macros.conf, `iseval`): their text is not known. */
  readonly evaluatedMacros?: ReadonlySet<string>;
  readonly lookups: ReadonlyMap<string, LookupTable>;
}

/** The name that a macro is found by: `name` without arguments, `name(2)` with two. */
export function macroKey(name: string, parameters: number): string {
  return parameters === 0 ? name : `${name}(${parameters})`;
}

/** A place of which nothing is known. */
export const EMPTY_ENVIRONMENT: SplEnvironment = { macros: new Map(), lookups: new Map() };
