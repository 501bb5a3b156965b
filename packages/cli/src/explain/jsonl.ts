import type { SourceContext } from '@rulescope/catalog';
import type { Language } from '@rulescope/logic';
import { languageNamed } from '../language-name.ts';
import { explainCode, textDiagnostic } from './codes.ts';
import type { Answer } from './explain.ts';
import { explain, failure, tooLarge } from './explain.ts';
import { readLines } from './lines.ts';

/** What holds for every text. */
export interface ExplainOptions {
  /** The language of texts that name none; null where they must tell themselves. */
  readonly language: string | null;
  readonly context: SourceContext | null;
}

/**
 * Answers requests that stand one a line, `{"id","language","query"}`, in their order and exactly one answer a
 * line: what is wrong with a line is in its answer.
 */
export async function* explainLines(
  chunks: AsyncIterable<Uint8Array>,
  languages: readonly Language[],
  options: ExplainOptions,
): AsyncGenerator<Answer> {
  for await (const line of readLines(chunks)) {
    yield line.text === null
      ? tooLarge(idAtStart(line.start), options.language)
      : explainLine(line.text, languages, options);
  }
}

/** The id of a request that is too long to be read, where it stands first. */
function idAtStart(start: string): string | null {
  const [, id] = /^\s*\{\s*"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)\s*[,}]/.exec(start) ?? [];
  try {
    return id === undefined ? null : textOf(JSON.parse(id));
  } catch {
    return null;
  }
}

function explainLine(
  line: string,
  languages: readonly Language[],
  { language, context }: ExplainOptions,
): Answer {
  let request: unknown;
  try {
    request = JSON.parse(line);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return invalid(null, language, `The line is not JSON: ${reason}`);
  }
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    return invalid(null, language, 'The line is not a JSON object.');
  }
  const fields: { readonly id?: unknown; readonly language?: unknown; readonly query?: unknown } = request;
  const id = textOf(fields.id);
  const asked = fields.language ?? language;
  const name = textOf(asked);
  if (asked !== null && typeof asked !== 'string') return invalid(id, name, '"language" is not a text.');
  if (typeof fields.query !== 'string') return invalid(id, name, '"query" is not a text.');
  const known = name === null ? null : (languageNamed(name) ?? name);
  return explain({ id, language: known, file: null, query: fields.query }, languages, context).answer;
}

/** A text, or a number as text; null for anything else. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function invalid(id: string | null, language: string | null, message: string): Answer {
  return failure(id, language, textDiagnostic(explainCode('request-invalid'), message));
}
