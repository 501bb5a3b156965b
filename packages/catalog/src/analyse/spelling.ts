import {
  conditionsOf,
  type EventScope,
  type MisspeltSource,
  misspeltField,
  misspeltSource,
} from '@rulescope/knowledge';
import {
  type Diagnostic,
  diagnostic,
  type LineStarts,
  type Span,
  type Test,
  testsOf,
} from '@rulescope/logic';
import { catalogCode } from '../diagnostic-codes.ts';
import type { QueryScope, ScopedQuery } from './scopes.ts';

/** A query of more sources than this that are misspelt is none that a person wrote. */
const MOST_SOURCES = 50;

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
  for (const { test, scope } of scopedTests(scopes)) {
    const { field, span } = test;
    if (field === null || found.has(field) || !isWritten(test)) continue;
    const meant = misspeltField(field, scope);
    if (meant === null) continue;
    const message = `No field ${field} is known here. Did you mean ${meant}?`;
    found.set(field, diagnostic(row, message, span, lines));
  }
  return [...found.values()];
}

/** The tests of a query and of those inside its stages, each with what is known of its events. */
function* scopedTests(
  scopes: ReadonlyMap<object, QueryScope>,
): Iterable<{ readonly test: Test; readonly scope: EventScope }> {
  for (const { query, scope, before } of scopes.values()) {
    for (const [index, stage] of query.stages.entries()) {
      const own = before !== null && index < before.stages ? before.scope : scope;
      for (const test of conditionsOf([stage]).flatMap(testsOf)) yield { test, scope: own };
    }
  }
}

/** Whether the query itself tests a field of the event there. */
function isWritten({ derived, implied, via }: Test): boolean {
  return !derived && !implied && via === null;
}

function sourceDiagnostics(query: ScopedQuery, { text, offset, lines }: QueryText): readonly Diagnostic[] {
  const { language, sources } = query;
  if (language === null) return [];
  const found = sources.flatMap((source) => misspeltSource(source, language)).slice(0, MOST_SOURCES);
  return found.map((source) => {
    const row = catalogCode(source.kind === 'table' ? 'unknown-table' : 'unknown-logsource');
    const message = `No ${source.kind} ${source.written} is known. Did you mean ${source.meant}?`;
    return diagnostic(row, message, placeOf(source, query, text, offset), lines);
  });
}

const LOGSOURCE_KEYS: ReadonlySet<string> = new Set(['product', 'category', 'service']);

/** Where a source is written; where it came from elsewhere, such as a macro, that is the stage which uses it. */
function placeOf(
  { kind, written }: MisspeltSource,
  { stages }: ScopedQuery,
  text: string,
  offset: number,
): Span {
  const key = LOGSOURCE_KEYS.has(kind) ? text.indexOf(`${kind}:`) : -1;
  const places: readonly Span[] =
    key >= 0 ? [[offset + key, offset + text.length]] : stages.flatMap(({ spans }) => spans);
  for (const [start, end] of places) {
    const at = text.slice(start - offset, end - offset).indexOf(written);
    if (at >= 0) return [start + at, start + at + written.length];
  }
  return places[0] ?? [offset, offset];
}
