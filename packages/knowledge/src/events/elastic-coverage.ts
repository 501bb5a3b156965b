import { and, type Expression, type Query, type Source, type Test, testsOf } from '@rulescope/logic';
import { type Candidate, candidatesOf, candidatesWithIds, namesIn } from './candidates.ts';
import { elasticCarriage } from './elastic-fields.ts';
import { DATASET_FIELDS, elasticScopes } from './elastic-sources.ts';
import { withEventNames } from './event-names.ts';
import { type Found, oneOfEachUnlisted, UNKNOWN } from './found.ts';
import type { Scope } from './platform-sources.ts';
import type { EventCoverage } from './types.ts';
import { coverageOf, mergeByEvent } from './verdict.ts';

/**
 * The verdict for each event that a query of Elastic can mean: those of its index patterns, or where they say nothing,
 * of its integrations (`data/elastic-sources.json`), narrowed by the category of EQL and by the tests on what tells
 * events apart: `event.category`, `event.type`, `event.action`, `event.code`, `event.provider`, the data set,
 * `host.os.type`. The steps of a sequence are asked each on its own. Empty where nothing tells.
 */
export function elasticCoverage(query: Query): readonly EventCoverage[] {
  return mergeByEvent(conditionsOf(query, []).flatMap(coverageIn));
}

interface Condition {
  readonly where: Expression;
  readonly sources: readonly Source[];
}

/** The condition of a query; without one, those of its steps; and those of the queries that it joins. */
function conditionsOf(query: Query, around: readonly Source[]): readonly Condition[] {
  const own = query.sources.filter(({ kind }) => kind !== 'category' && kind !== 'channel');
  const sources = own.length > 0 ? own : around;
  const nested = query.stages
    .filter(({ kind }) => kind === 'sequence' || (kind === 'join' && query.language === 'esql'))
    .flatMap(({ queries }) => queries)
    .filter(({ negated }) => negated !== true)
    .flatMap((step) => conditionsOf(step, sources));
  const isMade = query.where === null && nested.length > 0;
  return isMade
    ? nested
    : [{ where: and([...namedBy(query.sources), query.where ?? UNKNOWN]), sources }, ...nested];
}

const ASKED_BY_SOURCE: ReadonlyMap<string, string> = new Map([
  ['category', 'event.category'],
  ['channel', 'winlog.channel'],
]);

/** The category of EQL and the channel that a query took out of its condition, as the tests that they are. */
function namedBy(sources: readonly Source[]): readonly Expression[] {
  const kinds = Map.groupBy(sources, ({ kind }) => ASKED_BY_SOURCE.get(kind));
  return [...kinds].flatMap(([field, named]) =>
    field === undefined
      ? []
      : [
          {
            test: equals(
              field,
              named.map(({ value }) => value),
            ),
          },
        ],
  );
}

function equals(field: string, values: readonly string[]): Test {
  return {
    field,
    through: [],
    op: 'eq',
    values,
    quantifier: 'any',
    caseSensitive: false,
    transforms: [],
    derived: false,
    implied: false,
    via: null,
    span: [0, 0],
  };
}

function coverageIn({ where, sources }: Condition): readonly EventCoverage[] {
  const namesDataset = testsOf(where).some(
    ({ field, op }) => op === 'eq' && DATASET_FIELDS.some((name) => name === field),
  );
  const scopes = elasticScopes(sources).filter(({ open }) => !open || namesDataset);
  const found = scopes.flatMap((scope) => foundIn(scope, where));
  return oneOfEachUnlisted(found).map(({ candidate, row }) =>
    coverageOf(candidate, (field) => elasticCarriage(field, row, candidate.event)),
  );
}

/** What of a scope the condition doesn't contradict. An event of a Windows log has to be named. */
function foundIn({ row, ids }: Scope, where: Expression): readonly Found[] {
  const translated = withEventNames(where, 'elastic', row);
  return candidates().flatMap((candidate) => (candidate.rest === false ? [] : [{ candidate, row }]));

  function candidates(): readonly Candidate[] {
    if (ids !== null) return candidatesWithIds(row, ids, translated);
    if (row.nameFields === undefined && namesIn(row, translated).length === 0) return [];
    return candidatesOf(row, translated).filter(({ role }) => role === 'primary');
  }
}
