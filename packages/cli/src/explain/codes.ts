import type { Diagnostic, DiagnosticCode } from '@rulescope/logic';
import { diagnostic } from '@rulescope/logic';

/** The diagnostics of `rulescope explain` itself, given before any language sees a text. */
export const EXPLAIN_CODES = [
  {
    code: 'request-invalid',
    severity: 'error',
    title: 'The line is not a request',
    help: '`rulescope explain --jsonl` reads one JSON object a line, with the texts "id", "language" and "query". The line is not JSON, is not an object, or its "query" is not a text. The result stands at its place all the same, so that results and lines keep in step; correct the line.',
  },
  {
    code: 'language-unknown',
    severity: 'error',
    title: 'The language cannot be read',
    help: 'No language of that name is known, or this version of Rulescope does not read it yet. `rulescope help explain` lists the languages that it reads. Without --language the language is told by the ending of the file’s name, then by the text; where that fails, say it with --language.',
  },
  {
    code: 'input-unreadable',
    severity: 'error',
    title: 'The file cannot be read',
    help: 'The operating system refused to give the file: it is not there, it is a folder among files, or a permission is missing. The other files are explained all the same. `rulescope explain FOLDER` reads one whole folder.',
  },
  {
    code: 'answer-too-large',
    severity: 'error',
    title: 'The result is too large to be written',
    help: 'The text was read, but its result as JSON has more characters than one text may hold. It is most likely generated, or made to cause harm. Split it into several texts, or leave it out.',
  },
  {
    code: 'explain-failed',
    severity: 'error',
    title: 'Rulescope failed on this text',
    help: 'Reading the text made Rulescope itself fail. That is a mistake in Rulescope whatever the text holds: please report it, with the text if you can.',
  },
] as const satisfies readonly DiagnosticCode[];

export type ExplainCode = (typeof EXPLAIN_CODES)[number]['code'];

/** A diagnostic of a text as a whole: it points at its first character. */
export function textDiagnostic(row: Pick<DiagnosticCode, 'code' | 'severity'>, message: string): Diagnostic {
  return diagnostic(row, message, [0, 0], [0]);
}

/** The registry's row of one of these codes. */
export function explainCode(code: ExplainCode): DiagnosticCode {
  const row = EXPLAIN_CODES.find((candidate) => candidate.code === code);
  if (row === undefined) throw new Error(`No diagnostic code ${code}`);
  return row;
}
