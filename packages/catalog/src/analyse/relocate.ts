import type { Diagnostic, Expression, LineStarts, Query, Span, Test } from '@rulescope/logic';
import { collect, lineStarts, positionAt, transform } from '@rulescope/logic';

/** What is changed in every part of a query. */
export interface Relocation {
  /** Where the rule's text starts in the text that the spans are offsets of. */
  readonly offset: number;
  /** The rule's text. */
  readonly text: string;
  /** The canonical name of the field that a test of one of its queries looks at, where knowledge has one. */
  readonly canonical: (test: Test, query: AnyQuery) => string | null;
  /** What there is to say of its names, beside its own diagnostics and like them. */
  readonly misspelt: readonly Diagnostic[];
}

/** The same query with offsets of the rule's own text, the canonical names of its fields, and what there is to say of names. */
export function relocate<Q extends AnyQuery>(query: Q, relocation: Relocation): Q {
  const changes = changesOf(relocation);
  const changed = changeQuery(query, changes);
  const misspelt = relocation.misspelt.map((diagnostic) => changes.diagnostic(diagnostic));
  return withDiagnostics(changed, misspelt);
}

function withDiagnostics<Q extends AnyQuery>(query: Q, more: readonly Diagnostic[]): Q {
  return more.length === 0 ? query : { ...query, diagnostics: [...query.diagnostics, ...more] };
}

/** The same query at its place, with the canonical names of its fields. */
export function nameFields<Q extends AnyQuery>(
  query: Q,
  { canonical, misspelt }: Pick<Relocation, 'canonical' | 'misspelt'>,
): Q {
  const changed = changeQuery(query, {
    span: (span) => span,
    test: (test, own) => withCanonical(test, canonical(test, own)),
    diagnostic: (diagnostic) => diagnostic,
  });
  return withDiagnostics(changed, misspelt);
}

function withCanonical<T extends Test>(test: T, name: string | null): T {
  return name === null ? test : { ...test, canonical: name };
}

/**
 * The same query with every offset moved by `place`, such as from the query's own text to the file that holds it,
 * whose lines `lines` are.
 */
export function moveQuery<Q extends AnyQuery>(
  query: Q,
  place: (offset: number) => number,
  lines: LineStarts,
): Q {
  const span = ([start, end]: Span): Span => [place(start), place(end)];
  return changeQuery(query, {
    span,
    test: (test) => ({ ...test, span: span(test.span) }),
    diagnostic: (diagnostic) => moveDiagnostic(diagnostic, span, lines),
  });
}

/** The same diagnostics with every offset moved, as `moveQuery` does. */
export function moveDiagnostics(
  diagnostics: readonly Diagnostic[],
  place: (offset: number) => number,
  lines: LineStarts,
): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) =>
    moveDiagnostic(diagnostic, ([start, end]) => [place(start), place(end)], lines),
  );
}

function moveDiagnostic(diagnostic: Diagnostic, span: (span: Span) => Span, lines: LineStarts): Diagnostic {
  const moved = span(diagnostic.span);
  return { ...diagnostic, span: moved, ...positionAt(lines, moved[0]) };
}

/** A query of a rule, whose language may be none that Rulescope reads. */
type AnyQuery = Omit<Query, 'language'>;

interface Changes {
  readonly span: (span: Span) => Span;
  readonly test: <T extends Test>(test: T, query: AnyQuery) => T;
  readonly diagnostic: (diagnostic: Diagnostic) => Diagnostic;
}

function changesOf({ offset, text, canonical }: Relocation): Changes {
  const clip = (at: number) => Math.min(Math.max(at - offset, 0), text.length);
  const span = offset === 0 ? (same: Span) => same : ([start, end]: Span): Span => [clip(start), clip(end)];
  const lines = lineStarts(text);
  return {
    span,
    test: (test, query) => ({ ...withCanonical(test, canonical(test, query)), span: span(test.span) }),
    diagnostic: (diagnostic) => moveDiagnostic(diagnostic, span, lines),
  };
}

function changeQuery<Q extends AnyQuery>(query: Q, change: Changes): Q {
  const expression = (where: Expression) => changeExpression(where, query, change);
  const stages = query.stages.map((stage) => ({
    ...stage,
    spans: stage.spans.map((span) => change.span(span)),
    where: stage.where === null ? null : expression(stage.where),
    queries: stage.queries.map((nested) => changeQuery(nested, change)),
  }));
  return {
    ...query,
    where: query.where === null ? null : expression(query.where),
    stages,
    ...collect(stages),
    diagnostics: query.diagnostics.map((diagnostic) => change.diagnostic(diagnostic)),
  };
}

function changeExpression(expression: Expression, query: AnyQuery, change: Changes): Expression {
  return transform(expression, (part) => {
    if ('test' in part) return { test: change.test(part.test, query) };
    if ('unknown' in part) return { unknown: { ...part.unknown, span: change.span(part.unknown.span) } };
    return part;
  });
}
