import {
  type EventCoverage,
  explainedFile,
  languageByName,
  languageByText,
  type SourceContext,
  withCanonicalFields,
} from '@rulescope/catalog';
import type { Diagnostic, Language, LanguageId, Result } from '@rulescope/logic';
import { emptyQuery, LANGUAGE_IDS, LIMITS, SCHEMA_VERSION, SHARED_CODES, toResult } from '@rulescope/logic';
import { explainCode, textDiagnostic } from './codes.ts';

/** What `explain` answers: a result; its language is null where it is none that Rulescope knows of. */
export type Answer = Omit<Result, 'language'> & { readonly language: LanguageId | null };

/** A text to explain. */
export interface Request {
  readonly id: string | null;
  /** The id of its language; null where the name of its file or the text itself must tell. */
  readonly language: string | null;
  /** The name of the file that it is; null where it is none. */
  readonly file: string | null;
  readonly query: string;
}

/** An answer, and what the events of its queries show of them. */
export interface Explained {
  readonly answer: Answer;
  /** One list a query, by what else its file says of its events; null where the queries alone say it. */
  readonly coverage: readonly (readonly EventCoverage[])[] | null;
}

/**
 * Explains one text. Without a language it may be a file of rules that holds queries, such as a YAML file with a
 * search in it: those are explained, at their places in the file. `context` has what else of its source searches
 * depend on. Whatever is wrong with the request is in the diagnostics; nothing is thrown.
 */
export function explain(
  request: Request,
  languages: readonly Language[],
  context: SourceContext | null = null,
): Explained {
  const { id, file, query, language } = request;
  const rules = explainedFile({ name: file, text: query, language }, context);
  if (rules === null) return { answer: explainText(request, languages), coverage: null };
  const { result, coverage } = rules;
  return { answer: { ...result, id: id ?? result.id }, coverage };
}

/** Explains a text that is of a language itself. */
function explainText({ id, file, query, language: asked }: Request, languages: readonly Language[]): Answer {
  const named = file === null ? null : languageByName(file);
  const name = asked ?? named ?? languageByText(query);
  const language = languages.find((candidate) => candidate.id === name);
  if (language === undefined) {
    return failure(
      id,
      name,
      textDiagnostic(explainCode('language-unknown'), languageMessage(name, languages)),
    );
  }
  try {
    return toResult(withCanonicalFields(language.parse(query), query), id);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failure(
      id,
      language.id,
      textDiagnostic(explainCode('explain-failed'), `Rulescope failed: ${reason}`),
    );
  }
}

/** The answer where there is nothing but a reason. */
export function failure(id: string | null, language: string | null, diagnostic: Diagnostic): Answer {
  const { language: _language, ...empty } = emptyQuery('sigma', 'none');
  const known = LANGUAGE_IDS.find((candidate) => candidate === language) ?? null;
  return { schema: SCHEMA_VERSION, id, language: known, ...empty, diagnostics: [diagnostic] };
}

/** The answer to a text that is too large to be read at all. */
export function tooLarge(id: string | null, language: string | null): Answer {
  const row = SHARED_CODES.find((candidate) => candidate.code === 'text-too-large');
  const limit = new Intl.NumberFormat('en').format(LIMITS.textLength);
  const message = `The text has more than ${limit} characters.`;
  return failure(id, language, textDiagnostic(row ?? explainCode('explain-failed'), message));
}

function languageMessage(name: string | null, languages: readonly Language[]): string {
  const known = languages.map((language) => language.id).join(', ');
  return name === null
    ? `Nothing tells the language of this text. Languages that can be read: ${known}.`
    : `The language ${JSON.stringify(name)} cannot be read. Languages that can be: ${known}.`;
}
