import type { Expression, Span } from '@rulescope/logic';
import { isAnalysed, note, unknownAt } from '@rulescope/logic/elastic';
import { CODES } from '../diagnostic-codes.ts';
import type { Expr } from '../syntax/ast.ts';
import { ask, computed } from './ask.ts';
import { equalTo, type Question } from './questions.ts';
import type { Place } from './scope.ts';
import { operandOf } from './values.ts';

interface FullTextMatch {
  readonly subject: Expr;
  readonly query: Expr;
  /** `{ "operator": "AND" }`. */
  readonly options: Expr | null;
  readonly span: Span;
  /** The words must follow each other. */
  readonly phrase?: boolean;
}

/**
 * `field : "text"`, `match(field, "text")`, `match_phrase(…)`: a match query of Elasticsearch (ES|QL reference,
 * "MATCH"). Its words are looked for among the analysed words of a text field, any of them unless the option
 * `operator` says otherwise; on other types of fields the whole value is compared.
 */
export function lowerMatch(
  { subject, query, options, span, phrase }: FullTextMatch,
  place: Place,
): Expression {
  const [operand, wanted] = [operandOf(subject, place), operandOf(query, place)];
  if (operand.kind === 'unknown' || wanted.kind === 'unknown') return unknownAt(place, span);
  if (wanted.kind !== 'constant') return computed(place, span);
  const { all, fuzzy, others } = readOptions(options);
  if (fuzzy) {
    note(place, CODES.fuzzy, 'This matches values that are nearly the same; no test says that.', span);
    return unknownAt(place, span);
  }
  if (others.length > 0) {
    const named = others.slice(0, 5).join(', ');
    note(place, CODES.matchOptions, `The test does not show the options ${named}.`, span);
  }
  if (typeof wanted.value !== 'string') return ask(operand, [equalTo(wanted.value)], span, place);
  const analysed = operand.kind === 'field' && isAnalysed(operand.name);
  if (!analysed) return ask(operand, [equalTo(wanted.value)], span, place);
  const words = phrase === true ? [wanted.value] : wanted.value.split(/\s+/).filter((word) => word !== '');
  const questions = words.map((value): Question => ({ op: 'term', value, caseSensitive: false }));
  const quantifier = all && words.length > 1 ? ({ quantifier: 'all' } as const) : {};
  return ask(operand, questions, span, place, quantifier);
}

interface MatchOptions {
  readonly all: boolean;
  readonly fuzzy: boolean;
  readonly others: readonly string[];
}

function readOptions(options: Expr | null): MatchOptions {
  if (options?.kind !== 'options') return { all: false, fuzzy: false, others: [] };
  const fuzzy = options.entries.some(
    ({ key, value }) => key === 'fuzziness' && !(value.kind === 'literal' && Number(value.value) === 0),
  );
  const isAll = options.entries.some(
    ({ key, value }) =>
      key === 'operator' && value.kind === 'literal' && String(value.value).toUpperCase() === 'AND',
  );
  return {
    all: isAll,
    fuzzy,
    others: options.entries.map(({ key }) => key).filter((key) => !SHOWN.has(key)),
  };
}

/** Options that the test says, or that do not change what matches. */
const SHOWN = new Set(['operator', 'boost']);
