import { extname } from 'node:path';
import type { LanguageId } from '@rulescope/logic';

/** The languages that endings of file names stand for. */
const BY_ENDING: Readonly<Record<string, LanguageId>> = {
  '.yml': 'sigma',
  '.yaml': 'sigma',
  '.spl': 'spl',
  '.kql': 'kql',
  '.csl': 'kql',
  '.eql': 'eql',
  '.kuery': 'kuery',
  '.lucene': 'lucene',
  '.esql': 'esql',
};

/** The language that a file's name stands for, or null. */
export function languageByName(path: string): LanguageId | null {
  return BY_ENDING[extname(path).toLowerCase()] ?? null;
}

/** A top-level key that only Sigma documents have (Sigma Rules Specification, "Schema"). */
const SIGMA_KEY = /^(?:---\s*)?["']?(?:logsource|detection|correlation|filter)["']?[ \t]*:/m;

/** The language that a text is plainly written in, or null. */
export function languageByText(text: string): LanguageId | null {
  return SIGMA_KEY.test(text) ? 'sigma' : null;
}
