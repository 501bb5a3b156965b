import { type Span, unknown } from '@rulescope/logic';
import type { Token } from '../syntax/tokens.ts';
import type { StageParts } from './line.ts';

/** Signs and words around a query that say nothing themselves: they go to the stage beside them. */
const AROUND: ReadonlySet<string> = new Set([';', '(', ')', '{', '}', 'materialize']);

/** The name of a stage that nobody could read. */
export const UNPARSED = 'unparsed';

/**
 * Makes the stages cover a part of the text whole. Words that no stage has were read by nobody: they become a
 * stage that is not understood. A stage in which the text breaks the grammar is understood in part.
 */
export function coverTokens(
  stages: readonly StageParts[],
  [start, end]: Span,
  tokens: readonly Token[],
  faults: readonly Span[],
  text: string,
): readonly StageParts[] {
  const covered: StageParts[] = [];
  let next = firstAt(tokens, start);
  const takeUntil = (offset: number): readonly Token[] => {
    const from = next;
    while (next < tokens.length && (tokens[next]?.span[0] ?? offset) < offset) next += 1;
    return tokens.slice(from, next);
  };
  for (const stage of stages) {
    const [from, to] = spanOf(stage);
    const rest = takeUntil(from);
    const opening = rest.length > 0 && covered.length === 0 && rest.every(isAround);
    if (!opening) putRest(rest, covered, text);
    takeUntil(to);
    covered.push(opening ? withSpan(stage, [rest[0]?.span[0] ?? from, to], text) : stage);
  }
  putRest(takeUntil(end), covered, text);
  const read = covered.map((stage) =>
    faults.some((fault) => isInside(fault, stage)) ? lowered(stage) : stage,
  );
  // Of a text of which nothing was read nothing is understood.
  const some = read.some(({ understood, kind }) => understood === 'full' && kind !== 'declare');
  return some
    ? read.map((stage) => (stage.understood === 'none' ? { ...stage, understood: 'partial' } : stage))
    : read;
}

/** The first token at or behind an offset. */
function firstAt(tokens: readonly Token[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.span[0] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isAround({ text, kind }: Token): boolean {
  return kind === 'Invisible' || AROUND.has(text);
}

function spanOf({ spans }: StageParts): Span {
  return [spans[0]?.[0] ?? 0, spans.at(-1)?.[1] ?? 0];
}

/** What lies behind the stages so far: brackets and semicolons belong to the last one, all else is unread. */
function putRest(rest: readonly Token[], covered: StageParts[], text: string): void {
  const [first] = rest;
  const end = rest.at(-1)?.span[1];
  if (first === undefined || end === undefined) return;
  const last = covered.at(-1);
  if (last !== undefined && rest.every(isAround)) {
    covered.splice(-1, 1, withSpan(last, [spanOf(last)[0], end], text));
    return;
  }
  if (last?.name === UNPARSED) {
    const whole = withSpan(last, [spanOf(last)[0], end], text);
    covered.splice(-1, 1, { ...whole, where: unknown(whole.text, [spanOf(last)[0], end]) });
    return;
  }
  const span: Span = [first.span[0], end];
  covered.push({
    name: UNPARSED,
    kind: 'filter',
    text: text.slice(...span),
    spans: [span],
    understood: 'none',
    where: unknown(text.slice(...span), span),
    queries: [],
  });
}

function withSpan(stage: StageParts, span: Span, text: string): StageParts {
  return { ...stage, spans: [span], text: text.slice(...span) };
}

/** A fault at the end of a stage is the stage's. */
function isInside([start]: Span, stage: StageParts): boolean {
  const [from, to] = spanOf(stage);
  return from <= start && start <= to;
}

function lowered(stage: StageParts): StageParts {
  return stage.understood === 'full' ? { ...stage, understood: 'partial' } : stage;
}
