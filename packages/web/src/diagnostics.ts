import { diagnosticCodes as catalogCodes, languages } from '@rulescope/catalog';
import type { DiagnosticCode } from '@rulescope/logic';
import { SHARED_CODES } from '@rulescope/logic';

/** All diagnostics that a rule of the catalog can have, by code. */
export const DIAGNOSTIC_CODES: readonly DiagnosticCode[] = [
  ...SHARED_CODES,
  ...languages.flatMap((language) => language.diagnosticCodes),
  ...catalogCodes,
].toSorted((a, b) => (a.code < b.code ? -1 : 1));
