import {
  and,
  type Diagnostic,
  type Expression,
  mapChildren,
  type ParsedText,
  type Query,
  type Span,
  test,
  testsOf,
} from '@rulescope/logic';
import { affordable, note, unknownAt } from '@rulescope/logic/elastic';
import { report } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { Call, Expr } from '../syntax/ast.ts';
import { ALWAYS } from './questions.ts';
import type { Place } from './scope.ts';
import { operandOf } from './values.ts';

/** Where the text of an embedded query lies. */
interface Home {
  /** The string, quotes included. */
  readonly span: Span;
  /** What is added to its offsets; null where escapes in the string move them: its tests have the span of the string. */
  readonly shift: number | null;
}

/** `KQL("""…""")` and `QSTR("…")`: a query in another language, read by what the caller of the parser gave for it. */
export function lowerEmbedded(call: Call, place: Place): Expression {
  const [argument] = call.args;
  const parse = call.name === 'kql' ? place.lowering.embedded.kuery : place.lowering.embedded.lucene;
  const operand = argument === undefined ? null : operandOf(argument, place);
  if (operand?.kind === 'unknown') return unknownAt(place, call.span);
  const text = operand?.kind === 'constant' && typeof operand.value === 'string' ? operand.value : null;
  if (argument === undefined || text === null || parse === undefined) {
    note(place, CODES.embedded, `What ${call.name} holds is not read.`, call.span);
    return unknownAt(place, call.span);
  }
  return merge(parse(text), homeOf(argument, text, place), place);
}

function homeOf({ kind, span }: Expr, text: string, { lowering }: Place): Home {
  if (kind !== 'literal') return { span, shift: null };
  const quotes = lowering.text.startsWith('"""', span[0]) ? 3 : 1;
  const verbatim = span[1] - span[0] === text.length + 2 * quotes;
  return { span, shift: verbatim ? span[0] + quotes : null };
}

/** What an embedded query asks for, at its place in the text around it. */
function merge(parsed: ParsedText, home: Home, place: Place): Expression {
  const [query] = parsed.queries;
  const { lowering } = place;
  for (const found of [...parsed.diagnostics, ...(query?.diagnostics ?? [])]) reportAt(found, home, place);
  if (query === undefined || query.understood !== 'full') lowering.faults += 1;
  if (query === undefined) return unknownAt(place, home.span);
  const where = and([...channelsOf(query, home), moved(query.where ?? ALWAYS, home)]);
  const size = testsOf(where).reduce((sum, { values }) => sum + values.length + 1, 1);
  return affordable(place, size, home.span) ? where : unknownAt(place, home.span);
}

/**
 * The channel that was taken out of an embedded query as its source, as the test that it was: whether it is a source
 * of the whole query is for what stands around it to say.
 */
function channelsOf({ sources }: Query, { span }: Home): readonly Expression[] {
  const values = sources.flatMap(({ kind, value }) => (kind === 'channel' ? [value] : []));
  if (values.length === 0) return [];
  return [test({ field: 'winlog.channel', op: 'eq', values, caseSensitive: true, span })];
}

function reportAt({ code, severity, message, span }: Diagnostic, home: Home, { lowering }: Place): void {
  report(lowering.to, { code, severity }, message, movedSpan(span, home));
}

function movedSpan([start, end]: Span, { span, shift }: Home): Span {
  return shift === null ? span : [start + shift, end + shift];
}

function moved(expression: Expression, home: Home): Expression {
  if ('test' in expression) {
    return { test: { ...expression.test, span: movedSpan(expression.test.span, home) } };
  }
  if ('unknown' in expression) {
    const { text, span } = expression.unknown;
    return { unknown: { text, span: movedSpan(span, home) } };
  }
  return mapChildren(expression, (child) => moved(child, home));
}
