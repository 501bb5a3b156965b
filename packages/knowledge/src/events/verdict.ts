import { childrenOf, type Expression, type Test, testsOf } from '@rulescope/logic';
import type { Candidate } from './candidates.ts';
import type { Carriage } from './fields.ts';
import { type Outcome, type Reach, reach } from './reach.ts';
import type { EventCoverage, MappedField, Verdict } from './types.ts';

/** From the best to the worst: what is never found weighs more than what is found too often. */
const VERDICTS: readonly Verdict[] = ['full', 'unknown', 'noisier', 'partial', 'blind'];

/**
 * What an event shows of a rule: `carriage` says of each field that the rule tests how the event carries it. See
 * `eventCoverage` for what the verdicts mean.
 */
export function coverageOf(
  { event, role, rest }: Candidate,
  carriage: (field: string) => Carriage,
): EventCoverage {
  const tests = typeof rest === 'boolean' ? [] : testsOf(rest);
  const carriages = new Map<string, Carriage>();
  for (const field of tests.flatMap(fieldsOf)) {
    if (!carriages.has(field)) carriages.set(field, carriage(field));
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

/** The same events once each: the worst verdict, and everything that was found. */
export function mergeByEvent(found: readonly EventCoverage[]): readonly EventCoverage[] {
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
