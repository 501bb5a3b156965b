/**
 * What a risk score from 0 to 100 is called, each level from the score above the one before. These are the bands of
 * Splunk's contentctl, `contentctl/objects/rba.py`, "severity", with which security_content is built.
 */
const BANDS: readonly (readonly [upTo: number, severity: string])[] = [
  [20, 'informational'],
  [40, 'low'],
  [60, 'medium'],
  [80, 'high'],
  [100, 'critical'],
];

/** The severity of a rule with a risk score; null where there is no score, or one that is out of range. */
export function severityOfRisk(score: number | null): string | null {
  if (score === null || score < 0) return null;
  return BANDS.find(([upTo]) => score <= upTo)?.[1] ?? null;
}
