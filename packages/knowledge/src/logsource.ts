/** The part of a Sigma log source that decides what its fields mean; null where the rule does not say. */
export interface Logsource {
  readonly product: string | null;
  readonly category: string | null;
  readonly service: string | null;
}

/** A log source as a data file names it: what it leaves out may have any value. */
export type LogsourcePattern = Partial<Record<keyof Logsource, string>>;

/** Whether a log source has every value that the pattern names. Sigma writes these values in lower case. */
export function matchesLogsource(pattern: LogsourcePattern, logsource: Logsource): boolean {
  return (
    (pattern.product === undefined || pattern.product === logsource.product) &&
    (pattern.category === undefined || pattern.category === logsource.category) &&
    (pattern.service === undefined || pattern.service === logsource.service)
  );
}
