import {
  and,
  type Expression,
  LIMITS,
  not,
  or,
  SHARED_CODES,
  type Stage,
  simplify,
  unknown,
} from '@rulescope/logic';
import { takeSources } from '@rulescope/logic/elastic';
import { report, ruleBudget, textBudget } from '@rulescope/logic/parsing';
import { catalogCode } from '../../diagnostic-codes.ts';
import { entriesOf, itemsOf, spanOf, spansOf, type TomlValue, tableOf, under } from '../toml.ts';
import type { ElasticFile } from './file.ts';
import { type FilterReading, lowerLeaf } from './filter-clauses.ts';
import { type Beside, NOTHING, stageAt } from './query.ts';

const [, NESTING_TOO_DEEP] = SHARED_CODES;

/**
 * The filters that stand beside a query, as Kibana has them: clauses of Elasticsearch's query DSL, each with `meta`
 * that says whether it is negated or disabled (Kibana, "Filters"; Elasticsearch Guide, "Query DSL"). One stage, which
 * every event must pass; a test that only says where events are kept is a source, as in the query languages.
 */
export function filtersBeside(
  filters: TomlValue | null,
  { text, lines }: Pick<ElasticFile, 'text' | 'lines'>,
): Beside {
  const enabled = itemsOf(filters).filter((item) => tableOf(under(item, 'meta')).disabled !== true);
  if (filters === null || enabled.length === 0) return NOTHING;
  const reading: FilterReading = {
    text,
    lines,
    diagnostics: [],
    counts: new Map(),
    budget: ruleBudget(textBudget()),
    faults: 0,
  };
  const asked = takeSources(simplify(and(enabled.map((item) => lowerFilter(item, reading, 0)))));
  const where = simplify(asked.where);
  const stage: Stage = stageAt(text, spansOf(filters), {
    name: 'filters',
    kind: 'filter',
    where,
    understood: reading.faults === 0 ? 'full' : 'partial',
  });
  return { stages: [stage], sources: asked.sources, where, diagnostics: reading.diagnostics };
}

/** One filter: its clause stands under `query`, or, in older ones, beside `meta`. */
function lowerFilter(filter: TomlValue, reading: FilterReading, depth: number): Expression {
  const meta = under(filter, 'meta');
  const { negate, type } = tableOf(meta);
  const wanted =
    type === 'combined'
      ? lowerCombined(filter, meta, reading, depth)
      : lowerClauses(clausesOf(filter), filter, reading, depth);
  return negate === true ? not(wanted) : wanted;
}

/** Several filters as one (Kibana, "Combine filters"): `meta.params` has them, `meta.relation` says how. */
function lowerCombined(
  filter: TomlValue,
  meta: TomlValue | null,
  reading: FilterReading,
  depth: number,
): Expression {
  const { relation } = tableOf(meta);
  if (tooDeep(filter, reading, depth)) return unknownClause(filter, reading);
  const parts = itemsOf(under(meta, 'params')).map((item) => lowerFilter(item, reading, depth + 1));
  return relation === 'OR' ? or(parts) : and(parts);
}

type Clause = readonly [kind: string, body: TomlValue];

function clausesOf(filter: TomlValue): readonly Clause[] {
  const query = under(filter, 'query');
  return query === null
    ? entriesOf(filter).filter(([key]) => key !== 'meta' && !key.startsWith('$'))
    : entriesOf(query);
}

/** A query has one clause; more than one, or none, is nothing that Elasticsearch takes. */
function lowerClauses(
  clauses: readonly Clause[],
  around: TomlValue,
  reading: FilterReading,
  depth: number,
): Expression {
  const [only] = clauses;
  if (only === undefined || clauses.length !== 1) return unknownClause(around, reading);
  return lowerClause(only, around, reading, depth);
}

function lowerClause(
  [kind, body]: Clause,
  around: TomlValue,
  reading: FilterReading,
  depth: number,
): Expression {
  switch (kind) {
    case 'bool':
      return lowerBool(body, reading, depth) ?? unknownClause(around, reading);
    case 'match_all':
      return and([]);
    case 'match_none':
      return or([]);
    default:
      return lowerLeaf(kind, body, reading) ?? unknownClause(around, reading);
  }
}

/**
 * Elasticsearch Guide, "Boolean query": `should` clauses only score where another clause must match, unless
 * `minimum_should_match` says otherwise: a note says then that they decide nothing. Null where an option is not read.
 */
function lowerBool(body: TomlValue, reading: FilterReading, depth: number): Expression | null {
  if (tooDeep(body, reading, depth)) return null;
  const { minimum_should_match: minimum, ...others } = tableOf(body);
  if (Object.keys(others).some((key) => !BOOL_KEYS.has(key))) return null;
  const lowered = (key: string) =>
    itemsOf(under(body, key)).map((item) => lowerClauses(entriesOf(item), item, reading, depth + 1));
  const required = [...lowered('must'), ...lowered('filter')];
  const least = minimum === undefined ? (required.length === 0 ? 1 : 0) : Number(minimum);
  const chosen = least === 0 ? optional(under(body, 'should'), reading) : shouldOf(lowered('should'), least);
  if (chosen === null) return null;
  return and([...required, ...chosen, ...lowered('must_not').map(not)]);
}

const BOOL_KEYS: ReadonlySet<string> = new Set(['must', 'filter', 'should', 'must_not', 'boost', '_name']);

function optional(should: TomlValue | null, reading: FilterReading): readonly Expression[] {
  if (should === null || itemsOf(should).length === 0) return [];
  const message = 'The `should` clauses decide nothing: the other clauses of the `bool` filter do.';
  report(reading, catalogCode('elastic-filter-optional'), message, spanOf(should));
  return [];
}

function shouldOf(should: readonly Expression[], least: number): readonly Expression[] | null {
  if (should.length === 0) return [];
  if (least === should.length) return should;
  return least === 1 ? [or(should)] : null;
}

/** Headers may nest as deep as they like. */
function tooDeep(found: TomlValue, reading: FilterReading, depth: number): boolean {
  if (depth < LIMITS.depth) return false;
  const message = `The filter is nested more than ${LIMITS.depth} levels deep.`;
  report(reading, NESTING_TOO_DEEP, message, spanOf(found));
  return true;
}

function unknownClause(found: TomlValue, reading: FilterReading): Expression {
  reading.faults += 1;
  const span = spanOf(found);
  const kinds = clausesOf(found).map(([kind]) => `\`${kind}\``);
  const message = `The filter ${kinds.join(', ')} is not understood.`.replace(/ {2,}/g, ' ');
  report(reading, catalogCode('elastic-filter-unknown'), message, span);
  return unknown(reading.text.slice(...span), span);
}
