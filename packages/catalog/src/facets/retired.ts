/** What a status says of a rule that should not run any longer, or never could (Sigma specification, "Status"). */
const RETIRED: ReadonlySet<string> = new Set(['deprecated', 'unsupported']);

/** Whether a rule is out of force by its own words: its status is deprecated or unsupported, in any case. */
export function isRetired(status: string | null): boolean {
  return status !== null && RETIRED.has(status.toLowerCase());
}
