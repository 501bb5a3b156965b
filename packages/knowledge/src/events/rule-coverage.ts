import { LANGUAGES, type Platform, type Query, type Source } from '@rulescope/logic';
import type { Logsource } from '../logsource.ts';
import { eventCoverage } from './coverage.ts';
import { elasticCoverage } from './elastic-coverage.ts';
import { kustoCoverage } from './kusto-coverage.ts';
import { splunkCoverage } from './splunk-coverage.ts';
import type { EventCoverage } from './types.ts';

/** How a platform tells the events of a query; `named` is what the rule says beside it. */
type PlatformCoverage = (query: Query, named: readonly Source[]) => readonly EventCoverage[];

/** How each platform does; null where the rule has a log source instead. */
const PLATFORMS: Readonly<Record<Platform, PlatformCoverage | null>> = {
  sigma: null,
  splunk: splunkCoverage,
  elastic: elasticCoverage,
  kusto: kustoCoverage,
};

/** What is known of where the events of a rule come from. */
export interface RuleSources {
  /** A Sigma rule's own log source; nulls where it says none. */
  readonly logsource: Logsource;
  /** What the rule says beside its query, as sources of kind `data source` or `data category`. */
  readonly named: readonly Source[];
}

/**
 * The verdict for each event that a rule can mean: for Sigma by its log source (`eventCoverage`), on a platform by
 * what its query and the rule say of where the events are kept (`data/PLATFORM-sources.json`), and by the tests of
 * the query on what names an event. Empty where nothing tells.
 */
export function ruleCoverage(query: Query, { logsource, named }: RuleSources): readonly EventCoverage[] {
  const platform = PLATFORMS[LANGUAGES[query.language].platform];
  return platform === null ? eventCoverage(query, logsource) : platform(query, named);
}
