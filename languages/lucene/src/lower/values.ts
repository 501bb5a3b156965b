import { and, type Expression, type Operator, type Span, test, type Value } from '@rulescope/logic';
import {
  comparedWhole,
  type FilterLowering,
  hasAnchor,
  luceneLiterals,
  luceneRegexFault,
  type Subject,
  testOf,
  typedValue,
} from '@rulescope/logic/elastic';
import { lowerPattern, openEnd, openStart, type Pattern } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { Bound, Clause, Phrase, Range, Regex, Term } from '../syntax/ast.ts';
import { note, unknownAt } from './scope.ts';

/** What one clause asks of its field: any of the values of one operator, or an expression of its own. */
export type Wanted =
  | { readonly op: Operator; readonly values: readonly Value[] }
  | { readonly expression: Expression };

/** What a clause that is no group asks of a field. */
export function wantedBy(subject: Subject, { body, span }: Clause, lowering: FilterLowering): Wanted {
  if (subject.field === '_exists_') return { expression: existsOf(body, span, lowering) };
  switch (body.kind) {
    case 'term':
      return wantedByTerm(subject, body, span, lowering);
    case 'wildcard':
      return wantedByPattern(subject, body.pattern, span, lowering);
    case 'phrase':
      return wantedByPhrase(subject, body, span, lowering);
    case 'regex':
      return { expression: regexTest(subject, body, span, lowering) };
    case 'range':
      return { expression: rangeTests(subject, body, span) };
    case 'group':
    case 'broken':
      return { expression: unknownAt(lowering, span) };
  }
}

/** `_exists_:field` ("Field names"): what stands behind the colon is the name of a field. */
function existsOf(body: Clause['body'], span: Span, lowering: FilterLowering): Expression {
  const name = nameIn(body);
  if (name === null) return unknownAt(lowering, span);
  return testOf({ field: name, analysed: false }, 'exists', [], 'any', span);
}

function nameIn(body: Clause['body']): string | null {
  if (body.kind === 'term') return body.words.join(' ');
  if (body.kind === 'phrase') return body.text;
  if (body.kind !== 'wildcard') return null;
  return body.pattern.map((piece) => ('wild' in piece ? piece.wild : piece.text)).join('');
}

/** "Ranges": `>10`, `>=10`, `<10`, `<=10`. The characters cannot be escaped. */
const ONE_SIDED = /^(>=|<=|>|<)([\s\S]+)$/;
const SIDES: Readonly<Record<string, Operator>> = { '>': 'gt', '>=': 'ge', '<': 'lt', '<=': 'le' };

function wantedByTerm(
  subject: Subject,
  { words, fuzziness }: Term,
  span: Span,
  lowering: FilterLowering,
): Wanted {
  const text = words.join(' ');
  if (fuzziness !== null && Number(fuzziness || 'none') !== 0) {
    note(lowering, CODES.fuzzy, 'This matches terms that are nearly the same; no test says that.', span);
    return { expression: unknownAt(lowering, span) };
  }
  const first = text.charCodeAt(0);
  if (subject.field !== null && (first === 60 || first === 62)) {
    const [, side, value] = ONE_SIDED.exec(text) ?? [];
    const op = SIDES[side ?? ''];
    if (/\\[<>]/.test(lowering.text.slice(...span))) {
      note(lowering, CODES.escapedRange, 'This is a range: < and > cannot be escaped.', span);
    }
    if (op !== undefined && value !== undefined) return { op, values: [typedValue(value.trim())] };
  }
  if (subject.analysed) return { op: 'term', values: words };
  if (words.length > 1) {
    const message = 'These words are one value here, with the spaces between them.';
    note(lowering, CODES.wordsTogether, message, span);
  }
  const value = typedValue(text);
  return { op: comparedWhole(subject.field, value), values: [value] };
}

function wantedByPattern(subject: Subject, pattern: Pattern, span: Span, lowering: FilterLowering): Wanted {
  const { op, value } = lowerPattern(pattern);
  if (op === 'exists') return { op, values: [] };
  if (subject.analysed && op !== 'contains') noteAnalysed(lowering, span);
  if (subject.field !== null) return { op, values: [value] };
  // A search of all fields finds its words anywhere in the event.
  const around = lowerPattern(openStart(openEnd(pattern)));
  return { op: around.op, values: [around.value] };
}

function noteAnalysed(lowering: FilterLowering, span: Span): void {
  const message = 'The pattern is compared with the single words of the text, not with the whole of it.';
  note(lowering, CODES.analysedPattern, message, span);
}

function wantedByPhrase(
  subject: Subject,
  { text, slop }: Phrase,
  span: Span,
  lowering: FilterLowering,
): Wanted {
  const words =
    slop !== null && Number(slop || 'none') > 0 ? text.split(/\s+/).filter((word) => word !== '') : [];
  if (words.length > 1) {
    note(
      lowering,
      CODES.proximity,
      'The words must stand near each other, which the test does not say.',
      span,
    );
    // Only a text field has words that can stand near each other.
    return { expression: testOf({ ...subject, analysed: true }, 'term', words, 'all', span) };
  }
  if (!subject.analysed) return { op: comparedWhole(subject.field, text), values: [text] };
  return { op: subject.field === null ? 'contains' : 'term', values: [text] };
}

/** "Regular expressions": the whole value must match; on an analysed field a whole word of it. */
function regexTest(
  { field, analysed }: Subject,
  { pattern }: Regex,
  span: Span,
  lowering: FilterLowering,
): Expression {
  const why = luceneRegexFault(pattern);
  if (why !== null) note(lowering, CODES.badRegex, `The regular expression is broken: ${why}.`, span);
  if (hasAnchor(pattern)) note(lowering, CODES.regexAnchor, '^ and $ stand for themselves here.', span);
  if (analysed) noteAnalysed(lowering, span);
  return test({
    field,
    op: 'regex',
    values: [pattern],
    caseSensitive: true,
    flags: '',
    anchored: true,
    literals: [luceneLiterals(pattern)],
    span,
  });
}

function rangeTests(
  subject: Subject,
  { from, to, fromInclusive, toInclusive }: Range,
  span: Span,
): Expression {
  const tests: Expression[] = [];
  if (from !== null) tests.push(boundTest(subject, fromInclusive ? 'ge' : 'gt', from, span));
  if (to !== null) tests.push(boundTest(subject, toInclusive ? 'le' : 'lt', to, span));
  return tests.length === 0 ? testOf(subject, 'exists', [], 'any', span) : and(tests);
}

function boundTest({ field }: Subject, op: Operator, { text, quoted }: Bound, span: Span): Expression {
  const value = quoted ? text : typedValue(text);
  return testOf({ field, analysed: false }, op, [value], 'any', span);
}
