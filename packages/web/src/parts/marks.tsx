import type { EventCoverage } from '@rulescope/knowledge';
import type { JSX } from 'preact';

/** How many of four bars a severity has; words that we don't know have none. */
const BARS: Readonly<Record<string, number>> = { informational: 0, low: 1, medium: 2, high: 3, critical: 4 };

/** A severity as its word, with a gauge beside it that repeats it for the eye. */
export function Severity({ severity }: { readonly severity: string }): JSX.Element {
  const bars = BARS[severity.toLowerCase()];
  return <span class={bars === undefined ? 'severity' : `severity bars-${bars}`}>{severity}</span>;
}

export type Verdict = EventCoverage['verdict'];

/** A verdict as its word, with a disc beside it that is as full as the coverage. */
export function VerdictMark({ verdict }: { readonly verdict: Verdict }): JSX.Element {
  return <span class={`verdict ${verdict}`}>{verdict}</span>;
}
