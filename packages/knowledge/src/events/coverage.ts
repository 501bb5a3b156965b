import type { Expression, Query } from '@rulescope/logic';
import type { Logsource } from '../logsource.ts';
import { candidatesOf } from './candidates.ts';
import { carriageOf } from './fields.ts';
import { logsourceEvents, shortProvider } from './lookup.ts';
import type { EventCoverage, EventId, RuleEvent } from './types.ts';
import { coverageOf, mergeByEvent } from './verdict.ts';

/**
 * What each event that a rule's log source can mean shows of the rule, the primary events first, each version
 * of an event apart. Empty where the log source is not known, or its row says why its events are not.
 *
 * A test on a field that the event does not carry never holds, save `is_null`, which always does. From that:
 *
 * - `blind`: the condition can't hold.
 * - `partial`: it can, but not all of its alternatives (`deadBranches`): some of what the rule is for is missed.
 * - `noisier`: all alternatives can, but some exclusion never applies (`idleExclusions`).
 * - `full`: every alternative and every exclusion works.
 * - `unknown`: as `full`, but for fields of which we don't know whether the event carries them (`unchecked`), or
 *   for a part of the condition that is unknown itself, such as a placeholder.
 *
 * A rule may be both partial and noisier: it is then called partial, the worse, and both lists are filled.
 * That `is_null` always holds counts likewise: a rule that asks for the absence of a field fires too often
 * where the event never has it, and an exclusion that does excludes too much.
 * Keywords can be found in any event. The rules that a correlation names are asked each with its own log
 * source; an event that several of them mean has the worst of their verdicts.
 */
export function eventCoverage(query: Query, logsource: Logsource): readonly EventCoverage[] {
  const found = conditionsOf(query, logsource).flatMap(({ where, logsource: own }) => {
    const row = logsourceEvents(own);
    if (row === null) return [];
    return candidatesOf(row, where).map((candidate) =>
      coverageOf(candidate, (field) => carriageOf(field, row, candidate.event, candidate.native)),
    );
  });
  return mergeByEvent(found);
}

/**
 * The events of a rule's own log source on which it can fire, as its page lists them; all that the log source
 * means, where it can fire on none. Versions of an event are one. Empty where the events are not known.
 */
export function eventsOf(query: Query, logsource: Logsource): readonly RuleEvent[] {
  const primary = eventCoverage(query, logsource).filter((event) => event.role === 'primary');
  const firing = primary.filter((event) => event.verdict !== 'blind');
  const events = new Map<string, RuleEvent>();
  for (const { provider, id, title } of firing.length > 0 ? firing : primary) {
    const shown = shortProvider(provider ?? '');
    const key = JSON.stringify([shown, id]);
    if (!events.has(key)) events.set(key, { provider: shown, id, label: labelOf(id), title });
  }
  return [...events.values()];
}

function labelOf(id: EventId): string {
  if (id === null) return 'Any event';
  return typeof id === 'number' ? `Event ID ${id}` : id;
}

interface Condition {
  readonly where: Expression;
  readonly logsource: Logsource;
}

/** A rule's own condition, or those of the rules that a correlation names. */
function conditionsOf(query: Query, logsource: Logsource): readonly Condition[] {
  if (query.where !== null) return [{ where: query.where, logsource }];
  return query.stages
    .flatMap((stage) => stage.queries)
    .filter((nested) => nested.negated !== true)
    .flatMap((nested) => conditionsOf(nested, logsourceOf(nested) ?? logsource));
}

/** The log source that a nested query names: `product/category/service`, parts left empty. */
function logsourceOf(query: Query): Logsource | null {
  const value = query.sources.find((source) => source.kind === 'logsource')?.value;
  if (value === undefined) return null;
  const [product, category, service] = value.split('/').map((part) => (part === '' ? null : part));
  return { product: product ?? null, category: category ?? null, service: service ?? null };
}
