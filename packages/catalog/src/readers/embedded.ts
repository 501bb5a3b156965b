import {
  type Diagnostic,
  diagnostic,
  emptyQuery,
  type LineStarts,
  type ParsedText,
  type Span,
  type Stage,
  worst,
} from '@rulescope/logic';
import { moveDiagnostics, moveQuery } from '../analyse/relocate.ts';
import { catalogCode } from '../diagnostic-codes.ts';
import type { EmbeddedText } from './offsets.ts';
import type { RuleQuery } from './reader.ts';

/** What the file around a query says of it. */
export interface RuleFrame {
  readonly id: string | null;
  readonly title: string | null;
  /** Where the rule's own text starts in the file. */
  readonly offset: number;
  readonly lines: LineStarts;
  /** What was found wrong with the file around the query; an error says that a part of it may be missing. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The query of a rule that stands in a value of a file: the first one of its text, its offsets those of the file. */
export function embeddedQuery(
  { language, queries, diagnostics }: ParsedText,
  { place }: EmbeddedText,
  frame: RuleFrame,
): RuleQuery {
  const [query] = queries;
  const own = query ?? { ...emptyQuery(language, 'none') };
  const moved = moveQuery({ ...own, language, id: null, offset: 0, standalone: true }, place, frame.lines);
  return framed(
    { ...moved, diagnostics: [...moveDiagnostics(diagnostics, place, frame.lines), ...moved.diagnostics] },
    frame,
  );
}

/**
 * A query in a language that is not read: one stage that holds its text. `name` is what people call the language.
 */
export function unreadQuery(name: string, { text, place }: EmbeddedText, frame: RuleFrame): RuleQuery {
  const span: Span = [place(0), place(text.length)];
  const stage: Stage = {
    index: 0,
    name: 'query',
    kind: 'filter',
    text,
    spans: [span],
    understood: 'none',
    where: null,
    queries: [],
  };
  const message = `The rule is written in ${name}, which Rulescope does not read yet.`;
  const found = diagnostic(catalogCode('language-not-read'), message, span, frame.lines);
  const { language: _language, ...empty } = emptyQuery('sigma', 'none');
  return framed(
    {
      ...empty,
      language: null,
      stages: [stage],
      diagnostics: [found],
      id: null,
      offset: 0,
      standalone: true,
    },
    frame,
  );
}

function framed(query: RuleQuery, { id, title, offset, diagnostics }: RuleFrame): RuleQuery {
  const whole = diagnostics.every(({ severity }) => severity !== 'error');
  return {
    ...query,
    id,
    title,
    offset,
    understood: whole ? query.understood : worst([query.understood, 'partial']),
    diagnostics: [...diagnostics, ...query.diagnostics],
  };
}
