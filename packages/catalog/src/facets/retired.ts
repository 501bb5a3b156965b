/**
 * What a status says of a rule that should not run any longer, or never could: Sigma specification, "Status";
 * Splunk security_content has deprecated detections and, since version 5, removed ones.
 */
const RETIRED: ReadonlySet<string> = new Set(['deprecated', 'unsupported', 'removed']);

/** Whether a rule is out of force by its own words: its status is deprecated, unsupported or removed, in any case. */
export function isRetired(status: string | null): boolean {
  return status !== null && RETIRED.has(status.toLowerCase());
}
