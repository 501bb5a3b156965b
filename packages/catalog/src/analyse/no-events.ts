import { type EventCoverage, LOGSOURCES } from '@rulescope/knowledge';
import type { Query, Source } from '@rulescope/logic';
import { logsourceOf } from './logsource.ts';

/** More sources than these are not named one by one. */
const MOST = 3;

/**
 * Why there is no event coverage of a query, as a line for a reader: `nothing tells which events of index windows are meant`.
 * Null where there is some.
 */
export function noCoverageReason(
  { sources, language }: Pick<Query, 'sources' | 'language'>,
  coverage: readonly EventCoverage[],
): string | null {
  if (coverage.length > 0) return null;
  const known = language === 'sigma' ? documentedReason(sources) : null;
  return `No event coverage: ${known ?? unknownSources(sources)}.`;
}

/** What the table of log sources says itself of one that has no events. */
function documentedReason(sources: readonly Source[]): string | null {
  const { product, category, service } = logsourceOf(sources);
  const row = LOGSOURCES.find(
    (it) => it.product === product && it.category === category && it.service === service,
  );
  return row?.unknown ?? null;
}

function unknownSources(sources: readonly Source[]): string {
  const names = [...new Set(sources.map(nameOf))];
  if (names.length === 0) return 'the query names no source of events';
  const named = names.slice(0, MOST).join(', ');
  const rest = names.length > MOST ? ` and ${names.length - MOST} others` : '';
  return `nothing tells which events of ${named}${rest} are meant`;
}

function nameOf({ kind, value }: Source): string {
  if (kind !== 'logsource') return `${kind} ${value}`;
  return `log source ${value
    .split('/')
    .filter((part) => part !== '')
    .join('/')}`;
}
