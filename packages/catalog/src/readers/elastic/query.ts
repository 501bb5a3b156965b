import {
  and,
  collect,
  type Diagnostic,
  type Expression,
  type LanguageId,
  type Source,
  type Span,
  type Stage,
  simplify,
  worst,
} from '@rulescope/logic';
import { parserOf } from '../../languages.ts';
import { embeddedQuery, type RuleFrame, unreadQuery } from '../embedded.ts';
import type { EmbeddedText } from '../offsets.ts';
import type { RuleQuery } from '../reader.ts';
import { categoryTested } from './event-category.ts';

/** The languages of Elastic's rules by the names that files give them, and what people call each. */
const LANGUAGES: ReadonlyMap<string, { readonly id: LanguageId | null; readonly name: string }> = new Map([
  ['eql', { id: 'eql', name: 'EQL' }],
  ['kuery', { id: 'kuery', name: 'Kibana Query Language' }],
  ['kql', { id: 'kuery', name: 'Kibana Query Language' }],
  ['lucene', { id: 'lucene', name: 'Lucene' }],
  ['esql', { id: 'esql', name: 'ES|QL' }],
  ['es|ql', { id: 'esql', name: 'ES|QL' }],
  ['sql', { id: null, name: 'SQL (osquery)' }],
]);

/** What people call a language, whether it is read or not. */
export function languageName(written: string): string {
  return LANGUAGES.get(written.toLowerCase())?.name ?? written;
}

/** Whether queries of a language are taken apart. */
export function isRead(written: string): boolean {
  const id = LANGUAGES.get(written.toLowerCase())?.id ?? null;
  return id !== null && parserOf(id) !== null;
}

/**
 * A query that stands in a file, in the language of that name. `categoryField` is what the event category of an EQL
 * query tests where that is not `event.category`.
 */
export function queryIn(
  written: string,
  embedded: EmbeddedText,
  frame: RuleFrame,
  categoryField: string | null = null,
): RuleQuery {
  const id = LANGUAGES.get(written.toLowerCase())?.id ?? null;
  const parse = id === null ? null : parserOf(id);
  if (parse === null) return unreadQuery(languageName(written), embedded, frame);
  const parsed = parse(embedded.text);
  return embeddedQuery(
    categoryField === null || id !== 'eql' ? parsed : categoryTested(parsed, categoryField),
    embedded,
    frame,
  );
}

/** What stands in a file beside a query and belongs to it. */
export interface Beside {
  readonly stages: readonly Stage[];
  /** Where the events that it asks for are kept. */
  readonly sources: readonly Source[];
  /** What is And-ed to the query's filter on events; null where nothing is. */
  readonly where: Expression | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** What keys give that are absent, or say nothing. */
export const NOTHING: Beside = { stages: [], sources: [], where: null, diagnostics: [] };

/** A query with further stages, sources and filters. */
export function withBeside(
  query: RuleQuery,
  sources: readonly Source[],
  ...beside: readonly Beside[]
): RuleQuery {
  const more = beside.flatMap(({ stages }) => stages);
  const stages = [...query.stages, ...more].map((stage, index) => ({ ...stage, index }));
  const filters = beside.map(({ where }) => where).filter((where) => where !== null);
  return {
    ...query,
    understood: worst([query.understood, ...more.map(({ understood }) => understood)]),
    sources: [...sources, ...query.sources, ...beside.flatMap(({ sources: own }) => own)],
    where:
      query.where === null || filters.length === 0 ? query.where : simplify(and([query.where, ...filters])),
    stages,
    ...collect(stages),
    diagnostics: [...query.diagnostics, ...beside.flatMap(({ diagnostics }) => diagnostics)],
  };
}

/** A stage made of keys of a file; its number is given when it is put behind others. */
export function stageAt(
  text: string,
  spans: readonly Span[],
  parts: Pick<Stage, 'name' | 'kind'> & Partial<Pick<Stage, 'where' | 'queries' | 'understood'>>,
): Stage {
  const { name, kind, understood = 'full', where = null, queries = [] } = parts;
  const written = spans.map(([start, end]) => text.slice(start, end)).join('\n');
  return { index: 0, name, kind, text: written, spans, understood, where, queries };
}
