import { conditionsOf, type MisspeltSource, misspeltField, misspeltSource } from '@rulescope/knowledge';
import { type Diagnostic, diagnostic, type LineStarts, type Span, type Stage, visit } from '@rulescope/logic';
import { catalogCode } from '../diagnostic-codes.ts';
import type { QueryScope, ScopedQuery } from './scopes.ts';

/** The text that a query's spans are offsets of. */
export interface QueryText {
  readonly text: string;
  /** Where the text starts among these offsets. */
  readonly offset: number;
  readonly lines: LineStarts;
}

/** What there is to say of names in a query that are most likely misspelt. It is understood all the same. */
export function misspellings(
  query: ScopedQuery,
  scopes: ReadonlyMap<object, QueryScope>,
  place: QueryText,
): readonly Diagnostic[] {
  return [...sourceDiagnostics(query, place), ...fieldDiagnostics(scopes, place)];
}

function fieldDiagnostics(
  scopes: ReadonlyMap<object, QueryScope>,
  { lines }: QueryText,
): readonly Diagnostic[] {
  const row = catalogCode('unknown-field');
  const found = new Map<string, Diagnostic>();
  for (const { query, scope, before } of scopes.values()) {
    const first = before?.stages ?? 0;
    const check = (stages: readonly Stage[], own: typeof scope) => {
      for (const where of conditionsOf(stages)) {
        visit(
          where,
          (part) => {
            if (!('test' in part)) return;
            const { field, derived, implied, via, span } = part.test;
            if (field === null || derived || implied || via !== null || found.has(field)) return;
            const meant = misspeltField(field, own);
            if (meant === null) return;
            found.set(
              field,
              diagnostic(row, `No field ${field} is known here. Did you mean ${meant}?`, span, lines),
            );
          },
          false,
        );
      }
    };
    if (before !== null) check(query.stages.slice(0, first), before.scope);
    check(query.stages.slice(first), scope);
  }
  return [...found.values()];
}

function sourceDiagnostics(query: ScopedQuery, { text, offset, lines }: QueryText): readonly Diagnostic[] {
  const { language } = query;
  if (language === null) return [];
  return query.sources
    .flatMap((source) => misspeltSource(source, language))
    .map((found) => {
      const row = catalogCode(found.kind === 'table' ? 'unknown-table' : 'unknown-logsource');
      const span = placeOf(found, query, text, offset);
      return diagnostic(
        row,
        `No ${found.kind} ${found.written} is known. Did you mean ${found.meant}?`,
        span,
        lines,
      );
    });
}

/** Where a source is written; where it came from elsewhere, such as a macro, that is the stage which uses it. */
function placeOf(
  { kind, written }: MisspeltSource,
  { stages }: ScopedQuery,
  text: string,
  offset: number,
): Span {
  const key = kind === 'product' || kind === 'category' || kind === 'service' ? text.indexOf(`${kind}:`) : -1;
  const within =
    key >= 0 ? [[key + offset, offset + text.length] as const] : stages.flatMap(({ spans }) => spans);
  for (const [start, end] of within) {
    const at = text.indexOf(written, start - offset);
    if (at >= 0 && at + written.length + offset <= end) return [at + offset, at + offset + written.length];
  }
  return within[0] ?? [offset, offset];
}
