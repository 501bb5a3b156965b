import {
  and,
  type Expression,
  type Operator,
  requiredLiterals,
  type Test,
  test,
  type Value,
} from '@rulescope/logic';
import {
  type Budget,
  lowerPattern,
  type Piece,
  type Reporter,
  report,
  spend,
} from '@rulescope/logic/parsing';
import { catalogCode } from '../../diagnostic-codes.ts';
import { textOf } from '../fields.ts';
import { entriesOf, itemsOf, spanOf, type TomlValue, tableOf } from '../toml.ts';

/** What is known while the filters of a rule are read. */
export interface FilterReading extends Reporter {
  readonly budget: Budget;
  /** Clauses that are not understood. */
  faults: number;
}

/** A field, and what a clause says of it: `{ field: body }`. */
interface FieldClause {
  readonly field: string;
  readonly body: TomlValue;
  readonly reading: FilterReading;
}

/** Options of a clause that decide nothing about what it finds. */
const HARMLESS = ['boost', '_name', 'rewrite'];

/**
 * A clause about one field (Elasticsearch Guide, "Term-level queries", "Full text queries"). Fields are taken for
 * keywords, as those of Elastic's Common Schema mostly are: a phrase is the whole value, and its case matters unless
 * `case_insensitive` says otherwise. Null where the clause, or an option of it, is none that is read.
 */
export function lowerLeaf(kind: string, body: TomlValue, reading: FilterReading): Expression | null {
  if (!spend(reading.budget, itemsOf(body).length, spanOf(body), reading)) return null;
  if (kind === 'exists') return lowerExists(body);
  const lower = FIELD_CLAUSES.get(kind);
  const named = entriesOf(body).filter(([key]) => !HARMLESS.includes(key));
  const [only] = named;
  if (lower === undefined || only === undefined || named.length !== 1) return null;
  return lower({ field: only[0], body: only[1], reading });
}

function lowerExists(body: TomlValue): Expression | null {
  const field = textOf(tableOf(body).field);
  if (field === null) return null;
  return test({ field, op: 'exists', values: [], caseSensitive: null, span: spanOf(body) });
}

const FIELD_CLAUSES: ReadonlyMap<string, (clause: FieldClause) => Expression | null> = new Map([
  ['match_phrase', (clause) => lowerValue(clause, ['query', 'value'])],
  ['match', (clause) => lowerValue(clause, ['query', 'value'])],
  ['term', (clause) => lowerValue(clause, ['value'])],
  ['terms', lowerTerms],
  ['prefix', (clause) => lowerText(clause, ['value'], (text) => ({ op: 'starts_with', values: [text] }))],
  ['wildcard', lowerWildcard],
  ['regexp', lowerRegexp],
  ['range', lowerRange],
]);

type Question = Pick<Test, 'op' | 'values'> & Partial<Test>;

/** A test of a clause's field, whose place is that of the clause. */
function testOf({ field, body }: FieldClause, caseSensitive: boolean | null, question: Question): Expression {
  return test({ field, caseSensitive, span: spanOf(body), ...question });
}

interface Asked {
  readonly value: Value;
  readonly caseSensitive: boolean | null;
}

/** The value that a clause gives outright, or under one of some keys; null where it has options that are not read. */
function askedOf({ body }: FieldClause, keys: readonly string[]): Asked | null {
  const direct = scalarOf(body.value);
  if (direct !== null) return { value: direct, caseSensitive: typeof direct === 'string' ? true : null };
  const { case_insensitive: caseless, ...others } = tableOf(body);
  const named = Object.keys(others).filter((key) => !HARMLESS.includes(key));
  const [key = ''] = named;
  const value = named.length === 1 && keys.includes(key) ? scalarOf(others[key]) : null;
  if (value === null) return null;
  return { value, caseSensitive: typeof value === 'string' ? caseless !== true : null };
}

function scalarOf(value: unknown): Value | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function lowerValue(clause: FieldClause, keys: readonly string[]): Expression | null {
  const asked = askedOf(clause, keys);
  return asked === null ? null : testOf(clause, asked.caseSensitive, { op: 'eq', values: [asked.value] });
}

function lowerTerms(clause: FieldClause): Expression | null {
  if (!Array.isArray(clause.body.value)) return null;
  const values = clause.body.value.map(scalarOf).filter((value) => value !== null);
  if (values.length !== clause.body.value.length) return null;
  if (!spend(clause.reading.budget, values.length, spanOf(clause.body), clause.reading)) return null;
  const caseSensitive = values.some((value) => typeof value === 'string') ? true : null;
  return testOf(clause, caseSensitive, { op: 'eq', values });
}

function lowerText(
  clause: FieldClause,
  keys: readonly string[],
  question: (text: string) => Question,
): Expression | null {
  const asked = askedOf(clause, keys);
  if (asked === null) return null;
  const { caseSensitive, ...asks } = {
    caseSensitive: asked.caseSensitive ?? true,
    ...question(String(asked.value)),
  };
  return testOf(clause, asks.values.length === 0 ? null : caseSensitive, asks);
}

function lowerWildcard(clause: FieldClause): Expression | null {
  return lowerText(clause, ['value', 'wildcard'], (text) => {
    const { op, value } = lowerPattern(patternOf(text, clause));
    return op === 'exists' ? { op, values: [] } : { op, values: [value] };
  });
}

/** Elasticsearch Guide, "Wildcard query"; Lucene, `WildcardQuery`: `*`, `?`, and a backslash that escapes. */
function patternOf(text: string, { body, reading }: FieldClause): readonly Piece[] {
  const pieces: Piece[] = [];
  let literal = '';
  let told = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '*' || char === '?') {
      if (literal !== '') pieces.push({ text: literal });
      literal = '';
      pieces.push({ wild: char });
    } else if (char === '\\' && i + 1 < text.length) {
      i += 1;
      const escaped = text.charAt(i);
      literal += escaped;
      if (told || /[\\*?]/.test(escaped)) continue;
      told = true;
      const message = `The backslash before “${escaped}” is an escape, and no part of what is looked for; a backslash is written \\\\.`;
      report(reading, catalogCode('elastic-filter-backslash'), message, spanOf(body));
    } else literal += char;
  }
  return literal === '' ? pieces : [...pieces, { text: literal }];
}

/** Elasticsearch Guide, "Regexp query": Lucene's syntax, which matches the whole value. */
function lowerRegexp(clause: FieldClause): Expression | null {
  return lowerText(clause, ['value'], (pattern) => ({
    op: 'regex',
    values: [pattern],
    flags: tableOf(clause.body).case_insensitive === true ? 'i' : '',
    anchored: true,
    literals: [requiredLiterals(pattern)],
  }));
}

const BOUNDS: ReadonlyMap<string, Operator> = new Map([
  ['gt', 'gt'],
  ['gte', 'ge'],
  ['lt', 'lt'],
  ['lte', 'le'],
]);

/** How bounds are written, not which. */
const RANGE_OPTIONS: ReadonlySet<string> = new Set(['format', 'time_zone', ...HARMLESS]);

function lowerRange(clause: FieldClause): Expression | null {
  const tests: Expression[] = [];
  for (const [key, { value }] of entriesOf(clause.body)) {
    const op = BOUNDS.get(key);
    const bound = scalarOf(value);
    if (op !== undefined && bound !== null) tests.push(testOf(clause, null, { op, values: [bound] }));
    else if (!RANGE_OPTIONS.has(key)) return null;
  }
  return tests.length === 0 ? null : and(tests);
}
