import { childrenOf, type Expression, type Query, type Test, testsOf } from '@rulescope/logic';
import type { Logsource } from '../logsource.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { type Carriage, carriageOf } from './fields.ts';
import { logsourceEvents, shortProvider } from './lookup.ts';
import { type Outcome, type Reach, reach } from './reach.ts';
import type { EventCoverage, EventId, LogsourceEvents, MappedField, RuleEvent, Verdict } from './types.ts';

/** From the best to the worst: what is never found weighs more than what is found too often. */
const VERDICTS: readonly Verdict[] = ['full', 'unknown', 'noisier', 'partial', 'blind'];

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
    return candidatesOf(row, where).map((candidate) => coverageOf(candidate, row));
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

function coverageOf({ event, role, native, rest }: Candidate, row: LogsourceEvents): EventCoverage {
  const tests = typeof rest === 'boolean' ? [] : testsOf(rest);
  const carriages = new Map<string, Carriage>();
  for (const field of tests.flatMap(fieldsOf)) {
    if (!carriages.has(field)) carriages.set(field, carriageOf(field, row, event, native));
  }
  const reached = typeof rest === 'boolean' ? decided(rest) : reach(rest, (test) => outcome(test, carriages));
  const unchecked = fieldsIn(carriages, 'unchecked');
  const verdict = verdictOf(reached, unchecked.length > 0 || (typeof rest !== 'boolean' && hasUnknown(rest)));
  return {
    provider: event.provider === '' ? null : event.provider,
    channels: event.channels,
    id: event.id,
    version: event.version,
    since: event.since ?? null,
    title: event.title,
    role,
    verdict,
    missing: fieldsIn(carriages, 'missing'),
    unchecked,
    mapped: [...carriages.values()].flatMap((it) => (it.state === 'carried' ? (it.as ?? []) : [])),
    related: [...carriages.values()].flatMap((it) => (it.state === 'missing' ? (it.related ?? []) : [])),
    deadBranches: verdict === 'blind' ? [] : reached.dead,
    idleExclusions: verdict === 'blind' ? [] : reached.idle,
    prerequisites: [...(event.needs ?? []), ...fieldNeeds(event.fieldNeeds ?? {}, carriages)],
  };
}

function hasUnknown(expression: Expression): boolean {
  return 'unknown' in expression || childrenOf(expression).some(hasUnknown);
}

function decided(answer: boolean): Reach {
  return { canHold: answer, canFail: !answer, dead: [], idle: [] };
}

function verdictOf({ canHold, dead, idle }: Reach, unchecked: boolean): Verdict {
  if (!canHold) return 'blind';
  if (dead.length > 0) return 'partial';
  if (idle.length > 0) return 'noisier';
  return unchecked ? 'unknown' : 'full';
}

function outcome(test: Test, carriages: ReadonlyMap<string, Carriage>): Outcome {
  const missing = fieldsOf(test).some((field) => carriages.get(field)?.state === 'missing');
  if (!missing) return 'either';
  return test.op === 'is_null' ? 'always' : 'never';
}

/** The fields that a test reads: its own, and the one that a comparison of fields names. */
function fieldsOf(test: Test): readonly string[] {
  if (test.field === null) return [];
  return test.op.startsWith('field_') ? [test.field, ...test.values.map(String)] : [test.field];
}

function fieldsIn(carriages: ReadonlyMap<string, Carriage>, state: Carriage['state']): readonly string[] {
  return [...carriages].filter(([, carriage]) => carriage.state === state).map(([field]) => field);
}

/** What the fields need that are tested here; several may need the same. */
function fieldNeeds(
  needs: Readonly<Record<string, string>>,
  carriages: ReadonlyMap<string, Carriage>,
): readonly string[] {
  const names = [...carriages].flatMap(([field, carriage]) =>
    carriage.state === 'carried' ? (carriage.as?.to ?? [field]) : [],
  );
  return [...new Set(names.flatMap((name) => needs[name] ?? []).map(String))];
}

function mergeByEvent(found: readonly EventCoverage[]): readonly EventCoverage[] {
  const events = new Map<string, EventCoverage>();
  for (const coverage of found) {
    const { provider, channels, id, version, role } = coverage;
    const key = JSON.stringify([provider, channels, id, version, role]);
    const known = events.get(key);
    events.set(key, known === undefined ? coverage : merge(known, coverage));
  }
  return [...events.values()];
}

function merge(left: EventCoverage, right: EventCoverage): EventCoverage {
  const worse = VERDICTS.indexOf(left.verdict) >= VERDICTS.indexOf(right.verdict) ? left : right;
  return {
    ...left,
    verdict: worse.verdict,
    missing: union(left.missing, right.missing),
    unchecked: union(left.unchecked, right.unchecked),
    mapped: unionOfFields(left.mapped, right.mapped),
    related: unionOfFields(left.related, right.related),
    deadBranches: [...left.deadBranches, ...right.deadBranches],
    idleExclusions: [...left.idleExclusions, ...right.idleExclusions],
    prerequisites: union(left.prerequisites, right.prerequisites),
  };
}

function union(left: readonly string[], right: readonly string[]): readonly string[] {
  return [...new Set([...left, ...right])];
}

function unionOfFields(left: readonly MappedField[], right: readonly MappedField[]): readonly MappedField[] {
  return [...left, ...right.filter(({ field }) => !left.some((known) => known.field === field))];
}
