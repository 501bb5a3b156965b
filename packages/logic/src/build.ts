import type { LanguageId } from './languages.ts';
import type { Expression, ParsedText, Query, Result, Span, Test, Understood } from './model.ts';
import { SCHEMA_VERSION } from './model.ts';

/** What must be said of a test; the rest has the common value. */
export type TestParts = Pick<Test, 'field' | 'op' | 'values' | 'caseSensitive' | 'span'> & Partial<Test>;

/** A test with the common values filled in: any of the values, no functions, no transforms, not derived. */
export function test(parts: TestParts): Expression {
  const { field, op, values, caseSensitive, span, ...others } = parts;
  // The keys stand in the order of the contract, whatever the order of the parts.
  const common = { quantifier: 'any', transforms: [], derived: false, implied: false, via: null } as const;
  return { test: { field, through: [], op, values, caseSensitive, ...common, span, ...others } };
}

/** The And of expressions; one expression stands for itself. */
export function and(items: readonly Expression[]): Expression {
  const [only] = items;
  return items.length === 1 && only !== undefined ? only : { and: items };
}

/** The Or of expressions; one expression stands for itself. */
export function or(items: readonly Expression[]): Expression {
  const [only] = items;
  return items.length === 1 && only !== undefined ? only : { or: items };
}

export function not(expression: Expression): Expression {
  return { not: expression };
}

export function unknown(text: string, span: Span): Expression {
  return { unknown: { text, span } };
}

const RANK: Readonly<Record<Understood, number>> = { none: 0, partial: 1, full: 2 };

/** The worst of several: a query is as well understood as its worst stage. `full` where there is none. */
export function worst(parts: readonly Understood[]): Understood {
  return parts.reduce<Understood>((low, part) => (RANK[part] < RANK[low] ? part : low), 'full');
}

/** A query that holds nothing, for texts that could not be read at all. */
export function emptyQuery(language: LanguageId, understood: Understood): Query {
  return {
    language,
    understood,
    sources: [],
    where: null,
    stages: [],
    indicators: [],
    exclusions: [],
    terms: [],
    diagnostics: [],
  };
}

/**
 * The result of a text as `explain --json` prints it: its one query, or an envelope with `queries` where the
 * text holds several or none. `id` is the caller's name for the text; where it is null, the query's own id stands.
 */
export function toResult(parsed: ParsedText, id: string | null): Result {
  const [only] = parsed.queries;
  if (parsed.queries.length === 1 && only !== undefined) {
    const { offset: _offset, standalone: _standalone, ...query } = only;
    return {
      schema: SCHEMA_VERSION,
      ...query,
      id: id ?? query.id,
      understood: readable(parsed, query.understood),
      diagnostics: [...parsed.diagnostics, ...query.diagnostics],
    };
  }
  const understood =
    only === undefined ? 'none' : readable(parsed, worst(parsed.queries.map((query) => query.understood)));
  return {
    schema: SCHEMA_VERSION,
    id,
    ...emptyQuery(parsed.language, understood),
    diagnostics: parsed.diagnostics,
    ...(only === undefined ? {} : { queries: parsed.queries }),
  };
}

/** A text of which a part could not be read at all is not understood in full. */
function readable(parsed: ParsedText, understood: Understood): Understood {
  const whole = parsed.diagnostics.every(({ severity }) => severity !== 'error');
  return whole ? understood : worst([understood, 'partial']);
}
