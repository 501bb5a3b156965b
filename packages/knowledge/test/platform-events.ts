import { type EventCoverage, ruleCoverage } from '@rulescope/knowledge';
import type { Language, LocatedQuery, Source } from '@rulescope/logic';

const NO_LOGSOURCE = { product: null, category: null, service: null };

/** The coverage of a text's first query, with sources that a rule says beside it. */
export function coverageOf(
  language: Language,
  text: string,
  beside: readonly Source[] = [],
  named: readonly Source[] = [],
): readonly EventCoverage[] {
  const [query] = language.parse(text).queries;
  if (query === undefined) throw new Error('no query');
  const whole: LocatedQuery = { ...query, sources: [...beside, ...query.sources] };
  return ruleCoverage(whole, { logsource: NO_LOGSOURCE, named });
}

/** `Sysmon 1 full`, one line an event; the version where several are given. */
export function verdicts(events: readonly EventCoverage[]): readonly string[] {
  return events.map(({ provider, channels, id, version, verdict }) => {
    const name = (provider ?? channels.join('+')).replace('Microsoft-Windows-', '');
    const versions = events.filter((it) => it.provider === provider && it.id === id).length;
    return `${name} ${id ?? '*'}${versions > 1 ? ` v${version}` : ''} ${verdict}`;
  });
}
