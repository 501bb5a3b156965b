import {
  and,
  type Expression,
  type Query,
  type Source,
  type Span,
  type Stage,
  testsOf,
} from '@rulescope/logic';
import { candidatesOf, candidatesWithIds, namesIn } from './candidates.ts';
import { withEventNames } from './event-names.ts';
import { type Found, oneOfEachUnlisted, UNKNOWN } from './found.ts';
import { kustoCarriage } from './kusto-fields.ts';
import { type Scope, scopesOf } from './platform-sources.ts';
import type { EventCoverage } from './types.ts';
import { coverageOf, mergeByEvent } from './verdict.ts';

const PLATFORM = 'kusto';

/**
 * The verdict for each event that a query of Sentinel or Defender can mean: those of its tables
 * (`data/kusto-sources.json`), out of which the tests on `EventID`, `ActionType` or what else names an event choose.
 * The legs of a union are asked each with what is asked of all of them; what is joined is asked on its own.
 */
export function kustoCoverage(query: Query): readonly EventCoverage[] {
  return mergeByEvent(conditionsOf(query).flatMap(coverageIn));
}

interface Condition {
  readonly where: Expression;
  readonly sources: readonly Source[];
  /** True where the condition may also be about columns of a table that is joined. */
  readonly joined: boolean;
}

function conditionsOf(query: Query): readonly Condition[] {
  const joins = query.stages.filter(({ kind, queries }) => kind === 'join' && queries.length > 0);
  const unions = joins.filter(({ name }) => name === 'union');
  const inner = joins
    .filter(({ name }) => name !== 'union')
    .flatMap(({ queries }) => queries)
    .filter(({ negated }) => negated !== true);
  const beside = inner.flatMap(conditionsOf);
  const joined = joins.length > unions.length;
  const legs = unions.flatMap(({ queries }) => queries);
  const sources = ownSources(query.sources, [...joins.flatMap(({ queries }) => queries)]);
  if (legs.length === 0) return [{ where: query.where ?? UNKNOWN, sources, joined }, ...beside];
  const later = query.where === null ? [] : askedOutside(query.where, unions);
  const each = legs
    .flatMap(conditionsOf)
    .map((leg): Condition => ({ ...leg, where: and([leg.where, ...later]), joined: leg.joined || joined }));
  const main = legs.some((leg) => sources.every((it) => leg.sources.some((other) => isSame(it, other))));
  return [...(main ? [] : [{ where: and([UNKNOWN, ...later]), sources, joined }]), ...each, ...beside];
}

/** The tables of the main line: those that no nested query reads; the first one, where each is read twice. */
function ownSources(sources: readonly Source[], nested: readonly Query[]): readonly Source[] {
  const own = sources.filter(
    (it) => !nested.some((query) => query.sources.some((other) => isSame(it, other))),
  );
  return own.length > 0 ? own : sources.slice(0, 1);
}

function isSame(left: Source, right: Source): boolean {
  return left.kind === right.kind && left.value === right.value;
}

/** What is asked of the rows of a union, not within one of its legs. */
function askedOutside(where: Expression, unions: readonly Stage[]): readonly Expression[] {
  const spans = unions.flatMap((stage) => stage.spans);
  const isInside = ({ span }: { readonly span: Span }) =>
    spans.some(([start, end]) => start <= span[0] && span[1] <= end);
  return ('and' in where ? where.and : [where]).filter((item) => !testsOf(item).some(isInside));
}

function coverageIn({ where, sources, joined }: Condition): readonly EventCoverage[] {
  const found = sources
    .flatMap((source) => scopesOf(PLATFORM, source))
    .flatMap((scope) => foundIn(scope, where));
  return oneOfEachUnlisted(found).map(({ candidate, row }) =>
    coverageOf(candidate, (field) => kustoCarriage(field, row, candidate.event, joined)),
  );
}

function foundIn({ row, ids, open }: Scope, where: Expression): readonly Found[] {
  const translated = withEventNames(where, PLATFORM, row);
  if (open && namesIn(row, translated).length === 0) return [];
  const candidates =
    ids === null
      ? candidatesOf(row, translated).filter(({ role }) => role === 'primary')
      : candidatesWithIds(row, ids, translated);
  return candidates.flatMap((candidate) => (candidate.rest === false ? [] : [{ candidate, row }]));
}
