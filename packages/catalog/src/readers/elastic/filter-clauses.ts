import {
  and,
  type Expression,
  type Operator,
  or,
  printValue,
  type Test,
  test,
  type Value,
} from '@rulescope/logic';
import {
  comparedWhole,
  hasAnchor,
  isAnalysed,
  luceneLiterals,
  luceneRegexFault,
} from '@rulescope/logic/elastic';
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
 * A clause about one field (Elasticsearch Guide, "Term-level queries", "Full text queries"). On fields that are known to
 * be analysed it asks for words, whose case does not matter. All others are taken for keywords, as those of Elastic's
 * Common Schema mostly are: a phrase is the whole value, or a network of addresses, and case matters unless
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
  ['match_phrase', lowerPhrase],
  ['match', lowerMatch],
  ['term', lowerTerm],
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
  /** Whether `case_insensitive` is asked for. */
  readonly caseless: boolean;
}

/**
 * The value that a clause gives outright, or under one of some keys; null where it has options that are not read.
 * `read` names those that the clause reads itself.
 */
function askedOf({ body }: FieldClause, keys: readonly string[], read: readonly string[] = []): Asked | null {
  const direct = scalarOf(body.value);
  if (direct !== null) return { value: direct, caseless: false };
  const { case_insensitive: caseless, ...others } = tableOf(body);
  const named = Object.keys(others).filter((key) => !HARMLESS.includes(key) && !read.includes(key));
  const [key = ''] = named;
  const value = named.length === 1 && keys.includes(key) ? scalarOf(others[key]) : null;
  return value === null ? null : { value, caseless: caseless === true };
}

function scalarOf(value: unknown): Value | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** Elasticsearch Guide, "Match phrase query": the words of a text field, in that order. */
function lowerPhrase(clause: FieldClause): Expression | null {
  const asked = askedOf(clause, ['query', 'value']);
  return asked === null ? null : anyOf(clause, [asked.value], asked.caseless);
}

/** Elasticsearch Guide, "Match query": any word of what is asked for, or all where `operator` says so. */
function lowerMatch(clause: FieldClause): Expression | null {
  const asked = askedOf(clause, ['query', 'value'], ['operator']);
  if (asked === null) return null;
  if (!isAnalysed(clause.field)) return anyOf(clause, [asked.value], asked.caseless);
  const words = String(asked.value)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (!spend(clause.reading.budget, words.length, spanOf(clause.body), clause.reading)) return null;
  const all = words.length > 1 && /^and$/i.test(textOf(tableOf(clause.body).operator) ?? '');
  return testOf(clause, false, { op: 'term', values: words, quantifier: all ? 'all' : 'any' });
}

function lowerTerm(clause: FieldClause): Expression | null {
  const asked = askedOf(clause, ['value']);
  if (asked === null) return null;
  noteTerms(clause, [asked.value], asked.caseless);
  return anyOf(clause, [asked.value], asked.caseless);
}

function lowerTerms(clause: FieldClause): Expression | null {
  if (!Array.isArray(clause.body.value)) return null;
  const values = clause.body.value.map(scalarOf).filter((value) => value !== null);
  if (values.length !== clause.body.value.length) return null;
  if (!spend(clause.reading.budget, values.length, spanOf(clause.body), clause.reading)) return null;
  noteTerms(clause, values, false);
  return anyOf(clause, values, false);
}

/** Any of some values, each compared as values of its field are: as words of a text, as a network, or as a whole. */
function anyOf(clause: FieldClause, values: readonly Value[], caseless: boolean): Expression {
  const { field } = clause;
  if (isAnalysed(field)) return testOf(clause, false, { op: 'term', values: values.map(String) });
  const [networks, others]: [Value[], Value[]] = [[], []];
  for (const value of values) (comparedWhole(field, value) === 'cidr' ? networks : others).push(value);
  const hasCase = others.some((value) => typeof value === 'string');
  const whole = testOf(clause, hasCase ? !caseless : null, { op: 'eq', values: others });
  if (networks.length === 0) return whole;
  const within = testOf(clause, null, { op: 'cidr', values: networks });
  return others.length === 0 ? within : or([within, whole]);
}

/** Elasticsearch Guide, "Term query", "Avoid using the term query for text fields": what is asked is not analysed. */
function noteTerms(clause: FieldClause, values: readonly Value[], caseless: boolean): void {
  if (!isAnalysed(clause.field)) return;
  const never = values
    .map(String)
    .find((value) => /\s/.test(value) || (!caseless && value !== value.toLowerCase()));
  if (never === undefined) return;
  const shown = printValue(never.slice(0, 60));
  noteAnalysed(clause, `“${clause.field}” holds single words in lower case: none of them is ${shown}.`);
}

function noteAnalysed({ body, reading }: FieldClause, message: string): void {
  report(reading, catalogCode('elastic-filter-analysed'), message, spanOf(body));
}

function lowerText(
  clause: FieldClause,
  keys: readonly string[],
  question: (text: string) => Question,
): Expression | null {
  const asked = askedOf(clause, keys);
  if (asked === null) return null;
  const asks = question(String(asked.value));
  if (asks.values.length === 0) return testOf(clause, null, asks);
  const analysed = isAnalysed(clause.field);
  if (analysed)
    noteAnalysed(
      clause,
      'The pattern is compared with the single words of the text, not with the whole of it.',
    );
  return testOf(clause, !analysed && !asked.caseless, asks);
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
  return lowerText(clause, ['value'], (pattern) => {
    noteRegex(clause, pattern);
    return {
      op: 'regex',
      values: [pattern],
      flags: tableOf(clause.body).case_insensitive === true ? 'i' : '',
      anchored: true,
      literals: [luceneLiterals(pattern)],
    };
  });
}

function noteRegex({ body, reading }: FieldClause, pattern: string): void {
  const why = luceneRegexFault(pattern);
  if (why !== null) {
    const message = `The regular expression is broken: ${why}.`;
    report(reading, catalogCode('elastic-filter-regex'), message, spanOf(body));
  } else if (hasAnchor(pattern)) {
    const message = '^ and $ stand for themselves here.';
    report(reading, catalogCode('elastic-filter-regex'), message, spanOf(body));
  }
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
