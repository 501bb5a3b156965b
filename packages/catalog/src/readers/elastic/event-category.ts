import {
  and,
  collect,
  type Expression,
  type ParsedText,
  type Query,
  type Source,
  type Stage,
  simplify,
  test,
} from '@rulescope/logic';

/**
 * The queries of an EQL text whose event category is the value of another field than `event.category` (EQL search API,
 * `event_category_field`; a detection rule's `event_category_override`): the category says then what that field must
 * be, and not where events are kept.
 */
export function categoryTested(parsed: ParsedText, field: string): ParsedText {
  return { ...parsed, queries: parsed.queries.map((query) => testedIn(query, field)) };
}

function testedIn<Q extends Query>(query: Q, field: string): Q {
  const category = query.sources.find(({ kind }) => kind === 'category');
  const [first, ...rest] = query.stages;
  if (first === undefined) return query;
  const tested = category === undefined ? null : categoryTest(category, first, field);
  const head = { ...first, where: both(tested, first.where) };
  const stages = [head, ...rest].map((stage) => ({
    ...stage,
    queries: stage.queries.map((nested) => testedIn(nested, field)),
  }));
  return {
    ...query,
    sources: query.sources.filter((source) => source !== category),
    where: both(tested, query.where),
    stages,
    ...collect(stages),
  };
}

/** EQL syntax reference, "Basic syntax": the category is the first word, and its case matters. */
function categoryTest({ value }: Source, { spans, text }: Stage, field: string): Expression {
  const start = spans[0]?.[0] ?? 0;
  const length = /^(?:"[^"]*"|\S+)/.exec(text)?.[0].length ?? 0;
  return test({ field, op: 'eq', values: [value], caseSensitive: true, span: [start, start + length] });
}

function both(tested: Expression | null, where: Expression | null): Expression | null {
  return tested === null || where === null ? where : simplify(and([tested, where]));
}
